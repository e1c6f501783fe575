"""The roster of a campaign as a table: strata × why somebody is left out, and whether the people suffice.

Shown before anything is sealed, and to whoever approves: what will be drawn, never what was meant to be (N5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.manpower import team_half_days, whole_teams
from mingcha.kernel.ratios import share_text
from mingcha.planning import lifecycle
from mingcha.planning.campaigns.strata import label_of
from mingcha.planning.models import Campaign, DrawTarget, PlanLine
from mingcha.planning.plans.people import HALF_DAYS_A_DAY, OFF_SITE_RATE, TIME_SHARE
from mingcha.planning.plans.scope import EVERYONE
from mingcha.planning.roster import EXCLUSION_BASES, EXCLUSION_LABELS, Entry, Preview, by_name
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import work_days_of
from mingcha.web.text import Text


@dataclass(frozen=True)
class Reason:
    """One reason why firms are left out, with what it rests on."""

    code: str
    label: Text
    basis: str
    firms: int


@dataclass(frozen=True)
class Row:
    """One stratum: firms on the roster, those left out by reason, who can be drawn, how many will be.

    `rule` is the ratio, empty where a number is split; `promised` is what the plan says of it, 0 for nothing.
    """

    code: str
    label: str
    firms: int
    left_out: Sequence[Reason]
    eligible: int
    to_draw: int
    rule: str
    promised: int

    @property
    def short(self) -> int:
        """By how much less than the plan says will be drawn."""
        return max(0, self.promised - self.to_draw)


@dataclass(frozen=True)
class Table:
    """All strata, all reasons that occur."""

    rows: Sequence[Row]
    reasons: Sequence[Reason]
    firms: int
    eligible: int
    to_draw: int

    @property
    def left_out(self) -> int:
        return self.firms - self.eligible

    @property
    def short(self) -> int:
        return sum(row.short for row in self.rows)


def table_of(seen: Preview) -> Table:
    """The roster as it would be sealed now."""
    counted: dict[str, Counter[str]] = {stratum: Counter() for stratum in seen.rows}
    for (stratum, reason), firms in Counter(
        (entry.row.stratum, entry.row.excluded) for entry in seen.entries
    ).items():
        counted[stratum][reason] = firms
    sums: Counter[str] = Counter()
    for reasons in counted.values():
        sums.update(reasons)
    rates, promised = _numbers(seen, "bp"), _numbers(seen, "min")
    rows = [
        Row(
            code=stratum,
            label=label_of(stratum, seen.labels),
            firms=firms,
            left_out=_reasons(counted[stratum]),
            eligible=seen.eligible[stratum],
            to_draw=seen.to_draw[stratum],
            rule=share_text(rates[stratum]) if stratum in rates else "",
            promised=promised.get(stratum, 0),
        )
        for stratum, firms in seen.rows.items()
    ]
    return Table(
        rows=rows,
        reasons=_reasons(sums),
        firms=len(seen.entries),
        eligible=sum(seen.eligible.values()),
        to_draw=seen.drawn_total,
    )


def _reasons(counted: Counter[str]) -> list[Reason]:
    """The reasons that occur, in the order in which they are looked for."""
    return [
        Reason(code, label, EXCLUSION_BASES[code], counted[code])
        for code, label in EXCLUSION_LABELS.items()
        if counted[code]
    ]


def _numbers(seen: Preview, name: str) -> dict[str, int]:
    found = seen.quota.get(name)
    return found if isinstance(found, dict) else {}


def firms_of(seen: Preview, stratum: str, reason: str | None) -> list[Entry]:
    """The firms behind one number, by name; `reason` is a code, "" for who can be drawn, None for all."""
    return by_name(
        entry
        for entry in seen.entries
        if stratum in ("", entry.row.stratum) and reason in (None, entry.row.excluded)
    )


@dataclass(frozen=True)
class Strength:
    """Whether the people suffice: team half-days needed and there within the window (需 …，现有 …).

    `off_site` is what it would take from afar, None where that is not possible or done already; `fewer` is
    how many firms the people there are enough for.
    """

    needed: int
    have: int
    off_site: int | None
    fewer: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.have)


def strength_of(campaign: Campaign, visits: int) -> Strength:
    """Needed for so many visits, and there, on the work days of the campaign's window."""
    rate = max(1, parameters.value(OFF_SITE_RATE).as_int())
    from_afar = -(-visits // rate)
    one = team_half_days(campaign.team_size, 1, campaign.half_days)
    needed = team_half_days(campaign.team_size, visits, campaign.half_days) if campaign.on_site else from_afar
    have = whole_teams([half_days for _person, half_days in people_there(campaign)])
    versions = list(campaign.item_versions.all())
    possible = campaign.on_site and bool(versions) and all(v.possible_off_site for v in versions)
    fewer = have // one if campaign.on_site else have * rate
    return Strength(needed, have, from_afar if possible else None, min(fewer, visits))


def people_there(campaign: Campaign) -> list[tuple[Inspector, int]]:
    """Everybody who may inspect, by name, with the half-days for inspections within the window."""
    first = campaign.visit_from
    last = min(campaign.visit_until, date(first.year, 12, 31))
    share = parameters.value(TIME_SHARE).as_int()
    days = work_days_of(EVERYONE, first, last, workdays.calendar().is_workday)
    return [(person, months.total() * HALF_DAYS_A_DAY * share // 100) for person, months in days]


@dataclass(frozen=True)
class LineStanding:
    """One task of the plan: what it asks for, what was drawn for it before, and what this campaign adds."""

    line: PlanLine
    quota: int
    drawn: int
    now: int

    @property
    def left(self) -> int:
        return max(0, self.quota - self.drawn - self.now)


def standings_of(campaign: Campaign, to_draw: int) -> list[LineStanding]:
    """How far each of its tasks has come, and how far this campaign brings it."""
    targets = DrawTarget.objects.visible_to(EVERYONE).filter(draw__state__in=lifecycle.COMPLETE).to_visit()
    found = []
    for line in campaign.plan_lines.select_related("plan").prefetch_related("strata"):
        before = targets.filter(draw__campaign__plan_lines__number=line.number)
        before = before.filter(draw__campaign__plan_lines__plan__year=line.plan.year)
        drawn = before.exclude(draw__campaign=campaign).values("subject").distinct().count()
        quota = sum(stratum.quota for stratum in line.strata.all())
        found.append(LineStanding(line, quota, drawn, to_draw))
    return found


def ways_out(campaign: Campaign, strength: Strength) -> list[str]:
    """What can be done when the people do not suffice, in sentences."""
    if not strength.short:
        return []
    ways = []
    if strength.off_site is not None:
        ways.append(_("事项可以非现场检查：改为非现场，只需 %(n)d 个双人半天") % {"n": strength.off_site})
    ways.append(_("减少户数：现有人员够检查 %(n)d 户") % {"n": strength.fewer})
    ways.append(_("延长检查时间，或错开离岗的日子"))
    ways.append(_("请市局或其他股室支援 %(n)d 个双人半天") % {"n": strength.short})
    return ways
