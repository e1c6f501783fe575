"""How far a year's plan has come: different enterprises with a completed check, and where that leads (S1).

Counted are firms, never people or sections (N13). A firm counts once, however often somebody came and
whichever of its merged entries the visit stands with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Q

from mingcha.base import clock
from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.workdays import WorkCalendar
from mingcha.planning import lifecycle
from mingcha.planning.campaigns.lifecycle import CANCELLED
from mingcha.planning.models import AnnualPlan, CampaignTarget, DrawTarget, PlanLine
from mingcha.planning.plans.arithmetic import COUNTS_OFF_SITE, COUNTS_SUPERIOR, Sums, sums_of
from mingcha.planning.plans.scope import EVERYONE
from mingcha.registry.models import Subject, Visit
from mingcha.registry.selectors import stand_ins

COUNTS_GONE, BEHIND = "COVERAGE_COUNTS_GONE", "COVERAGE_BEHIND_PCT"
GONE_STATES = (
    Subject.Registration.CLOSED,
    Subject.Registration.REVOKED,
    Subject.Registration.CANCELLED,
    Subject.Registration.DEREGISTERED,
    Subject.Registration.MOVED_OUT,
)
#: What a result says of a firm that is not there (domain §2.5, results 4 and 10).
GONE_WORDS = ("无法联系", "失联", "注销")


@dataclass(frozen=True)
class LineProgress:
    """One line: drawn and checked of its quota; `due` is what its period asks for by today."""

    line: PlanLine
    quota: int
    drawn: int
    done: int
    due: int

    @property
    def behind(self) -> bool:
        return self.done < self.due


@dataclass(frozen=True)
class MonthEnd:
    """Enterprises by the end of a month: checked (None for months to come) and planned."""

    month: int
    done: int | None
    planned: int


@dataclass(frozen=True)
class Progress:
    """Different enterprises checked this year, each under one heading; `counted` is held against the floor.

    on_site + off_site = everybody checked; superior is how many of them were drawn for a superior's line.
    `by_pace` goes on as fast as until now, `by_plan` keeps to the periods of the lines from now on.
    """

    today: date
    floor: int
    enterprises: int
    on_site: int
    off_site: int
    superior: int
    gone: int
    counted: int
    due: int
    behind_at: int
    by_pace: int
    by_plan: int
    lines: Sequence[LineProgress]
    months: Sequence[MonthEnd]
    used: Sequence[parameters.Value]

    @property
    def done(self) -> int:
        return self.on_site + self.off_site

    @property
    def own(self) -> int:
        return self.done - self.superior

    @property
    def behind(self) -> bool:
        """Whether clearly less is done than the periods ask for."""
        return self.counted < self.behind_at

    @property
    def remaining(self) -> int:
        return max(0, self.floor - self.counted)


@dataclass(frozen=True)
class _Checked:
    """One enterprise: the day of its first check that counts, and whether somebody went there."""

    first: date
    on_site: bool
    gone: bool


class _Check(NamedTuple):
    """One completed check: at whom, when, how, and the task of the plan that it was entered for."""

    subject: int
    day: date
    on_site: bool
    enterprise: bool
    gone: bool
    task: str


class _Drawn(NamedTuple):
    """One firm of a draw, from when it may be visited; what is the same line of a plan bears its number,
    whichever version of the plan the draw hangs on (0: a superior's own campaign, of no line)."""

    subject: int
    first: date
    line: int
    source: str


def progress_of(plan: AnnualPlan) -> Progress | None:
    """How far the plan has come today; None while nothing was frozen."""
    sums = sums_of(plan)
    if sums is None:
        return None
    today = min(clock.today(), date(plan.year, 12, 31))
    calendar = workdays.calendar()
    used = [parameters.value(code) for code in (COUNTS_OFF_SITE, COUNTS_SUPERIOR, COUNTS_GONE, BEHIND)]
    lines = list(plan.lines.select_related("plan").order_by("number"))
    entries = stand_ins()
    checks, drawn = _checks(plan.year, entries), _drawn(plan.year, entries)
    checked, superior = _checked(checks), _from_above(lines, drawn, checks)
    counted = _that_count(checked, superior, used)
    due = sum(_due(line, sums.enterprises_by_line.get(line.pk, 0), today, calendar) for line in lines)
    rest = sum(sums.enterprises_by_line.get(line.pk, 0) for line in lines) - due
    return Progress(
        today=today,
        floor=sums.floor,
        enterprises=sums.base.enterprises,
        on_site=sum(one.on_site for one in checked.values()),
        off_site=sum(not one.on_site for one in checked.values()),
        superior=len(superior & checked.keys()),
        gone=sum(one.gone for one in checked.values()),
        counted=len(counted),
        due=due,
        behind_at=due * (100 - used[-1].as_int()) // 100,
        by_pace=_by_pace(len(counted), lines, today, calendar),
        by_plan=len(counted) + rest,
        lines=[_line_progress(line, sums, drawn, checks, today, calendar) for line in lines],
        months=_months(plan, counted, lines, sums, today, calendar),
        used=used,
    )


def _checks(year: int, entries: Mapping[int, int]) -> list[_Check]:
    """Every completed check of the bureau in a year by day; `entries`: merged away → what stands for it."""
    visits = Visit.objects.visible_to(EVERYONE).of_year(year).filter(own_bureau=True)
    visits = visits.exclude(kind=Visit.Kind.OTHER)
    gone = set(visits.filter(_gone()).order_by().values_list("pk", flat=True))
    rows = visits.order_by("visited_on", "pk").values_list(
        "pk", "subject_id", "visited_on", "manner", "subject__kind", "plan_task"
    )
    return [
        _Check(
            entries.get(subject, subject),
            day,
            manner == Visit.Manner.ON_SITE,
            kind == Subject.Kind.ENTERPRISE,
            pk in gone,
            task,
        )
        for pk, subject, day, manner, kind, task in rows.iterator()
    ]


def _checked(checks: Iterable[_Check]) -> dict[int, _Checked]:
    """Enterprises with a completed check, by id."""
    found: dict[int, _Checked] = {}
    for one in checks:
        if one.enterprise:
            before = found.get(one.subject) or _Checked(one.day, on_site=False, gone=False)
            found[one.subject] = _Checked(
                before.first, before.on_site or one.on_site, before.gone or one.gone
            )
    return found


def _gone() -> Q:
    said = Q(subject__registration__in=GONE_STATES)
    for word in GONE_WORDS:
        said |= Q(outcome__contains=word)
    return said


def _that_count(
    checked: Mapping[int, _Checked], superior: set[int], used: Sequence[parameters.Value]
) -> dict[int, _Checked]:
    """Those that the parameters let count for the floor."""
    off_site, above, gone = (value.as_bool() for value in used[:3])
    return {
        pk: one
        for pk, one in checked.items()
        if (off_site or one.on_site) and (above or pk not in superior) and (gone or not one.gone)
    }


def _drawn(year: int, entries: Mapping[int, int]) -> list[_Drawn]:
    """Everybody drawn for the year's lines, whatever the version of the plan.

    One campaign may carry several lines out; a superior's campaign names its firms itself.
    """
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(draw__state__in=lifecycle.COMPLETE).to_visit()
    rows: list[tuple[Any, ...]] = []
    for path in ("draw__campaign__plan_lines", "draw__plan_line"):
        of_year = targets.filter(**{f"{path}__plan__year": year})
        rows += of_year.values_list("subject_id", "draw__visit_from", f"{path}__number", f"{path}__source")
    named = CampaignTarget.objects.visible_to(EVERYONE).filter(campaign__visit_from__year=year)
    named = named.exclude(campaign__state=CANCELLED)
    above = PlanLine.Source.SUPERIOR.value
    rows += [(*row, 0, above) for row in named.values_list("subject_id", "campaign__visit_from")]
    return list(dict.fromkeys(_Drawn(entries.get(subject, subject), *rest) for subject, *rest in rows))


def _from_above(lines: Iterable[PlanLine], drawn: Iterable[_Drawn], checks: Iterable[_Check]) -> set[int]:
    """Who was drawn, or checked, for a superior's line."""
    codes = {line.code for line in lines if line.source == PlanLine.Source.SUPERIOR}
    found = {one.subject for one in drawn if one.source == PlanLine.Source.SUPERIOR}
    return found | {one.subject for one in checks if one.task in codes}


def _line_progress(
    line: PlanLine,
    sums: Sums,
    drawn: Iterable[_Drawn],
    checks: Iterable[_Check],
    today: date,
    calendar: WorkCalendar,
) -> LineProgress:
    """A check that names a task counts for that one only; one that names none, where its firm was drawn."""
    begins = {one.subject: one.first for one in drawn if one.line == line.number}
    done = {
        one.subject
        for one in checks
        if one.task == line.code
        or (not one.task and one.subject in begins and one.day >= begins[one.subject])
    }
    quota = sums.quota_by_line.get(line.pk, 0)
    return LineProgress(line, quota, len(begins), len(done), _due(line, quota, today, calendar))


def _due(line: PlanLine, quota: int, on: date, calendar: WorkCalendar) -> int:
    """How many of a quota a line's period asks for by a day, by work days, rounded down."""
    if on < line.first_day:
        return 0
    if on >= line.last_day:
        return quota
    eve = line.first_day - timedelta(days=1)
    whole = calendar.workdays_between(eve, line.last_day)
    return quota * calendar.workdays_between(eve, on) // whole if whole else 0


def _by_pace(done: int, lines: Iterable[PlanLine], today: date, calendar: WorkCalendar) -> int:
    """Enterprises at the end of the last period, at the pace since the first one began."""
    first = min((line.first_day for line in lines), default=today)
    last = max((line.last_day for line in lines), default=today)
    eve = first - timedelta(days=1)
    passed = calendar.workdays_between(eve, min(today, last)) if today >= first else 0
    return done * calendar.workdays_between(eve, last) // passed if passed > 0 else done


def _months(
    plan: AnnualPlan,
    counted: Mapping[int, _Checked],
    lines: Sequence[PlanLine],
    sums: Sums,
    today: date,
    calendar: WorkCalendar,
) -> list[MonthEnd]:
    """Checked and planned by the end of every month."""
    months = []
    for month in range(1, 13):
        end = (date(plan.year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        planned = sum(_due(line, sums.enterprises_by_line.get(line.pk, 0), end, calendar) for line in lines)
        begun = date(plan.year, month, 1) <= today
        done = sum(one.first <= end for one in counted.values()) if begun else None
        months.append(MonthEnd(month, done, planned))
    return months
