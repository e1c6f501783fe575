"""Reading arrivals with their deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from mingcha.base.viewers import System, Viewer
from mingcha.basics.models import Deadline
from mingcha.registry.claim_lifecycle import CLAIM_RULE
from mingcha.registry.models import Claim

#: Whoever sees a claim sees when it is due.
_PLATFORM = System(purpose="claims")


def with_due_days(claims: QuerySet[Any]) -> QuerySet[Any]:
    """Claims with `due_on`, the last day of the latest deadline of each."""
    deadlines = Deadline.objects.visible_to(_PLATFORM).filter(
        rule__code=CLAIM_RULE, thing_type=Claim._meta.label_lower, thing_id=OuterRef("pk")
    )
    return claims.annotate(due_on=Subquery(deadlines.order_by("-pk").values("due_on")[:1]))


@dataclass(frozen=True)
class Waiting:
    """How many arrivals wait, and the first day on which one is due."""

    count: int
    first_due: date | None


def waiting(viewer: Viewer) -> Waiting:
    """What waits for the viewer's decision."""
    pending = Claim.objects.visible_to(viewer).filter(state=Claim.State.PENDING)
    count = pending.count()
    first = with_due_days(pending).aggregate(first=Min("due_on"))["first"] if count else None
    return Waiting(count, first)
