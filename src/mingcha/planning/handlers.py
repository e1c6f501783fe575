"""What planning does when something is decided elsewhere."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.events import ApprovalEvent, ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from mingcha.planning.events import DrawCompleted
from mingcha.planning.models import AnnualPlan, Campaign, Draw
from mingcha.planning.services import campaigns, plans
from mingcha.planning.services.campaigns.moving import ROUTE as CAMPAIGN_ROUTE
from mingcha.planning.services.plans.moving import ROUTE

_PLATFORM = System(purpose="completed draw")


def _is_plan(event: ApprovalEvent) -> bool:
    return event.kind == ROUTE and event.thing.type == AnnualPlan._meta.label_lower


def _is_campaign(event: ApprovalEvent) -> bool:
    return event.kind == CAMPAIGN_ROUTE and event.thing.type == Campaign._meta.label_lower


@handles(ApprovalGranted)
def approve_campaign(event: ApprovalGranted) -> None:
    """The leader approved scheme and roster."""
    if _is_campaign(event):
        campaigns.approved(actor=event.by, campaign_id=event.thing.id)


@handles(ApprovalReturned)
def give_campaign_back(event: ApprovalReturned) -> None:
    """The leader returned it: it can be changed again."""
    if _is_campaign(event):
        campaigns.given_back(actor=event.by, campaign_id=event.thing.id, reason=event.why)


@handles(ApprovalWithdrawn)
def give_campaign_back_on_request(event: ApprovalWithdrawn) -> None:
    """Whoever proposed it took it back."""
    if _is_campaign(event):
        campaigns.given_back(actor=event.by, campaign_id=event.thing.id, reason=event.why)


@handles(DrawCompleted)
def campaign_is_drawn(event: DrawCompleted) -> None:
    """Its firms are known."""
    campaign = Draw.objects.get(pk=event.thing.id).campaign_id
    if campaign is not None:
        campaigns.record_draw(actor=_PLATFORM, campaign_id=campaign)


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
