"""The work-day calendar as the kernel counts with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.transaction import get_connection

from mingcha.base.viewers import Viewer
from mingcha.basics.models import CalendarStamp, DeadlineMove, WorkDay
from mingcha.kernel.workdays import WorkCalendar

STAMP_ID = 1
#: A year counts as known only when every one of its days is there.
_SHORTEST_YEAR = 365


class _Copy(NamedTuple):
    key: tuple[str, int]
    calendar: WorkCalendar


_copy: _Copy | None = None


def calendar() -> WorkCalendar:
    """The calendar of the work-day table. Kept per process; one small query sees whether it is old."""
    global _copy
    stamp = CalendarStamp.objects.filter(pk=STAMP_ID).values_list("version", flat=True).first() or 0
    key = (str(get_connection().settings_dict["NAME"]), stamp)
    if _copy is None or _copy.key != key:
        _copy = _Copy(key, _load())
    return _copy.calendar


def _load() -> WorkCalendar:
    days = dict(WorkDay.objects.values_list("date", "is_workday"))
    return WorkCalendar(days=days, known_years=known_years())


def known_years() -> frozenset[int]:
    """Years whose official notice is entered completely."""
    counted = (
        WorkDay.objects.values("date__year")
        .annotate(days=Count("pk"), provisional_days=Count("pk", filter=Q(provisional=True)))
        .filter(days__gte=_SHORTEST_YEAR, provisional_days=0)
    )
    return frozenset(row["date__year"] for row in counted)


def years() -> list[int]:
    """Every year of which the table holds days."""
    return sorted({day.year for day in WorkDay.objects.dates("date", "year")})


@dataclass(frozen=True)
class GridDay:
    """One day of the year's page."""

    date: date
    is_workday: bool
    name: str
    provisional: bool
    overridden: bool

    @property
    def kind(self) -> str:
        """How it stands out: work, weekend, off (a weekday off) or shifted (a weekend day worked)."""
        weekend = self.date.weekday() >= 5
        if self.is_workday:
            return "shifted" if weekend else "work"
        return "weekend" if weekend and not self.name else "off"


@dataclass(frozen=True)
class GridMonth:
    """One month in weeks from Monday; None fills the first and last week."""

    month: int
    workdays: int
    weeks: list[list[GridDay | None]]


def calendar_with(year: int, days: Mapping[date, bool]) -> WorkCalendar:
    """The calendar as it would be once a year was published with these days: for a look before it is."""
    stored = WorkDay.objects.exclude(date__year=year).values_list("date", "is_workday")
    return WorkCalendar(days={**dict(stored), **days}, known_years=known_years() | {year})


def grid_with(year: int, days: Mapping[date, bool], names: Mapping[date, str]) -> list[GridMonth]:
    """The year as its page would show it once it was published with these days."""
    counting = calendar_with(year, days)
    return _months(
        GridDay(day, counting.is_workday(day), names.get(day, ""), provisional=False, overridden=False)
        for day in days_of(year)
    )


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=step) for step in range((date(year + 1, 1, 1) - first).days)]


def grid(year: int) -> list[GridMonth]:
    """The year for its page, month by month."""
    rows = {row.date: row for row in WorkDay.objects.filter(date__year=year)}
    counting = calendar()
    return _months(_grid_day(day, rows.get(day), counting) for day in days_of(year))


def _grid_day(day: date, row: WorkDay | None, counting: WorkCalendar) -> GridDay:
    return GridDay(
        date=day,
        is_workday=row.is_workday if row else counting.is_workday(day),
        name=row.name if row else "",
        provisional=row.provisional if row else True,
        overridden=bool(row and row.overridden),
    )


def _months(days: Iterable[GridDay]) -> list[GridMonth]:
    months: dict[int, list[GridDay]] = defaultdict(list)
    for day in days:
        months[day.date.month].append(day)
    return [_month(number, found) for number, found in months.items()]


def _month(number: int, days: list[GridDay]) -> GridMonth:
    padded: list[GridDay | None] = [None] * days[0].date.weekday()
    padded += days
    padded += [None] * (-len(padded) % 7)
    weeks = [padded[start : start + 7] for start in range(0, len(padded), 7)]
    return GridMonth(number, sum(day.is_workday for day in days), weeks)


def moved_by(year: int, viewer: Viewer) -> QuerySet[DeadlineMove]:
    """The deadlines within the viewer's sight that a change of this year's calendar moved, newest first."""
    moves: QuerySet[DeadlineMove] = DeadlineMove.objects.visible_to(viewer)
    return moves.filter(calendar_year=year).select_related("deadline", "deadline__rule")[:200]
