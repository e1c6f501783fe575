"""What dispatching does when something is decided elsewhere."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.planning.campaigns import lifecycle as campaigns
from mingcha.planning.events import CampaignMoved, DrawCompleted
from mingcha.planning.models import Campaign
from mingcha.planning.services import dispatch
from mingcha.planning.services.drafting import inspectors_named
from mingcha.registry.events import RecusalApproved, RecusalRejected

_PLATFORM = System(purpose="dispatch")


@handles(DrawCompleted)
def list_tasks(event: DrawCompleted) -> None:
    """Firms and teams are known: the tasks wait to be handed on."""
    dispatch.prepare_draw(actor=_PLATFORM, draw_id=event.thing.id)


@handles(CampaignMoved)
def follow_campaign(event: CampaignMoved) -> None:
    """An approved superior's list that names inspectors needs no draw; a cancelled campaign no visits."""
    if event.target == campaigns.APPROVED and inspectors_named(Campaign.objects.get(pk=event.thing.id)):
        dispatch.prepare_list(actor=_PLATFORM, campaign_id=event.thing.id)
    if event.target == campaigns.CANCELLED:
        dispatch.withdraw_all(actor=_PLATFORM, campaign_id=event.thing.id, reason=event.why)


@handles(RecusalApproved)
def replace_the_recused(event: RecusalApproved) -> None:
    """Whoever is already on a team for that firm is to be replaced there; a helper stays away at once."""
    dispatch.propose_replacements(actor=_PLATFORM, recusal_id=event.thing.id)
    dispatch.keep_away(actor=_PLATFORM, recusal_id=event.thing.id)


@handles(RecusalRejected)
def keep_the_team(event: RecusalRejected) -> None:
    """No ground for a recusal: what was asked for because of it falls away."""
    dispatch.drop_replacements(actor=_PLATFORM, recusal_id=event.thing.id, reason=event.why)
