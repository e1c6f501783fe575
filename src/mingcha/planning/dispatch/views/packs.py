"""任务包 on screen, on paper and as PDF."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingcha.basics.typesetting import typeset
from mingcha.planning.dispatch.packs import Pack, pack_of
from mingcha.planning.dispatch.views.weeks import page_of, week_given
from mingcha.planning.models import ARRANGERS, DISPATCH_READERS, TASK_READERS
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.http import Request, officer, pdf_response


def asked_for(request: Request, pk: int) -> Pack:
    """The pack that the address names; 404 where this viewer may know of none."""
    week = week_given(request.GET.get("week", ""))
    pack = pack_of(officer(request), pk, request.GET.get("town", ""), week) if week is not None else None
    if pack is None:
        raise Http404
    return pack


def address_of(name: str, pack: Pack) -> str:
    """A page of this pack."""
    asked = urlencode({"town": pack.town, "week": pack.monday.isoformat()})
    return f"{reverse(f'planning:{name}', args=[pack.batch.pk])}?{asked}"


@officers(*TASK_READERS)
@require_GET
def pack(request: Request, pk: int) -> HttpResponse:
    """To look at and to print."""
    found = asked_for(request, pk)
    viewer = officer(request)
    title = found.town or _("未填乡镇")
    crumbs = [Crumb(_("我的任务"), reverse("planning:my-tasks")), Crumb(title)]
    if viewer.has(*DISPATCH_READERS):
        crumbs = [
            Crumb(_("派发"), reverse("planning:dispatches-list")),
            Crumb(str(found.batch), f"{page_of(found.batch)}?week={found.monday.isoformat()}"),
            Crumb(title),
        ]
    values = {
        "pack": found,
        "crumbs": crumbs,
        "pdf_url": address_of("dispatch-pack-pdf", found),
        "companions_url": address_of("pack-companions", found) if viewer.has(*ARRANGERS) else "",
    }
    return render(request, "planning/pack.html", values)


@officers(*TASK_READERS)
@require_GET
def pack_pdf(request: Request, pk: int) -> HttpResponse:
    """The same as a PDF."""
    found = asked_for(request, pk)
    made = typeset(render_to_string("planning/pack_pdf.html", {"pack": found}))
    return pdf_response(made, f"visits-{pk}-{found.monday.isoformat()}")
