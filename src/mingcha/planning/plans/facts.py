"""The facts that the guards of a plan look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.plans import scope
from mingcha.planning.plans.arithmetic import Sums, sums_of
from mingcha.planning.plans.bases import rests_on_nothing
from mingcha.planning.plans.lifecycle import DRAFT, PlanFacts
from mingcha.planning.plans.people import Manpower, manpower_of


def facts_of(plan: AnnualPlan, sums: Sums | None = None, manpower: Manpower | None = None) -> PlanFacts:
    """What submitting depends on; what the caller has computed already is not computed again."""
    if plan.state != DRAFT:
        return PlanFacts()
    sums = sums or sums_of(plan)
    quotas = sums.quota_by_line if sums else {}
    manpower = manpower or manpower_of(plan, quotas)
    lines = list(plan.lines.select_related("plan", "lead_unit").prefetch_related("items__item", "tags"))
    return PlanFacts(
        year=plan.year,
        lines=len(lines),
        frozen=sums is not None,
        stale=_named(lines, is_stale),
        floor=sums.floor if sums else 0,
        certain=sums.coverage.least if sums else 0,
        expected=sums.coverage.expected if sums else 0,
        without_items=_named(lines, lambda line: not line.items.all()),
        not_in_force=tuple(f"{line}：{item}" for line in lines for item in not_in_force(line)),
        outside_year=_named(lines, lambda line: {line.first_day.year, line.last_day.year} != {plan.year}),
        without_lead=_named(lines, lambda line: line.lead_unit is None),
        nothing_drawn=_named(lines, lambda line: sums is not None and not quotas.get(line.pk)),
        on_site_unexplained=_named(lines, needs_reason),
        repealed=rests_on_nothing(lines),
        needed=manpower.needed,
        have=manpower.have,
        shortage=manpower.shortage,
        way_out=plan.shortage_way,
    )


def facts_for_approval(plan: AnnualPlan) -> PlanFacts:
    """What may have come to be in the way between submitting and approving."""
    lines = plan.lines.select_related("plan").prefetch_related("items__item").order_by("number")
    return PlanFacts(repealed=rests_on_nothing(lines))


def is_stale(line: PlanLine) -> bool:
    """Whether its strata do not belong to its present scope."""
    return line.scope_digest != scope.digest_of(line)


def not_in_force(line: PlanLine) -> list[str]:
    """Its items that are not published and in force over its whole period (N2)."""
    return [
        str(item)
        for item in line.items.select_related("item")
        if not item.in_force(line.first_day, line.last_day)
    ]


def needs_reason(line: PlanLine) -> bool:
    """Whether it goes there although every item can be looked into from afar, and does not say why (E5)."""
    items = list(line.items.all())
    possible = bool(items) and all(item.possible_off_site for item in items)
    return line.on_site and possible and not line.manner_reason.strip()


def _named(lines: Iterable[PlanLine], wanted: Callable[[PlanLine], bool]) -> tuple[str, ...]:
    return tuple(str(line) for line in lines if wanted(line))
