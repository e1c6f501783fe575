"""Whether the people suffice for a plan: 双人半天 needed against those there are, month by month.

A team of two for half a day is the unit. Needed is what the visits take; there are the work days on which
certificates hold and nobody is away, times the share of their time that goes into inspections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mingcha.base import clock
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.manpower import Saving, Spread, Task, savings_for, spread, team_half_days, whole_teams
from mingcha.kernel.ratios import largest_remainder
from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.plans.scope import EVERYONE
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import work_days_of

TIME_SHARE, OFF_SITE_RATE = "INSPECTOR_TIME_PCT", "OFF_SITE_PER_HALF_DAY"
HALF_DAYS_A_DAY = 2
MONTHS = range(1, 13)


@dataclass(frozen=True)
class Person:
    """One inspector's year, in half-days for inspections, under the yearly limit where there is one."""

    inspector: Inspector
    work_days: int
    half_days: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.half_days.values())


@dataclass(frozen=True)
class Month:
    """One month: work days, team half-days there are, needed when spread evenly, and done at best."""

    number: int
    work_days: int
    have: int
    needed: int
    done: int
    free: int

    @property
    def short(self) -> int:
        """By how much an even spread exceeds what there is."""
        return max(0, self.needed - self.have)


@dataclass(frozen=True)
class Need:
    """What one line takes, and what it would take off site."""

    line: PlanLine
    visits: int
    half_days: int
    off_site_half_days: int
    possible_off_site: bool

    @property
    def saved(self) -> int:
        return max(0, self.half_days - self.off_site_half_days)


@dataclass(frozen=True)
class Manpower:
    """Needed and there, in team half-days. `shortage` is what fits into no month of a line's period."""

    since: date
    people: Sequence[Person]
    months: Sequence[Month]
    needs: Sequence[Need]
    spread: Spread
    have: int
    share: parameters.Value
    off_site_rate: parameters.Value

    @property
    def needed(self) -> int:
        return sum(need.half_days for need in self.needs)

    @property
    def shortage(self) -> int:
        return self.spread.shortage

    @property
    def off_site_first(self) -> list[Need]:
        """Lines that would end the shortage when done off site."""
        possible = [Saving(str(need.line.pk), need.saved) for need in self.needs if need.possible_off_site]
        chosen = [saving.code for saving in savings_for(self.shortage, possible)]
        by_line = {str(need.line.pk): need for need in self.needs}
        return [by_line[code] for code in chosen]

    @property
    def free_months(self) -> list[Month]:
        """Months with room left once everything that fits is done."""
        return [month for month in self.months if month.free] if self.shortage else []


def manpower_of(plan: AnnualPlan, quotas: Mapping[int, int]) -> Manpower:
    """The people of the plan's year from today on; `quotas` are visits by line."""
    today = clock.today()
    first, last = date(plan.year, 1, 1), date(plan.year, 12, 31)
    since = min(max(first, today), last) if today.year >= plan.year else first
    lines = list(plan.lines.prefetch_related("items"))
    needs = needs_of(lines, quotas)
    people = _people(since, last, _visit_length(needs))
    days = _work_days(since, last)
    room = {month: whole_teams([one.half_days.get(month, 0) for one in people]) for month in MONTHS}
    tasks = [_task(need, since) for need in needs]
    fitted = spread(tasks, room)
    even = _evenly(tasks, days)
    return Manpower(
        since=since,
        people=people,
        months=[
            Month(month, days[month], room[month], even[month], fitted.in_month(month), fitted.free[month])
            for month in MONTHS
        ],
        needs=needs,
        spread=fitted,
        have=sum(room.values()),
        share=parameters.value(TIME_SHARE),
        off_site_rate=parameters.value(OFF_SITE_RATE),
    )


def needs_of(lines: Sequence[PlanLine], quotas: Mapping[int, int]) -> list[Need]:
    """What every line takes, in the plan's order."""
    rate = max(1, parameters.value(OFF_SITE_RATE).as_int())
    needs = []
    for line in lines:
        visits = quotas.get(line.pk, 0)
        off_site = -(-visits // rate)
        items = list(line.items.all())
        possible = line.on_site and bool(items) and all(item.possible_off_site for item in items)
        on_site = team_half_days(line.team_size, visits, line.half_days)
        needs.append(Need(line, visits, on_site if line.on_site else off_site, off_site, possible))
    return needs


def _visit_length(needs: Sequence[Need]) -> int:
    """The longest visit on site, in half-days: what one of a person's yearly visits may take."""
    return max((need.line.half_days for need in needs if need.line.on_site), default=1)


def _people(first: date, last: date, visit_length: int) -> list[Person]:
    share = parameters.value(TIME_SHARE).as_int()
    is_workday = workdays.calendar().is_workday
    people = []
    for inspector, days in work_days_of(EVERYONE, first, last, is_workday):
        half_days = {month: n * HALF_DAYS_A_DAY * share // 100 for month, n in days.items()}
        if inspector.yearly_limit is not None:
            half_days = _limited(half_days, inspector.yearly_limit * visit_length)
        people.append(Person(inspector, days.total(), half_days))
    return people


def _limited(half_days: dict[int, int], most: int) -> dict[int, int]:
    """No more than a limit over the year, less in every month alike."""
    if sum(half_days.values()) <= most:
        return half_days
    months = sorted(half_days)
    return dict(zip(months, largest_remainder(most, [half_days[month] for month in months]), strict=True))


def _work_days(first: date, last: date) -> Counter[int]:
    is_workday = workdays.calendar().is_workday
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return Counter(day.month for day in days if is_workday(day))


def _task(need: Need, since: date) -> Task:
    """The months in which a line's visits can still be made."""
    first = max(need.line.first_day, since)
    last = max(need.line.last_day, first)
    return Task(str(need.line.pk), need.half_days, first.month, last.month)


def _evenly(tasks: Sequence[Task], work_days: Mapping[int, int]) -> Counter[int]:
    """Needed in each month when every line goes on evenly by work days."""
    needed: Counter[int] = Counter()
    for task in tasks:
        months = list(range(task.first, task.last + 1))
        weights = [work_days[month] for month in months]
        if not any(weights):
            weights = [1] * len(months)
        needed.update(dict(zip(months, largest_remainder(task.need, weights), strict=True)))
    return needed
