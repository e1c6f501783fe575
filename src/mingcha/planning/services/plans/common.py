"""What the verbs of a plan share."""

from __future__ import annotations

from typing import Any

from mingcha.base.viewers import Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services import moving
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import PlanMoved
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans.lifecycle import DRAFT, PLAN, PlanFacts


def locked_draft(plan: AnnualPlan, actor: Viewer) -> AnnualPlan:
    """The plan's row, locked; refused once it is no draft any more."""
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
    moving.move(plan, PLAN, verb, actor, facts or PlanFacts(), PlanMoved, reason=reason, **after)
