"""Submit a campaign, and what follows: approved, given back, drawn, dispatched, closed, cancelled."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services import approvals
from mingcha.planning import roster, selectors
from mingcha.planning.campaigns.facts import draw_for, facts_of, summary_of
from mingcha.planning.campaigns.lifecycle import APPROVED
from mingcha.planning.models import Campaign
from mingcha.planning.services.campaigns.common import move

ROUTE = "campaign"
REASON_LENGTH = 300
_PLATFORM = System(purpose="campaign")


@service
def submit(*, actor: Viewer, campaign: Campaign) -> Campaign:
    """Hand scheme and roster to whoever approves them, once for both; refused with all that is missing."""
    campaign = locked(campaign, actor)
    seen = selectors.preview_of(draw_for(campaign))
    facts = facts_of(campaign, seen)
    move(campaign, "submit", actor, facts=facts, subjects=len(seen.entries), to_draw=seen.drawn_total)
    campaign.roster_digest = roster.digest_of(seen)
    campaign.save(update_fields=["state", "roster_digest"])
    approvals.propose(
        actor=actor,
        kind=ROUTE,
        thing=Thing.of(campaign),
        summary=summary_of(campaign, seen),
        unit_id=campaign.lead_unit_id,
    )
    return campaign


@service
def approved(*, actor: Viewer, campaign_id: int) -> Campaign:
    """The approval was granted: the campaign may be drawn."""
    campaign = _by_id(campaign_id)
    move(campaign, "approve", _PLATFORM)
    campaign.approved_at = clock.now()
    campaign.save(update_fields=["state", "approved_at"])
    return campaign


@service
def given_back(*, actor: Viewer, campaign_id: int, reason: str) -> Campaign:
    """The approval was returned or withdrawn: the campaign is a draft again."""
    campaign = _by_id(campaign_id)
    move(campaign, "give_back", _PLATFORM, reason=reason)
    campaign.save(update_fields=["state"])
    return campaign


@service
def record_draw(*, actor: Viewer, campaign_id: int) -> Campaign:
    """A draw of the campaign is complete; later ones change nothing any more."""
    campaign = _by_id(campaign_id)
    if campaign.state == APPROVED:
        move(campaign, "record_draw", _PLATFORM)
        campaign.save(update_fields=["state"])
    return campaign


@service
def record_dispatch(*, actor: Viewer, campaign_id: int) -> Campaign:
    """Its tasks are with those who carry them out."""
    campaign = _by_id(campaign_id)
    move(campaign, "record_dispatch", _PLATFORM)
    campaign.save(update_fields=["state"])
    return campaign


@service
def close(*, actor: Viewer, campaign: Campaign, reason: str) -> Campaign:
    """Everything of it is done; `reason` says what came of it."""
    return _end(campaign, "close", actor, reason)


@service
def drop(*, actor: Viewer, campaign: Campaign, reason: str) -> Campaign:
    """Give a draft up; it stays with its reason."""
    return _end(campaign, "drop", actor, reason)


@service
def cancel(*, actor: Viewer, campaign: Campaign, reason: str) -> Campaign:
    """The leader takes an approved campaign back; what was drawn stays public."""
    return _end(campaign, "cancel", actor, reason)


def _end(campaign: Campaign, verb: str, actor: Viewer, reason: str) -> Campaign:
    campaign = locked(campaign, actor)
    move(campaign, verb, actor, facts=facts_of(campaign, None), reason=reason)
    campaign.end_reason = reason.strip()[:REASON_LENGTH]
    campaign.ended_at = clock.now()
    campaign.save(update_fields=["state", "end_reason", "ended_at"])
    return campaign


def _by_id(campaign_id: int) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
