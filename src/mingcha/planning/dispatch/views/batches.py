"""The verbs of a batch of tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.models import Dispatch
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer

_VERBS: dict[str, Callable[..., Dispatch]] = {
    "dispatch": services.dispatch.dispatch,
    "confirm": services.dispatch.confirm,
}
_DONE = {
    "dispatch": gettext_lazy("已派发。负责的股室或部门应在期限内比对、确认。"),
    "confirm": gettext_lazy("已确认。检查人员到了可以知悉的日期，就能看到自己的任务。"),
}


def page_of(batch: Dispatch) -> str:
    return reverse("planning:dispatches-detail", args=[batch.pk])


@officers(Role.COORDINATOR, Role.SECTION_HEAD, Role.PARTNER)
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    batch = get_object_or_404(Dispatch.objects.visible_to(officer(request)), pk=pk)
    run = _VERBS.get(name)
    if run is None:
        raise Http404
    return perform(
        request,
        verb=f"planning.dispatch-{name}:{pk}",
        run=lambda: run(actor=officer(request), batch=batch),
        outcome=page_of,
        done=_DONE[name],
    )
