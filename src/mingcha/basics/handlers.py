"""What basics does when something happens."""

from __future__ import annotations

from django.db.models import Q

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalGranted, CalendarChanged
from mingcha.basics.models import Deadline
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.basics.selectors.deadlines import EXTENSION_KIND
from mingcha.basics.services import deadlines

_EXTENSION = Decisions(EXTENSION_KIND, of=Deadline, again=Q(state=DeadlineState.RUNNING))


@handles(CalendarChanged)
def compute_deadlines_again(event: CalendarChanged) -> None:
    """The days of a year changed, so the terms that run through it may end on another day."""
    deadlines.recompute(actor=event.by, year=event.year, why=event.why)


@_EXTENSION.granted
def extend_deadline(event: ApprovalGranted) -> None:
    """An approved extension takes effect at once; the approval is the authority, not the approver's role."""
    deadlines.extend(
        actor=System(purpose="approved-extension"),
        deadline_id=event.thing.id,
        reason=event.why or str(event.label),
    )
