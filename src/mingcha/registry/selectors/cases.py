"""How many labour disputes and complaints firms had of late (plan 二（三）1, 二（四）)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from mingcha.base.viewers import System
from mingcha.registry.models import CaseCount

_PLATFORM = System(purpose="case counts")
#: A count covers twelve months; once they lie more than a year back it says nothing of late any more.
VALID_FOR = timedelta(days=366)


class Cases(NamedTuple):
    """Cases of twelve months; None where nobody has said."""

    disputes: int | None = None
    complaints: int | None = None


UNKNOWN = Cases()


def recent_cases(on: date) -> dict[int, Cases]:
    """subject id → its last counts, each by the newest row that has it; by one query.

    Rows that end more than a year before the day count no more; firms without any are left out.
    """
    rows = CaseCount.objects.visible_to(_PLATFORM).standing()
    rows = rows.filter(counted_on__gte=on - VALID_FOR, counted_on__lte=on).order_by("counted_on", "pk")
    found: dict[int, Cases] = {}
    for subject, disputes, complaints in rows.values_list("subject_id", "disputes", "complaints").iterator():
        before = found.get(subject, UNKNOWN)
        found[subject] = Cases(
            before.disputes if disputes is None else disputes,
            before.complaints if complaints is None else complaints,
        )
    return found
