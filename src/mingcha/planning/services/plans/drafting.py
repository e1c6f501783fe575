"""Draft a plan, change a draft, begin a new version of one that is public."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.selectors import parameters
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import PlanChanged, PlanDrafted
from mingcha.planning.models import AnnualPlan, PlanLine
from mingcha.planning.plans.lifecycle import APPROVED, DRAFT, PUBLISHED, SUBMITTED
from mingcha.planning.services.plans.common import locked_draft

BASE_DAY = "COVERAGE_BASE_DAY"
PLAN_FIELDS = ("year", "title", "base_day", "grounds", "shortage_way", "change_reason")


def usual_base_day(year: int) -> date:
    """The base day that the parameter proposes for a year."""
    month, day = parameters.value(BASE_DAY).as_text().split("-")
    return date(year, int(month), int(day))


@service
def draft_plan(*, actor: Officer, values: dict[str, Any]) -> AnnualPlan:
    """Draft the first version of a year's plan; `values` are the cleaned fields of `PLAN_FIELDS`."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("起草年度抽查计划"))
    year = values["year"]
    standing = AnnualPlan.objects.visible_to(actor).filter(year=year).order_by("-version").first()
    if standing is not None and standing.state in (DRAFT, SUBMITTED, APPROVED, PUBLISHED):
        raise Refused(_standing(standing))
    plan = AnnualPlan(
        version=(standing.version if standing else 0) + 1,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    _fill(plan, values)
    emit(PlanDrafted(thing=Thing.of(plan), after=_facts(plan)))
    return plan


@service
def change_plan(*, actor: Officer, plan: AnnualPlan, values: dict[str, Any]) -> AnnualPlan:
    """Change what a draft says as a whole; its year stays."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("修改年度抽查计划"))
    plan = locked_draft(plan, actor)
    before = _facts(plan)
    _fill(plan, {**values, "year": plan.year})
    old, new = changes(before, _facts(plan))
    if new:
        emit(PlanChanged(thing=Thing.of(plan), before=old, after=new))
    return plan


@service
def new_version(*, actor: Officer, plan: AnnualPlan, reason: str) -> AnnualPlan:
    """Begin a new version of a published plan, with its lines, to be changed, frozen and approved anew."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("调整年度抽查计划"))
    reason = required_text(reason, gettext_noop("调整理由"))
    plan = locked(plan, actor)
    newest = AnnualPlan.objects.visible_to(actor).filter(year=plan.year).order_by("-version").first()
    assert newest is not None  # noqa: S101  the plan itself is one
    if plan.state != PUBLISHED or newest.state in (DRAFT, SUBMITTED, APPROVED):
        raise Refused(_standing(newest))
    copy = AnnualPlan.objects.create(
        year=plan.year,
        version=newest.version + 1,
        title=plan.title,
        base_day=plan.base_day,
        grounds=plan.grounds,
        shortage_way=plan.shortage_way,
        change_reason=reason[:300],
        replaces=plan,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    for line in plan.lines.order_by("number"):
        _copy_line(line, copy)
    emit(PlanDrafted(thing=Thing.of(copy), after=_facts(copy), why=reason))
    return copy


def _copy_line(line: PlanLine, plan: AnnualPlan) -> None:
    """The same line in another version; its strata come with the base that is frozen anew."""
    many = {name: list(getattr(line, name).all()) for name in ("items", "tags", "joining_units")}
    line.pk, line.plan, line.scope_digest, line.without_cases = None, plan, "", 0
    line._state.adding = True
    line.save()
    for name, related in many.items():
        getattr(line, name).set(related)


def _fill(plan: AnnualPlan, values: dict[str, Any]) -> None:
    for name in PLAN_FIELDS:
        if name in values:
            setattr(plan, name, values[name])
    if plan.base_day.year != plan.year:
        raise Refused(
            Refusal(
                "plan.base_day",
                gettext_noop("基准日 %(day)s 不在 %(year)s 年"),
                gettext_noop("本局方案二（三）1：年度抽查比例以当年企业总数为分母"),
                gettext_noop("请改为该年度的日期，通常为 1 月 1 日"),
                {"day": plan.base_day, "year": plan.year},
            )
        )
    plan.save()


def _facts(plan: AnnualPlan) -> dict[str, Any]:
    return snapshot(plan, PLAN_FIELDS)


def _standing(plan: AnnualPlan) -> Refusal:
    return Refusal(
        "plan.once_a_year",
        gettext_noop("%(year)s 年已经有一份计划：“%(plan)s”，目前为“%(state)s”"),
        gettext_noop("本局方案二（三）1：统筹制定年度抽查工作计划"),
        gettext_noop("草稿请继续修改；已公布的请在它的页面上另立新版本"),
        {"year": plan.year, "plan": plan.title, "state": str(plan.get_state_display())},
    )
