"""The term within which firms are visited: one for a batch, one for a single inspection (本局方案二（三）2).

That of a batch starts when the batch's tasks are confirmed, ends with its last visit, and is late for good
when somebody goes there afterwards. It moves when the leader approves a longer period; what cannot be visited
any more is ended with its reason (`unvisited`), or another firm takes its place.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.selectors.deadlines import open_for
from mingcha.basics.services import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection import terms
from mingcha.inspection.models import Inspection
from mingcha.planning.models import Dispatch

_PLATFORM: Final = System(purpose="inspection")


@service
def watch_window(*, actor: Viewer, batch: Dispatch, moved: int | None = None) -> None:
    """Start the term of a batch that has visits ahead, or end it with the last of them.

    `moved` is an inspection that is just leaving, whose row does not say so yet.
    """
    thing = Thing.of(batch)
    runs = open_for(thing).filter(rule__code=terms.VISIT_WINDOW).exists()
    ahead = Inspection.objects.filter(task__dispatch=batch, state__in=states.TO_VISIT)
    waits = (ahead.exclude(pk=moved) if moved is not None else ahead).exists()
    if waits and not runs:
        deadlines.start(
            actor=actor,
            rule=terms.VISIT_WINDOW,
            thing=thing,
            started_on=clock.today(),
            due_on=max(batch.visit_until, clock.today()),
            owner=deadlines.Owner(unit_id=batch.unit_id),
        )
    elif runs and not waits:
        deadlines.meet(actor=actor, rule=terms.VISIT_WINDOW, thing=thing)


@service
def follow_extension(*, actor: Viewer, dispatch_id: int, why: str) -> None:
    """The batch's period was extended: the visits to which nobody has gone yet, and the term, end later."""
    batch = Dispatch.objects.select_for_update(of=("self",)).get(pk=dispatch_id)
    ahead = Inspection.objects.filter(task__dispatch=batch, state__in=states.AHEAD)
    ahead.update(visit_until=batch.visit_until)
    deadlines.restart(
        actor=actor,
        rule=terms.VISIT_WINDOW,
        thing=Thing.of(batch),
        due_on=batch.visit_until,
        why=why or gettext("延长检查期限"),
    )


def open_single(inspection: Inspection) -> None:
    """An approved single inspection is to be made by its last day."""
    deadlines.start(
        actor=_PLATFORM,
        rule=terms.VISIT_WINDOW,
        thing=Thing.nameless(inspection),
        started_on=clock.today(),
        due_on=max(inspection.visit_until, clock.today()),
        owner=deadlines.Owner(unit_id=inspection.unit_id),
    )


def meet_single(inspection: Inspection, on: date) -> None:
    """Somebody came in on this day."""
    deadlines.meet(actor=_PLATFORM, rule=terms.VISIT_WINDOW, thing=Thing.nameless(inspection), on=on)


def close_single(inspection: Inspection, reason: str) -> None:
    """Nobody is to go there any more."""
    thing = Thing.nameless(inspection)
    deadlines.call_off(actor=_PLATFORM, thing=thing, rule=terms.VISIT_WINDOW, reason=reason)
