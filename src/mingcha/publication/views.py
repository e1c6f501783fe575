"""The three buttons of the review page, and the table of what may be published at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mingcha.base.viewers import Officer
from mingcha.publication import presenting, services
from mingcha.publication.lifecycle import PUBLICATION
from mingcha.publication.models import READERS, Publication
from mingcha.web.access import View, officers
from mingcha.web.components import Crumb
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer


@officers(*READERS)
@require_safe
def types_page(request: Request) -> HttpResponse:
    """公示项目表: each kind with its fields, their bases, how long it stands and who reviews it."""
    values = {
        "kinds": presenting.kinds(),
        "crumbs": [
            Crumb(gettext("公示"), reverse("publication:publications-list")),
            Crumb(gettext("公示项目表")),
        ],
    }
    return render(request, "publication/types.html", values)


def _button(verb: str, run: Callable[[Officer, int, str], Publication], done: Any) -> View:
    """A view that answers one verb of the table, for the roles that the table gives it."""

    @officers(*sorted(PUBLICATION.roles_that_may(verb) - {"system"}))
    @require_POST
    def press(request: Request, pk: int) -> HttpResponse:
        try:
            return perform(
                request,
                verb=f"publication.{verb}:{pk}",
                run=lambda: run(officer(request), pk, request.POST.get("reason", "")),
                outcome=lambda found: reverse("publication:publications-detail", args=[found.pk]),
                done=str(done),
            )
        except Publication.DoesNotExist as error:
            raise Http404 from error

    press.__name__ = press.__qualname__ = verb
    return press


publish = _button(
    "publish",
    lambda actor, pk, reason: services.publish(actor=actor, publication_id=pk),
    _("已经公示，公众现在就能看到。"),
)
return_ = _button(
    "return",
    lambda actor, pk, reason: services.return_(actor=actor, publication_id=pk, reason=reason),
    _("已退回，提交人可以改好后重新提交。"),
)
withdraw = _button(
    "withdraw",
    lambda actor, pk, reason: services.withdraw(actor=actor, publication_id=pk, reason=reason),
    _("已撤下。公众页面保留编号、标题、公示期间和撤下原因，不再显示内容。"),
)
