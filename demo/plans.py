"""This year's plan, approved and public; next year's, begun."""

from __future__ import annotations

from datetime import date
from typing import Any


def published(coordinator: Any, leader: Any) -> None:
    """The plan of this year, on its way."""
    from mingcha.base import clock
    from mingcha.base.events import Thing
    from mingcha.basics.selectors import approvals
    from mingcha.basics.services.approvals import approve
    from mingcha.planning.services import plans
    from mingcha.planning.services.plans.moving import ROUTE

    plan = _plan(coordinator, clock.today().year, "按行业分布、用工规模和上年投诉情况制定。")
    _line(coordinator, plan, "RS06", name="工资支付抽查", stratify="hrss", rate_bp=1000)
    _line(
        coordinator,
        plan,
        "RS07",
        name="参保缴费非现场核查",
        manner="off_site",
        manner_reason="",
        rate_bp=2000,
        lead="社会保险股",
    )
    plans.freeze_base(actor=coordinator, plan=plan)
    plans.submit(actor=coordinator, plan=plan)
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    assert approval is not None  # noqa: S101  submitting proposes it
    approve(actor=leader, approval_id=approval.pk, opinion="同意")


def draft(coordinator: Any) -> None:
    """Next year's plan, with more to do in spring than the people can."""
    from mingcha.base import clock
    from mingcha.planning.services import plans

    year = clock.today().year + 1
    plan = _plan(coordinator, year, "")
    _line(coordinator, plan, "RS06", name="工资支付抽查", stratify="town", rate_bp=500)
    _line(
        coordinator,
        plan,
        "RS07",
        name="参保登记入企核查",
        manner_reason="",
        rate_bp=10_000,
        half_days=6,
        last_day=date(year, 4, 30),
        lead="社会保险股",
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
    plans.freeze_base(actor=coordinator, plan=plan)


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


def _line(coordinator: Any, plan: Any, item: str, *, lead: str = "劳动监察股", **values: Any) -> None:
    from mingcha.accounts.models import Unit
    from mingcha.planning.plans.items import versions_for
    from mingcha.planning.services import plans

    given = {
        "items": versions_for(plan.year).filter(item__code=item),
        "kinds": "enterprise",
        "first_day": date(plan.year, 3, 1),
        "last_day": date(plan.year, 12, 31),
        "lead_unit": Unit.objects.get(name=lead),
        "manner_reason": "须当场核对考勤和工资发放的原始记录",
    }
    plans.add_line(actor=coordinator, plan=plan, values=given | values)
