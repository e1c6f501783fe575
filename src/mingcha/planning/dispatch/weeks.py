"""周安排: town by town when a batch is visited, what is wrong with it, and where else it fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.kernel.rounds import Errand, sunday_of, week_of
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.clashes import clashes_in
from mingcha.planning.dispatch.diary import Book, errand_of, given, open_book, slot_of
from mingcha.planning.dispatch.facts import hidden_from
from mingcha.planning.dispatch.reasons import why_not
from mingcha.planning.models import Dispatch, Task, VisitSlot
from mingcha.web.providers import Tone

#: Firms without a half-day on the page; arranging is about all of them.
LEFT_SHOWN = 100


@dataclass(frozen=True)
class Stop:
    """One firm with its half-day; the nearest weeks before and after into which it fits as well."""

    task: Task
    slot: VisitSlot
    clashes: Sequence[str]
    earlier: date | None = None
    later: date | None = None

    @property
    def visited(self) -> bool:
        """Whether somebody is there or has been."""
        return self.task.state in states.VISITED

    @property
    def tone(self) -> Tone:
        return "success" if self.task.state == states.DONE else "warning"


@dataclass(frozen=True)
class TownWeek:
    """任务包: one town in one week."""

    town: str
    stops: Sequence[Stop]


@dataclass(frozen=True)
class Tab:
    """One week in the row of weeks: its firms, and how many of them clash."""

    monday: date
    firms: int
    clashing: int
    chosen: bool

    @property
    def sunday(self) -> date:
        return sunday_of(self.monday)


@dataclass(frozen=True)
class Left:
    """A firm without a half-day, and why none was found."""

    task: Task
    why: str


@dataclass(frozen=True)
class Weeks:
    """Everything on the page. `more` firms without a half-day stand in no line; `hidden` ones this viewer
    may not know of yet."""

    tabs: Sequence[Tab]
    towns: Sequence[TownWeek]
    left: Sequence[Left]
    more: int
    arranged: int
    clashing: int
    hidden: int


def weeks_of(batch: Dispatch, viewer: Viewer, chosen: date | None, *, movable: bool) -> Weeks:
    """The batch as this viewer may know it. `chosen` is a day of the week to show, the present or next one
    with visits unless given; `movable` looks for other weeks too."""
    rows = Task.objects.visible_to(viewer).filter(dispatch=batch, state__in=states.HANDED_ON)
    wrong = clashes_in(rows)
    days = dict(rows.filter(slot__isnull=False).order_by().values_list("pk", "slot__day"))
    firms = Counter(map(week_of, days.values()))
    clashing = Counter(week_of(days[pk]) for pk in wrong if pk in days)
    monday = _shown(sorted(firms), chosen)
    shown = list(given(_in_week(rows, monday)).order_by("seq"))
    without = rows.filter(slot=None, state__in=states.GIVEN)
    left = list(given(without).order_by("seq")[:LEFT_SHOWN])
    book = open_book([*shown, *left])
    stops = [
        _stop(task, slot, wrong.get(task.pk, ()), book, movable)
        for task in shown
        if (slot := slot_of(task)) is not None
    ]
    return Weeks(
        tabs=[Tab(week, firms[week], clashing[week], week == monday) for week in sorted(firms)],
        towns=_by_town(stops),
        left=[Left(task, _why(task, wrong, book)) for task in left],
        more=without.count() - len(left),
        arranged=len(days),
        clashing=len(wrong),
        hidden=hidden_from(viewer, batch),
    )


def _in_week(rows: QuerySet[Task], monday: date | None) -> QuerySet[Task]:
    return rows.none() if monday is None else rows.filter(slot__day__range=(monday, sunday_of(monday)))


def _shown(weeks: Sequence[date], chosen: date | None) -> date | None:
    """The week asked for where it has visits, else the present or next one, else the last."""
    if chosen is not None and week_of(chosen) in weeks:
        return week_of(chosen)
    now = week_of(clock.today())
    return next((week for week in weeks if week >= now), weeks[-1] if weeks else None)


def _stop(task: Task, slot: VisitSlot, clashes: Sequence[str], book: Book, movable: bool) -> Stop:
    if not movable or task.state not in states.GIVEN:
        return Stop(task, slot, clashes)
    errand = errand_of(task)
    book.diary.strike(errand, slot.half)
    own = week_of(slot.day)
    weeks = book.diary.weeks(errand)
    earlier = _first_that_fits([week for week in reversed(weeks) if week < own], errand, book)
    later = _first_that_fits([week for week in weeks if week > own], errand, book)
    book.diary.enter(errand, slot.half)
    return Stop(task, slot, clashes, earlier, later)


def _first_that_fits(weeks: Sequence[date], errand: Errand, book: Book) -> date | None:
    return next((week for week in weeks if book.diary.first_fit(errand, week) is not None), None)


def _by_town(stops: Sequence[Stop]) -> list[TownWeek]:
    """Towns in the order in which somebody first gets there; firms in the order of the visits."""
    towns: defaultdict[str, list[Stop]] = defaultdict(list)
    for stop in sorted(stops, key=lambda one: (one.slot.half, one.task.seq)):
        towns[stop.task.subject.town].append(stop)
    return [TownWeek(town, found) for town, found in towns.items()]


def _why(task: Task, wrong: dict[int, list[str]], book: Book) -> str:
    if task.pk in wrong:
        return "；".join(wrong[task.pk])
    errand = errand_of(task)
    open_somewhere = any(book.diary.first_fit(errand, week) is not None for week in book.diary.weeks(errand))
    return "" if open_somewhere else why_not(errand, book)
