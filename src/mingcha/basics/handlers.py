"""What basics does when something happens."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.events import ApprovalGranted, CalendarChanged
from mingcha.basics.models import Deadline
from mingcha.basics.selectors.deadlines import EXTENSION_KIND
from mingcha.basics.services import deadlines


@handles(CalendarChanged)
def compute_deadlines_again(event: CalendarChanged) -> None:
    """The days of a year changed, so the terms that run through it may end on another day."""
    deadlines.recompute(actor=event.by, year=event.year, why=event.why)


@handles(ApprovalGranted)
def extend_deadline(event: ApprovalGranted) -> None:
    """An approved extension takes effect at once; the approval is the authority, not the approver's role."""
    if event.kind == EXTENSION_KIND and event.thing.type == Deadline._meta.label_lower:
        deadlines.extend(
            actor=System(purpose="approved-extension"),
            deadline_id=event.thing.id,
            reason=event.why or str(event.label),
        )
