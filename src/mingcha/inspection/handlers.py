"""What inspections do when something is decided elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from mingcha.base import clock
from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalEvent, ApprovalGranted
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.events import InspectionMoved
from mingcha.inspection.models import Inspection
from mingcha.inspection.services import windows
from mingcha.inspection.sheets import OTHER_ROUTE, ROUTE, route_of
from mingcha.planning import services as planning
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.dispatch.events import ChangeMoved, TasksMoved, TeamsChanged, WindowExtended
from mingcha.planning.models import Dispatch

_PLATFORM = System(purpose="inspection")
_SHEET = Decisions(ROUTE, OTHER_ROUTE, of=Inspection, again=Q(state=states.DRAFT))
_FOLLOWED = (tasks.CONFIRMED, tasks.CANCELLED)
#: Somebody has been there, or nobody goes.
_VISITED = (states.RECORDING, states.NOTED, states.CANCELLED, states.UNVISITED)
#: What becomes of the task of an inspection that has come so far.
_ON_TASK = {
    states.ON_SITE: planning.dispatch.begin,
    states.PUBLISHED: planning.dispatch.finish,
    states.NOTED: planning.dispatch.finish,
    states.UNVISITED: planning.dispatch.leave_out,
}


@handles(TasksMoved)
def follow_tasks(event: TasksMoved) -> None:
    """Confirmed tasks become inspections; what was taken back is visited by nobody."""
    if event.target in _FOLLOWED:
        services.follow_batch(actor=_PLATFORM, dispatch_id=event.thing.id)


@handles(TeamsChanged)
def follow_changes(event: TeamsChanged) -> None:
    """A reserve took the place of a firm, or other people go: codes with the former names are void."""
    services.follow_batch(actor=_PLATFORM, dispatch_id=event.thing.id)
    services.end_outdated(actor=_PLATFORM, dispatch_id=event.thing.id)


@handles(WindowExtended)
def follow_extension(event: WindowExtended) -> None:
    """The leader approved a longer period: visits and their term end later."""
    services.follow_extension(actor=_PLATFORM, dispatch_id=event.thing.id, why=event.why)


@handles(InspectionMoved)
def carry_on(event: InspectionMoved) -> None:
    """Somebody is there: the task is begun and the term met; with the result task and leads are done."""
    inspection = Inspection.objects.get(pk=event.thing.id)
    follow = _ON_TASK.get(event.target)
    if follow is not None and inspection.task_id is not None:
        follow(actor=_PLATFORM, task_id=inspection.task_id)
    if event.target in (states.ON_SITE, states.CANCELLED):
        services.lapse_unvisited(actor=_PLATFORM, inspection_id=inspection.pk)
    if event.target == states.ON_SITE and inspection.task_id is None:
        windows.meet_single(inspection, _happened_on(event))
    if event.target == states.PUBLISHED:
        services.close_leads(actor=_PLATFORM, inspection_id=inspection.pk)


@handles(InspectionMoved)
def end_the_window(event: InspectionMoved) -> None:
    """With the last visit of a batch, or with the last that was given up, its term ends."""
    if event.target not in _VISITED:
        return
    batch = Dispatch.objects.filter(tasks__inspection=event.thing.id).first()
    if batch is not None:
        services.watch_window(actor=_PLATFORM, batch=batch, moved=event.thing.id)


def _happened_on(event: InspectionMoved) -> date:
    """The day on which it happened, which may lie before the one on which it was told."""
    at = event.after.get("at")
    return clock.day_of(at) if isinstance(at, datetime) else clock.today()


@_SHEET.granted
def approve(event: ApprovalGranted) -> None:
    """The sheet was approved, on the screen, on paper or by telephone: the visit may be made."""
    services.approved(actor=event.by, inspection_id=event.thing.id)


@_SHEET.returned
@_SHEET.withdrawn
def give_back(event: ApprovalEvent) -> None:
    """The sheet was returned, or whoever proposed it took it back: it can be changed again.

    What ends along the route of its former kind (`leave_route`) says nothing about what it is now.
    """
    if event.kind == route_of(Inspection.objects.get(pk=event.thing.id)):
        services.given_back(actor=event.by, inspection_id=event.thing.id, reason=event.why)


@handles(ChangeMoved)
def decide_on_the_application(event: ChangeMoved) -> None:
    """What the leader says to the request that names the substitute answers the firm too."""
    reason = event.personal.values.get("reason", "") if event.personal is not None else ""
    services.follow_change(actor=_PLATFORM, change_id=event.thing.id, state=event.target, reason=str(reason))
