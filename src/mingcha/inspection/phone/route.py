"""Where somebody goes: by day, and within a day by half-day and town."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection
from mingcha.inspection.selectors import with_people
from mingcha.planning.models import VisitSlot

#: So many are shown; nobody visits more in a week or two.
MOST = 60
#: How near a visit is: begun; on its half-day or past it, without one on every day of its period; to come.
_BEGUN, _DUE, _LATER = 0, 1, 2


@dataclass(frozen=True)
class Visit:
    """One inspection on the route; `slot` is its half-day, where one was arranged."""

    inspection: Inspection
    slot: VisitSlot | None
    names: str
    urgency: int


@dataclass(frozen=True)
class Place:
    """The visits of one town that follow each other."""

    town: str
    visits: Sequence[Visit]


@dataclass(frozen=True)
class Group:
    """The visits of today, those that are begun, those to come; `more` that follow are not shown."""

    label: str
    today: bool
    places: Sequence[Place]
    more: int = 0


def route_of(viewer: Officer) -> list[Group]:
    """What this officer is to visit or has begun, the nearest first; empty groups are left out.

    Of very many, what is begun and what is due come before the rest; the last group says how many more wait.
    """
    today = clock.today()
    mine = Inspection.objects.visible_to(viewer).mine(viewer)
    rows = mine.filter(state__in=states.IN_HAND)
    nearest = _nearest(with_people(rows).select_related("task__slot"), today)
    found = sorted(map(_visit, nearest[:MOST]), key=_when)
    near = {urgency: [one for one in found if one.urgency == urgency] for urgency in (_BEGUN, _DUE, _LATER)}
    groups = (
        Group(_("检查中、待提交"), True, _places(near[_BEGUN])),
        Group(_("今天"), True, _places(near[_DUE])),
        Group(_("以后"), False, _places(near[_LATER])),
    )
    shown = [group for group in groups if group.places]
    if len(found) == MOST:
        shown[-1] = replace(shown[-1], more=rows.count() - MOST)
    return shown


def due_today(viewer: Officer) -> QuerySet[Any]:
    """What this officer is to visit today: of the group 今天 of the route, what its period still allows."""
    today = clock.today()
    mine = Inspection.objects.visible_to(viewer).mine(viewer).filter(state=states.READY)
    return _with_urgency(mine, today).filter(urgency=_DUE, visit_until__gte=today)


def _with_urgency(rows: QuerySet[Inspection], today: date) -> QuerySet[Any]:
    urgency = Case(
        When(state__in=states.UNDER_WAY, then=Value(_BEGUN)),
        When(due_on__lte=today, then=Value(_DUE)),
        default=Value(_LATER),
    )
    return rows.annotate(due_on=Coalesce("task__slot__day", "visit_from"), urgency=urgency)


def _nearest(rows: QuerySet[Inspection], today: date) -> QuerySet[Any]:
    """What is begun, then what is due, then the rest; each by its half-day or the end of its period."""
    return _with_urgency(rows, today).order_by(
        "urgency", Coalesce(F("task__slot__day"), F("visit_until")), "pk"
    )


def _visit(row: Any) -> Visit:
    slot = getattr(row.task, "slot", None) if row.task is not None else None
    return Visit(row, slot, "、".join(str(one) for one in row.team), row.urgency)


def _when(one: Visit) -> tuple[date, bool, str, str, int]:
    row = one.inspection
    if one.slot is None:
        return row.visit_until, False, row.subject.town, row.name, row.pk
    return one.slot.day, not one.slot.morning, row.subject.town, row.name, row.pk


def _places(visits: Iterable[Visit]) -> list[Place]:
    by_town = groupby(visits, key=lambda one: one.inspection.subject.town)
    return [Place(town, list(found)) for town, found in by_town]
