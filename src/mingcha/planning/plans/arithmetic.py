"""The sums of a plan: floor, quotas, different enterprises reached (S1, N5). Reads only what was frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mingcha.basics.selectors import parameters
from mingcha.kernel.coverage import (
    Coverage,
    Group,
    LineDraw,
    cover,
    number_quotas,
    rate_quotas,
    weighted_rate,
)
from mingcha.kernel.ratios import FULL, ceil_share
from mingcha.planning.models import AnnualPlan, LineStratum, PlanBase, PlanLine
from mingcha.planning.models.scopes import Scoped
from mingcha.planning.plans.population import SEEN
from mingcha.planning.plans.scope import NO_GRADE
from mingcha.registry.models import Subject

FLOOR, UPPER = "COVERAGE_ENTERPRISE_BP", "COVERAGE_UPPER_BP"
COUNTS_SUPERIOR, COUNTS_OFF_SITE = "COVERAGE_COUNTS_SUPERIOR", "COVERAGE_COUNTS_OFF_SITE"
WEIGHTS = {
    "A": "GRADE_WEIGHT_A",
    "B": "GRADE_WEIGHT_B",
    "C": "GRADE_WEIGHT_C",
    NO_GRADE: "GRADE_WEIGHT_NONE",
}


def base_of(plan: AnnualPlan) -> PlanBase | None:
    """What was frozen, without the list of who counted; None before."""
    return PlanBase.objects.filter(plan=plan).defer("content").first()


def rates_of(line: Scoped, codes: Iterable[str]) -> dict[str, int]:
    """The rate of each stratum in basis points: its own, else the line's, times its grade's weight."""
    weights = _weights() if line.stratify == PlanLine.Stratify.HRSS else {}
    rates = {}
    for code in codes:
        grade = code.partition(":")[2]
        if code in line.rates:
            rates[code] = int(line.rates[code])
        elif grade in weights:
            weight = weights[grade]
            rates[code] = weighted_rate(line.rate_bp, int(weight * FULL), FULL)
        else:
            rates[code] = line.rate_bp
    return rates


def _weights() -> dict[str, Decimal]:
    """Grade → how much more often it is drawn (domain §4, proposals)."""
    return {grade: parameters.value(code).as_decimal() for grade, code in WEIGHTS.items()}


def set_quotas(line: PlanLine, strata: list[LineStratum]) -> None:
    """Compute rate and quota of every stratum, in place; every share is rounded up (N5)."""
    available = {stratum.code: stratum.available for stratum in strata}
    population = {stratum.code: stratum.population for stratum in strata}
    rates: Mapping[str, int] = {}
    if line.quota_mode == PlanLine.QuotaMode.RATE:
        rates = rates_of(line, population)
        quotas = rate_quotas(population, available, rates)
    else:
        quotas = number_quotas(line.total, available)
    for stratum in strata:
        stratum.rate_bp = rates.get(stratum.code, 0)
        stratum.quota = quotas[stratum.code]


@dataclass(frozen=True)
class Sums:
    """What stands on the plan's page. `coverage` counts different enterprises, those seen already included.

    `quota_by_line` and `enterprises_by_line` are sums over strata; `by_kind` over lines.
    """

    base: PlanBase
    floor: int
    floor_rate: parameters.Value
    coverage: Coverage
    quota_by_line: Mapping[int, int]
    enterprises_by_line: Mapping[int, int]
    by_kind: Mapping[str, int]
    excluded: Mapping[str, int]
    not_counted: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether the floor is reached for certain."""
        return self.coverage.least >= self.floor

    @property
    def drawn(self) -> int:
        """Visits of the plan, of every kind."""
        return sum(self.quota_by_line.values())


def sums_of(plan: AnnualPlan) -> Sums | None:
    """The sums, or None before anything was frozen."""
    base = base_of(plan)
    if base is None:
        return None
    lines = sorted(plan.lines.all(), key=lambda line: (line.first_day, line.number))
    strata = list(LineStratum.objects.filter(line__plan=plan))
    firms = [stratum for stratum in strata if stratum.kind == Subject.Kind.ENTERPRISE]
    by_line, firms_by_line, by_kind = Counter[int](), Counter[int](), Counter[str]()
    for stratum in strata:
        by_line[stratum.line_id] += stratum.quota
        by_kind[stratum.kind] += stratum.quota
    for stratum in firms:
        firms_by_line[stratum.line_id] += stratum.quota
    rate = parameters.value(FLOOR)
    counted, left_out = _counted(lines)
    return Sums(
        base=base,
        floor=ceil_share(base.enterprises, rate.as_int()),
        floor_rate=rate,
        coverage=coverage(base, counted, firms),
        quota_by_line=by_line,
        enterprises_by_line=firms_by_line,
        by_kind=by_kind,
        excluded={
            name: sum(getattr(stratum, name) for stratum in strata) for name in ("at_cap", "class_a", "seen")
        },
        not_counted=tuple(line.name for line in left_out),
    )


def _counted(lines: list[PlanLine]) -> tuple[list[PlanLine], list[PlanLine]]:
    """The lines whose firms count for the floor, and those that parameters leave out."""
    superior = parameters.value(COUNTS_SUPERIOR).as_bool()
    off_site = parameters.value(COUNTS_OFF_SITE).as_bool()

    def counts(line: PlanLine) -> bool:
        return (superior or line.source == PlanLine.Source.OWN) and (off_site or line.on_site)

    return [line for line in lines if counts(line)], [line for line in lines if not counts(line)]


def coverage(base: PlanBase, lines: Iterable[PlanLine], strata: Iterable[LineStratum]) -> Coverage:
    """Different enterprises that these lines reach, in the order in which they begin.

    Firms that were inspected this year before freezing come first, as a line that drew all of them.
    """
    quotas: dict[int, dict[str, int]] = {}
    for stratum in strata:
        quotas.setdefault(stratum.line_id, {})[stratum.code] = stratum.quota
    draws = [LineDraw(SEEN[0], {SEEN[1]: base.seen}, avoids=False)]
    draws += [LineDraw(str(line.pk), quotas.get(line.pk, {}), line.avoid_seen) for line in lines]
    groups = [Group(tuple((line, code) for line, code in cells), n) for cells, n in base.groups]
    return cover(draws, groups)


def warnings_of(plan: AnnualPlan) -> list[LineStratum]:
    """Strata of which more is drawn than is usual elsewhere; a hint, not a refusal."""
    upper = parameters.value(UPPER).as_int()
    strata = LineStratum.objects.filter(line__plan=plan, population__gt=1, quota__gt=1)
    return [
        stratum
        for stratum in strata.select_related("line")
        if stratum.quota * 10_000 > stratum.population * upper
    ]
