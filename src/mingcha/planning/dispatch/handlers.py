"""What dispatching does when something is decided elsewhere."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from mingcha.planning.campaigns import lifecycle as campaigns
from mingcha.planning.events import CampaignMoved, DrawCompleted
from mingcha.planning.models import CampaignTarget, WindowExtension
from mingcha.planning.services import dispatch
from mingcha.planning.services.dispatch.extending import ROUTE
from mingcha.registry.events import RecusalApproved, RecusalRejected

_PLATFORM = System(purpose="dispatch")
_EXTENSION = Decisions(ROUTE, of=WindowExtension)


@handles(DrawCompleted)
def list_tasks(event: DrawCompleted) -> None:
    """Firms and teams are known: the tasks wait to be handed on."""
    dispatch.prepare_draw(actor=_PLATFORM, draw_id=event.thing.id)


@handles(CampaignMoved)
def follow_campaign(event: CampaignMoved) -> None:
    """What a superior's list names inspectors for needs no draw; a cancelled campaign no visits."""
    named = CampaignTarget.objects.filter(campaign=event.thing.id).kept().with_inspectors()
    if event.target == campaigns.APPROVED and named.exists():
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


@_EXTENSION.granted
def extend(event: ApprovalGranted) -> None:
    """The leader agreed: the visits that are left may be made until the later day."""
    dispatch.extended(actor=event.by, extension_id=event.thing.id)


@_EXTENSION.returned
def keep_the_days(event: ApprovalReturned) -> None:
    """The leader did not agree."""
    dispatch.not_extended(actor=event.by, extension_id=event.thing.id, reason=event.why, taken_back=False)


@_EXTENSION.withdrawn
def keep_the_days_on_request(event: ApprovalWithdrawn) -> None:
    """Whoever asked took it back."""
    dispatch.not_extended(actor=event.by, extension_id=event.thing.id, reason=event.why, taken_back=True)
