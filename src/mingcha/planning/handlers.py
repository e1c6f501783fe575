"""What planning does when something is decided elsewhere."""

from __future__ import annotations

from django.db.models import Q

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalEvent, ApprovalGranted
from mingcha.planning.campaigns import lifecycle as campaign_states
from mingcha.planning.events import DrawCompleted
from mingcha.planning.models import AnnualPlan, Campaign, Draw
from mingcha.planning.plans import lifecycle as plan_states
from mingcha.planning.services import campaigns, plans
from mingcha.planning.services.campaigns.moving import ROUTE as CAMPAIGN_ROUTE
from mingcha.planning.services.plans.moving import ROUTE

_PLATFORM = System(purpose="completed draw")
_PLAN = Decisions(ROUTE, of=AnnualPlan, again=Q(state=plan_states.DRAFT))
_CAMPAIGN = Decisions(CAMPAIGN_ROUTE, of=Campaign, again=Q(state=campaign_states.DRAFT))


@_CAMPAIGN.granted
def approve_campaign(event: ApprovalGranted) -> None:
    """The leader approved scheme and roster."""
    campaigns.approved(actor=event.by, campaign_id=event.thing.id)


@_CAMPAIGN.returned
@_CAMPAIGN.withdrawn
def give_campaign_back(event: ApprovalEvent) -> None:
    """The leader returned it, or whoever proposed it took it back: it can be changed again."""
    campaigns.given_back(actor=event.by, campaign_id=event.thing.id, reason=event.why)


@handles(DrawCompleted)
def campaign_is_drawn(event: DrawCompleted) -> None:
    """Its firms are known."""
    campaign = Draw.objects.get(pk=event.thing.id).campaign_id
    if campaign is not None:
        campaigns.record_draw(actor=_PLATFORM, campaign_id=campaign)


@_PLAN.granted
def publish_plan(event: ApprovalGranted) -> None:
    """The leader approved: the plan is public from now on."""
    plans.approved(actor=event.by, plan_id=event.thing.id)


@_PLAN.returned
@_PLAN.withdrawn
def give_plan_back(event: ApprovalEvent) -> None:
    """The leader returned it, or whoever proposed it took it back: it can be changed again."""
    plans.given_back(actor=event.by, plan_id=event.thing.id, reason=event.why)
