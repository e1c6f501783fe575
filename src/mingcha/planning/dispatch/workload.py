"""工作量: how many firms and half-days a person has, so that nobody is given more than can be done.

People stand by name; nobody is put in order by what they do (N13: 严禁下达检查指标).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet, Sum

from mingcha.base import clock
from mingcha.base.ids import one_of
from mingcha.base.viewers import Officer, Viewer
from mingcha.kernel.rounds import week_of
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Dispatch, Task, TaskMember
from mingcha.registry.models import Inspector


@dataclass
class Load:
    """One person's part: firms, those where somebody is or has been, half-days, half-days by week, firms
    without a time yet; and the year's."""

    inspector: Inspector
    firms: int = 0
    visited: int = 0
    half_days: int = 0
    by_week: Counter[date] = field(default_factory=Counter)
    without_time: int = 0
    year_firms: int = 0
    year_half_days: int = 0

    @property
    def weeks(self) -> list[tuple[date, int]]:
        """Mondays with half-days, the earliest first."""
        return sorted(self.by_week.items())


def workload_of(batch: Dispatch, viewer: Viewer) -> list[Load]:
    """Everybody on the teams of a batch, by name, as far as this viewer may know of its firms."""
    loads = _loads(Task.objects.visible_to(viewer).filter(dispatch=batch))
    year = _year_of([load.inspector.pk for load in loads], clock.today().year)
    for load in loads:
        load.year_firms, load.year_half_days = year[load.inspector.pk]
    return loads


def own_workload(officer: Officer) -> Load | None:
    """An inspector's own year, of what he may know of by now; None while there is nothing."""
    year = clock.today().year
    rows = Task.objects.visible_to(officer).mine(officer).filter(visit_from__year=year)
    own = next((load for load in _loads(rows) if load.inspector.user_id == officer.id), None)
    if own is not None:
        own.year_firms, own.year_half_days = own.firms, own.half_days
    return own


def _loads(tasks: QuerySet[Task]) -> list[Load]:
    members = TaskMember.objects.filter(
        task__in=tasks.filter(state__in=states.HANDED_ON).values("pk"), left_at=None
    )
    rows = members.order_by().values_list(
        "inspector", "task__dispatch__campaign__half_days", "task__slot__day", "task__state"
    )
    parts = list(rows)
    people = Inspector.objects.select_related("unit").in_bulk({person for person, *_rest in parts})
    found = {pk: Load(person) for pk, person in people.items()}
    for person, half_days, day, state in parts:
        load = found[person]
        load.firms += 1
        load.visited += state in states.VISITED
        load.half_days += half_days
        if day is None:
            load.without_time += 1
        else:
            load.by_week[week_of(day)] += half_days
    return sorted(found.values(), key=lambda load: (load.inspector.name, load.inspector.pk))


def _year_of(people: Iterable[int], year: int) -> Mapping[int, tuple[int, int]]:
    """person → firms and half-days of the year over everything that was handed on, numbers only."""
    members = TaskMember.objects.filter(
        one_of("inspector", list(people)),
        left_at=None,
        task__state__in=states.HANDED_ON,
        task__visit_from__year=year,
    )
    counted = members.order_by().values("inspector")
    rows = counted.annotate(firms=Count("pk"), half_days=Sum("task__dispatch__campaign__half_days"))
    known = {row["inspector"]: (row["firms"], row["half_days"]) for row in rows}
    return defaultdict(lambda: (0, 0), known)
