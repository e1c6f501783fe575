"""What waits to be made public, on one page with one button."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mingcha.inspection import services
from mingcha.inspection.links import page_of
from mingcha.inspection.results.waiting import to_publish
from mingcha.inspection.services.publicising import AT_ONCE, PUBLISHERS, Published
from mingcha.inspection.views.common import every_inspection, inspection_of
from mingcha.kernel.refusal import interpolate
from mingcha.web.access import officers
from mingcha.web.components import Crumb
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer

#: What a key in the list of chosen publications looks like.
_PK = re.compile(r"[0-9]{1,18}", re.ASCII)


@officers(*PUBLISHERS)
@require_GET
def waiting(request: Request) -> HttpResponse:
    """Each row as the public will read it, and what is in the way of any."""
    rows = to_publish(officer(request))
    kept = next((row.refusal for row in rows if row.refusal is not None), None)
    free = [row for row in rows if row.refusal is None][:AT_ONCE]
    values = {
        "rows": rows,
        "refusal_shown": [kept] if kept else [],
        "chosen": [row.publication.pk for row in free],
        "crumbs": [every_inspection(), Crumb(_("待公示的检查结果"))],
    }
    return render(request, "inspection/results/to_publish.html", values)


@officers(*PUBLISHERS)
@require_POST
def publish(request: Request) -> HttpResponse:
    """Put what the page has shown before the public; what is refused stays, each with its reasons.

    No press is remembered, as that would make one transaction of all: a second one finds nothing to publish.
    """
    chosen = [int(pk) for pk in request.POST.get("publications", "").split(",") if _PK.fullmatch(pk)]
    _tell(request, services.publish_results(actor=officer(request), publications=chosen))
    return redirect("inspection:to-publish")


def _tell(request: Request, found: Published) -> None:
    if found.count:
        said = ngettext("已公示 %(n)d 件检查结果。", "已公示 %(n)d 件检查结果。", found.count)
        messages.success(request, said % {"n": found.count})
    for one in found.left:
        why = "；".join(interpolate(_(refusal.message), refusal.params) for refusal in one.refusals)
        messages.error(request, _("“%(firm)s”没有公示：%(why)s") % {"firm": one.inspection, "why": why})


@officers(*PUBLISHERS)
@require_POST
def prepare_again(request: Request, pk: int) -> HttpResponse:
    """A publication that was returned is prepared once more, from the record as it is now."""
    inspection = inspection_of(request, pk)

    def run() -> None:
        services.submit_for_publication(actor=officer(request), inspection=inspection)

    return perform(
        request,
        verb=f"inspection.prepare_again:{pk}",
        run=run,
        outcome=lambda nothing: page_of(inspection.pk),
        done=_("已重新提交公示，等待公示。"),
    )
