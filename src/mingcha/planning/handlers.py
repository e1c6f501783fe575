"""What planning does when something is decided elsewhere."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.basics.events import ApprovalEvent, ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from mingcha.planning.models import AnnualPlan
from mingcha.planning.services import plans
from mingcha.planning.services.plans.moving import ROUTE


def _is_plan(event: ApprovalEvent) -> bool:
    return event.kind == ROUTE and event.thing.type == AnnualPlan._meta.label_lower


@handles(ApprovalGranted)
def publish_plan(event: ApprovalGranted) -> None:
    """The leader approved: the plan is public from now on."""
    if _is_plan(event):
        plans.approved(actor=event.by, plan_id=event.thing.id)


@handles(ApprovalReturned)
def give_plan_back(event: ApprovalReturned) -> None:
    """The leader returned it: it can be changed again."""
    if _is_plan(event):
        plans.given_back(actor=event.by, plan_id=event.thing.id, reason=event.why)


@handles(ApprovalWithdrawn)
def give_plan_back_on_request(event: ApprovalWithdrawn) -> None:
    """Whoever proposed it took it back."""
    if _is_plan(event):
        plans.given_back(actor=event.by, plan_id=event.thing.id, reason=event.why)
