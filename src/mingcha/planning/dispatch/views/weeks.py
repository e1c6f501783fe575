"""Pages of when a batch is visited: for whoever answers for it, and those who watch."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from mingcha.basics.selectors import parameters
from mingcha.planning import services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.diary import TOGETHER
from mingcha.planning.dispatch.facts import answers_for, hidden_from
from mingcha.planning.dispatch.registers import DispatchRegister
from mingcha.planning.dispatch.weeks import Weeks, weeks_of
from mingcha.planning.dispatch.workload import workload_of
from mingcha.planning.models import ARRANGERS, DISPATCH_READERS, Dispatch, Task
from mingcha.planning.plans.people import TIME_SHARE
from mingcha.web.access import officers
from mingcha.web.components import Action
from mingcha.web.forms import perform
from mingcha.web.http import Request, officer


def batch_of(request: Request, pk: int) -> Dispatch:
    """The batch, for those who may know of it."""
    rows = Dispatch.objects.visible_to(officer(request)).select_related("campaign", "unit")
    return get_object_or_404(rows, pk=pk)


def week_given(text: str) -> date | None:
    """A day as an address or a button has it; None for none, 404 for what is no day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


@officers(*DISPATCH_READERS)
@require_GET
def visits(request: Request, pk: int) -> HttpResponse:
    """When each firm is visited, week by week and town by town."""
    batch = batch_of(request, pk)
    viewer = officer(request)
    movable = answers_for(viewer, batch.pk) and batch.state in states.GIVEN
    weeks = weeks_of(batch, viewer, week_given(request.GET.get("week", "")), movable=movable)
    values = {
        **DispatchRegister().head(viewer, batch),
        "batch": batch,
        "weeks": weeks,
        "movable": movable,
        "actions": _actions(batch, weeks) if movable else (),
        "share": parameters.value(TIME_SHARE),
        "together": parameters.value(TOGETHER),
    }
    return render(request, "planning/visits.html", values)


@officers(*ARRANGERS)
@require_GET
def workload(request: Request, pk: int) -> HttpResponse:
    """How many firms and half-days everybody on the teams has, by name."""
    batch = batch_of(request, pk)
    viewer = officer(request)
    values = {
        **DispatchRegister().head(viewer, batch),
        "batch": batch,
        "loads": workload_of(batch, viewer),
        "hidden": hidden_from(viewer, batch),
    }
    return render(request, "planning/workload.html", values)


def _actions(batch: Dispatch, weeks: Weeks) -> list[Action]:
    address = reverse("planning:dispatch-arrange", args=[batch.pk])
    if not weeks.arranged:
        hint = _("同一乡镇的排在一起；排出以后可以逐户改周")
        return [Action(_("按乡镇排出各周"), address, "calendar-check", primary=True, post=True, hint=hint)]
    rest = Action(_("排没有时间的户"), address, "calendar-plus", primary=True, post=True)
    anew = Action(
        _("从明天起全部重排"),
        address,
        "rotate-ccw",
        post=True,
        hint=_("人员或离岗变动多的时候用；逐户改过的也会重排"),
        values=(("anew", "1"),),
    )
    return [*((rest,) if weeks.left else ()), anew]


def page_of(batch: Dispatch) -> str:
    return reverse("planning:dispatch-visits", args=[batch.pk])


@officers(*ARRANGERS)
@require_POST
def arrange(request: Request, pk: int) -> HttpResponse:
    batch = batch_of(request, pk)
    anew = request.POST.get("anew") == "1"
    return perform(
        request,
        verb=f"planning.arrange_visits:{pk}",
        run=lambda: services.dispatch.arrange(actor=officer(request), batch=batch, anew=anew),
        outcome=page_of,
        done=_("已按乡镇排出检查时间；排不进的户列在下面，写明了原因。"),
    )


@officers(*ARRANGERS)
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """One firm to another week."""
    task = get_object_or_404(Task.objects.visible_to(officer(request)).select_related("dispatch"), pk=pk)
    week = week_given(request.POST.get("week", ""))
    if week is None:
        raise Http404
    return perform(
        request,
        verb=f"planning.move_visit:{pk}",
        run=lambda: services.dispatch.move_visit(actor=officer(request), task=task, week=week),
        outcome=lambda slot: f"{page_of(task.dispatch)}?week={slot.day.isoformat()}#task-{task.pk}",
        done=_("已改到这一周。"),
    )
