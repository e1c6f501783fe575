"""This year's plan, approved and public; next year's, begun."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo.approvals import approve
from demo.county import PARTNERS, SECTIONS


def published(coordinator: Any, leader: Any, year: int) -> None:
    """The plan of a year, on its way: four tasks, at the whole register, with at least 3 % of enterprises."""
    from mingcha.base.events import Thing
    from mingcha.planning.services import plans
    from mingcha.planning.services.plans.moving import ROUTE

    plan = _plan(coordinator, year, "按行业分布、用工规模和上年投诉情况制定。")
    _line(coordinator, plan, "RS06", name="工资支付抽查", stratify="hrss", rate_bp=300)
    _line(
        coordinator,
        plan,
        "RS07",
        name="参保缴费非现场核查",
        manner="off_site",
        manner_reason="",
        workers_from=30,
        rate_bp=2000,
        lead=SECTIONS[1],
    )
    _line(
        coordinator,
        plan,
        "RS09",
        name="劳务派遣单位经营联合抽查",
        licences="dispatch",
        directed=True,
        rate_bp=5000,
        joining=PARTNERS[:1],
        lead=SECTIONS[2],
    )
    _line(
        coordinator,
        plan,
        "RS13",
        name="民办职业培训学校办学抽查",
        kinds="nonenterprise",
        rate_bp=2000,
        lead=SECTIONS[2],
    )
    _freeze(coordinator, plan)
    plans.submit(actor=coordinator, plan=plan)
    approve(leader, ROUTE, Thing.of(plan))


def draft(coordinator: Any, year: int) -> None:
    """The next year's plan, with more to do in spring than the people can."""
    plan = _plan(coordinator, year, "")
    _line(coordinator, plan, "RS06", name="工资支付抽查", stratify="town", rate_bp=300)
    _line(
        coordinator,
        plan,
        "RS07",
        name="参保登记入企核查",
        workers_from=10,
        rate_bp=3000,
        half_days=6,
        last_day=date(year, 4, 30),
        lead=SECTIONS[1],
    )
    _line(
        coordinator,
        plan,
        "RS01",
        name="劳动争议、投诉举报多发单位抽查",
        complaints_from=3,
        directed=True,
        rate_bp=5000,
    )
    _freeze(coordinator, plan)


def _freeze(coordinator: Any, plan: Any) -> None:
    """The base of the plan; a large register is counted in the background."""
    from mingcha.base.jobs.testing import run_waiting
    from mingcha.planning.services import plans

    plans.freeze_base(actor=coordinator, plan=plan)
    run_waiting()


def _plan(coordinator: Any, year: int, grounds: str) -> Any:
    from mingcha.planning.services import plans

    return plans.draft_plan(
        actor=coordinator,
        values={
            "year": year,
            "title": f"{year} 年度“双随机、一公开”抽查工作计划",
            "base_day": date(year, 1, 1),
            "grounds": grounds,
            "shortage_way": "",
        },
    )


def _line(
    coordinator: Any,
    plan: Any,
    item: str,
    *,
    lead: str = SECTIONS[0],
    joining: tuple[str, ...] = (),
    **values: Any,
) -> None:
    from mingcha.accounts.models import Unit
    from mingcha.planning.plans.items import versions_for
    from mingcha.planning.services import plans

    given = {
        "items": versions_for(plan.year).filter(item__code=item),
        "kinds": "enterprise",
        "first_day": date(plan.year, 3, 1),
        "last_day": date(plan.year, 12, 31),
        "lead_unit": Unit.objects.get(name=lead),
        "joining_units": list(Unit.objects.filter(name__in=joining)),
        "manner_reason": "须当场核对考勤和工资发放的原始记录",
    }
    plans.add_line(actor=coordinator, plan=plan, values=given | values)
