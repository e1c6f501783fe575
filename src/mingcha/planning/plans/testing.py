"""A year's plan for tests: many enterprises at once, items in force, a plan that can be submitted."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_unit
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve
from mingcha.items.models import ItemVersion
from mingcha.items.testing import published_item
from mingcha.kernel import credit_code
from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.services import plans
from mingcha.planning.services.plans.moving import ROUTE
from mingcha.planning.testing import County
from mingcha.registry.models import Subject

YEAR = 2027
FIRST_NUMBER = 1001


def make_enterprises(count: int, *, start: int = FIRST_NUMBER, **values: Any) -> list[Subject]:
    """So many enterprises of the county, by one statement."""
    return Subject.objects.bulk_create(
        Subject(
            name=f"示范单位{number}有限公司",
            credit_code=credit_code.synthetic(number),
            division_code="130111",
            town=values.get("town", "示范镇"),
            industry_code=values.get("industry_code", "C13"),
            kind=values.get("kind", Subject.Kind.ENTERPRISE),
            registration=values.get("registration", Subject.Registration.ACTIVE),
            registered_on=values.get("registered_on"),
            registration_since=values.get("registration_since"),
            workers=values.get("workers"),
            grade_hrss=values.get("grade_hrss", ""),
            grade_market=values.get("grade_market", ""),
            grade_dispatch=values.get("grade_dispatch", ""),
            created_at=clock.now(),
        )
        for number in range(start, start + count)
    )


def an_item(**values: Any) -> ItemVersion:
    """A published item that can only be looked into on site."""
    return published_item(**{"manners": ("on_site",), **values})


def section() -> Unit:
    """The section that leads."""
    return Unit.objects.filter(name="劳动监察股").first() or make_unit("劳动监察股")


def make_plan(county: County, **values: Any) -> AnnualPlan:
    """A draft without lines."""
    given = {
        "year": YEAR,
        "title": f"{YEAR} 年度抽查工作计划",
        "base_day": date(YEAR, 1, 1),
        "grounds": "按本区行业分布和投诉情况制定",
        "shortage_way": "",
    }
    return plans.draft_plan(actor=county.coordinator, values=given | values)


def line_values(item: ItemVersion | None, **values: Any) -> dict[str, Any]:
    """What the form of a line gives: 3 % of the enterprises, on site, led by a section."""
    return {
        "name": "工资支付抽查",
        "items": [item] if item else [],
        "source": PlanLine.Source.OWN,
        "kinds": Subject.Kind.ENTERPRISE.value,
        "stratify": PlanLine.Stratify.NONE,
        "quota_mode": PlanLine.QuotaMode.RATE,
        "rate_bp": 300,
        "total": 0,
        "first_day": date(YEAR, 3, 1),
        "last_day": date(YEAR, 11, 30),
        "lead_unit": section(),
        "manner": PlanLine.Manner.ON_SITE,
        "avoid_seen": True,
        "team_size": 2,
        "half_days": 1,
    } | values


def add_line(county: County, plan: AnnualPlan, item: ItemVersion | None, **values: Any) -> PlanLine:
    return plans.add_line(actor=county.coordinator, plan=plan, values=line_values(item, **values))


def freeze(county: County, plan: AnnualPlan) -> AnnualPlan:
    plans.freeze_base(actor=county.coordinator, plan=plan)
    return AnnualPlan.objects.get(pk=plan.pk)


def approved_plan(county: County, plan: AnnualPlan) -> AnnualPlan:
    """Submit and approve."""
    plans.submit(actor=county.coordinator, plan=plan)
    approve_as(county.leader, plan)
    return AnnualPlan.objects.get(pk=plan.pk)


def approve_as(leader: Officer, plan: AnnualPlan) -> None:
    """Take the step that waits on the plan's approval."""
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    if approval is None:
        raise LookupError("nobody has submitted this plan")
    approve(actor=leader, approval_id=approval.pk, opinion="同意")


def published_plan(county: County, **values: Any) -> AnnualPlan:
    """A published plan of one line over the county's enterprises."""
    plan = make_plan(county)
    add_line(county, plan, an_item(), **values)
    return approved_plan(county, freeze(county, plan))
