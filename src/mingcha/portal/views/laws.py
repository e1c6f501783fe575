"""The laws that inspections rest on, as citizens read them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingcha.base.viewers import PUBLIC
from mingcha.laws.models import Law
from mingcha.laws.registers import shown_text, state_of, text_today
from mingcha.laws.searching import search_values
from mingcha.portal.views.common import crumbs_from_home
from mingcha.web.access import public
from mingcha.web.components import Crumb
from mingcha.web.http import Request


@public
@require_safe
def laws(request: Request) -> HttpResponse:
    """Every law with its text of today, and a box that finds articles."""
    values = search_values(request.GET, PUBLIC)
    if not values["sought"]:
        rows = Law.objects.visible_to(PUBLIC).prefetch_related("texts")
        values["rows"] = [(law, text_today(law), state_of(law)) for law in rows]
    values["crumbs"] = crumbs_from_home(Crumb(_("法律依据")))
    return render(request, "portal/laws.html", values)


@public
@require_safe
def law(request: Request, pk: int) -> HttpResponse:
    """One law with its articles, as it stands today."""
    found = get_object_or_404(Law.objects.visible_to(PUBLIC).prefetch_related("texts"), pk=pk)
    text = text_today(found)
    if text is None:
        raise Http404
    values = {
        "law": found,
        "state": state_of(found),
        **shown_text(text),
        "crumbs": crumbs_from_home(Crumb(_("法律依据"), reverse("portal:laws")), Crumb(found.title)),
    }
    return render(request, "portal/law.html", values)
