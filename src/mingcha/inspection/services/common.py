"""How an inspection goes on along its lifecycle."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from mingcha.base.events import Thing
from mingcha.base.viewers import System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services.moving import move
from mingcha.inspection.events import InspectionMoved
from mingcha.inspection.facts import InspectionFacts
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.inspection.models import Inspection
from mingcha.inspection.selectors import facts_of
from mingcha.planning import services as planning

_PLATFORM = System(purpose="inspection")


def held(actor: Viewer, inspection: Inspection) -> Inspection:
    """The inspection anew and locked, as the actor may know of it; its batch first.

    In this order everywhere: whoever changes teams holds the batch and goes on to its inspections.
    """
    if inspection.task_id is not None:
        planning.dispatch.hold_batch(inspection.task_id)
    return locked(inspection, actor)


def hold(inspection_id: int) -> None:
    """Lock an inspection, its batch first, for whoever goes on to what hangs on it."""
    held(_PLATFORM, Inspection.objects.get(pk=inspection_id))


def hold_all(inspections: Iterable[int]) -> None:
    """Lock several inspections for one transaction: all their batches first, each kind in one order."""
    ids = sorted(inspections)
    tasks = Inspection.objects.filter(pk__in=ids).exclude(task=None).values_list("task", flat=True)
    planning.dispatch.hold_batches(tasks)
    list(Inspection.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk"))


def go(
    inspection: Inspection,
    verb: str,
    actor: Viewer,
    *,
    facts: InspectionFacts | None = None,
    reason: str = "",
    **after: Any,
) -> None:
    """Move it and say so, or raise `Refused` with every reason why not. The caller saves.

    The ledger names no firm: who is inspected is told by `visible_to` alone (protocol §7.3, sealed lists).
    """
    move(
        inspection,
        INSPECTION,
        verb,
        actor,
        facts if facts is not None else facts_of(inspection, actor),
        partial(InspectionMoved, verb=verb),
        reason=reason,
        thing=Thing.nameless(inspection),
        **after,
    )
