"""What the verbs of a plan share."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Thing
from mingcha.base.service import emit
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import PlanMoved
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans.lifecycle import DRAFT, PLAN, PlanFacts


def locked(plan: AnnualPlan, actor: Viewer) -> AnnualPlan:
    """The plan's row, locked, so that two people do not change it at once."""
    return AnnualPlan.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=plan.pk)


def locked_draft(plan: AnnualPlan, actor: Viewer) -> AnnualPlan:
    """The same, refused once it is no draft any more."""
    plan = locked(plan, actor)
    if plan.state != DRAFT:
        raise Refused(
            Refusal(
                "plan.not_draft",
                gettext_noop("计划“%(plan)s”目前为“%(state)s”，不能再修改"),
                gettext_noop("本局方案二（三）1：计划批准、公布后严格执行；调整须有理由并重新批准"),
                gettext_noop("待审批的，请审批人退回或由提请人撤回；已公布的，请另立新版本"),
                {"plan": plan.title, "state": str(plan.get_state_display())},
            )
        )
    return plan


def move(
    plan: AnnualPlan,
    verb: str,
    actor: Viewer,
    *,
    facts: PlanFacts | None = None,
    reason: str = "",
    **after: Any,
) -> None:
    """Move along the lifecycle and say so, or raise `Refused` with every reason why not. The caller saves."""
    before = str(plan.get_state_display())
    facts = facts or PlanFacts()
    plan.state = PLAN.decide(plan.state, verb, acting_roles(actor), facts, reason=reason).target
    emit(
        PlanMoved(
            thing=Thing.of(plan),
            before={"state": before},
            after={"state": str(plan.get_state_display()), **after},
            why=reason.strip(),
        )
    )
