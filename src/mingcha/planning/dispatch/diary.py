"""Where those who are sent are on which half-day: other visits, leave, certificates; from few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from mingcha.base import clock
from mingcha.base.ids import one_of
from mingcha.base.viewers import System
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.rounds import Diary, Errand, Half, half_of, sunday_of, week_of
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Task, TaskMember, VisitSlot
from mingcha.planning.plans.people import TIME_SHARE
from mingcha.registry.models import Inspector, Leave

#: How many firms of one town a team visits in one half-day, where each takes no longer.
TOGETHER = "VISITS_PER_HALF_DAY"
#: Who is or was on the teams, by one question.
TEAMS = Prefetch("members", TaskMember.objects.select_related("inspector__unit"))
_PLATFORM = System(purpose="visits")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Book:
    """A diary with what it was made from. `leaves` are days away by person, `people` everybody by id."""

    diary: Diary
    people: Mapping[int, Inspector]
    leaves: Mapping[int, frozenset[date]]

    def name(self, person: int) -> str:
        return self.people[person].name

    def on_leave(self, person: int, day: date) -> bool:
        return day in self.leaves.get(person, frozenset())

    def certified(self, person: int, day: date) -> bool:
        one = self.people[person]
        return bool(one.valid_from and one.valid_until and one.valid_from <= day <= one.valid_until)


def given(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks that somebody has been given, with all that arranging and showing them needs."""
    return in_full(rows.filter(state__in=states.HANDED_ON))


def in_full(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with their teams and helpers, in a bounded number of queries."""
    return rows.select_related("subject", "dispatch__campaign", "slot").prefetch_related(
        TEAMS, "companions__inspector__unit"
    )


def slot_of(task: Task) -> VisitSlot | None:
    """When it is visited, if that is arranged."""
    slot: VisitSlot | None = getattr(task, "slot", None)
    return slot


def errand_of(task: Task, since: date | None = None) -> Errand:
    """The task as the diary knows it: not before `since`, tomorrow unless said otherwise."""
    start = since if since is not None else clock.today() + _DAY
    return Errand(
        key=task.pk,
        place=task.subject.town,
        people=tuple(member.inspector_id for member in task.team),
        first=max(task.visit_from, start),
        last=task.visit_until,
        half_days=task.dispatch.campaign.half_days,
        order=f"{task.subject.address}\x00{task.name}",
    )


def open_book(tasks: Collection[Task]) -> Book:
    """The diary of everybody on these tasks' teams, over the whole weeks of their time; visits of other
    campaigns stand in it too, whoever may know of them. Of those who go along only the days away are known.
    """
    team = {member.inspector_id for task in tasks for member in task.team}
    people = sorted(team | {companion.inspector_id for task in tasks for companion in task.helpers})
    if not people:
        return Book(Diary((), {}), {}, {})
    first = week_of(min(task.visit_from for task in tasks))
    last = sunday_of(max(task.visit_until for task in tasks))
    known = Inspector.objects.visible_to(_PLATFORM).in_bulk(people)
    leaves = _leaves(people, first, last)
    days = [first + number * _DAY for number in range((last - first).days + 1)]
    is_workday = workdays.calendar().is_workday
    work = [day for day in days if is_workday(day)]
    book = Book(
        Diary(
            work,
            {one: leaves[one] | _unable(known[one], work, inspects=one in team) for one in people},
            share=parameters.value(TIME_SHARE).as_int(),
            together=max(1, parameters.value(TOGETHER).as_int()),
        ),
        known,
        leaves,
    )
    for errand, half in _visits_of(sorted(team), first, last):
        book.diary.enter(errand, half)
    return book


def _visits_of(people: Sequence[int], first: date, last: date) -> Iterable[tuple[Errand, Half]]:
    """Everything that is arranged for these people in these days, each person's part by itself."""
    rows = TaskMember.objects.filter(
        one_of("inspector", people),
        left_at=None,
        task__state__in=states.HANDED_ON,
        task__slot__day__range=(first, last),
    )
    visits = rows.order_by().values_list(
        "task",
        "task__subject__town",
        "inspector",
        "task__slot__day",
        "task__slot__morning",
        "task__dispatch__campaign__half_days",
    )
    for task, town, person, day, morning, half_days in visits:
        yield Errand(task, town, (person,), day, day, half_days), half_of(day, morning=morning)


def _leaves(people: Sequence[int], first: date, last: date) -> defaultdict[int, frozenset[date]]:
    """person → days of leave within the stretch."""
    away: defaultdict[int, frozenset[date]] = defaultdict(frozenset)
    rows = Leave.objects.visible_to(_PLATFORM).touching(first, last).filter(one_of("inspector", people))
    for person, start, end in rows.values_list("inspector_id", "first_day", "last_day"):
        begin, stop = max(start, first), min(end, last)
        away[person] |= {begin + number * _DAY for number in range((stop - begin).days + 1)}
    return away


def _unable(person: Inspector, days: Iterable[date], *, inspects: bool) -> frozenset[date]:
    """The days on which the certificate of who inspects does not hold; all where the person is not there any
    more."""
    if not inspects:
        return frozenset() if person.active else frozenset(days)
    if not person.active or person.valid_from is None or person.valid_until is None:
        return frozenset(days)
    return frozenset(day for day in days if not person.valid_from <= day <= person.valid_until)
