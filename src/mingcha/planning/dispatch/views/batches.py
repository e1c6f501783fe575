"""The verbs of a batch of tasks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from mingcha.planning import services
from mingcha.planning.dispatch.lifecycle import TASK
from mingcha.planning.models import ANSWERING, DISPATCH_READERS, Dispatch, DispatchPart
from mingcha.web.access import officers
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer
from mingcha.web.verbs import Verb, press, roles_of

VERBS = {
    "dispatch": Verb(
        lambda actor, batch, reason: services.dispatch.dispatch(actor=actor, batch=batch),
        gettext_lazy("已派发。负责的股室或部门应在期限内比对、确认。"),
    ),
    "confirm": Verb(
        lambda actor, batch, reason: services.dispatch.confirm(actor=actor, batch=batch),
        gettext_lazy("已确认。检查人员到了可以知悉的日期，就能看到自己的任务。"),
    ),
}


def page_of(batch: Dispatch) -> str:
    return reverse("planning:dispatches-detail", args=[batch.pk])


@officers(*DISPATCH_READERS)
@require_GET
def part(request: Request, pk: int) -> HttpResponse:
    """From a part, as a deadline names it, to the page on which it stands."""
    found = get_object_or_404(DispatchPart.objects.visible_to(officer(request)), pk=pk)
    return redirect(page_of(found.dispatch))


@officers(*ANSWERING)
@require_POST
def confirm_part(request: Request, pk: int) -> HttpResponse:
    """A unit that joins confirms its own part."""
    mine = DispatchPart.objects.visible_to(officer(request)).confirmed_by(officer(request))
    part = get_object_or_404(mine, pk=pk)
    return perform(
        request,
        verb=f"planning.confirm_part:{pk}",
        run=lambda: services.dispatch.confirm_part(actor=officer(request), part=part),
        outcome=lambda done: page_of(done.dispatch),
        done=gettext_lazy("已确认本单位的部分。整批由牵头的股室或部门确认。"),
    )


@officers(*roles_of(TASK, VERBS))
@require_POST
def verb(request: Request, pk: int, name: str) -> HttpResponse:
    batch = get_object_or_404(Dispatch.objects.visible_to(officer(request)), pk=pk)
    return press(request, name, VERBS, batch, page_of)
