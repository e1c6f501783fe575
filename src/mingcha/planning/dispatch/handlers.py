"""What dispatching does when something is decided elsewhere."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.events import ApprovalEvent, ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from mingcha.planning.campaigns import lifecycle as campaigns
from mingcha.planning.events import CampaignMoved, DrawCompleted
from mingcha.planning.models import CampaignTarget, WindowExtension
from mingcha.planning.services import dispatch
from mingcha.planning.services.dispatch.extending import ROUTE
from mingcha.registry.events import RecusalApproved, RecusalRejected

_PLATFORM = System(purpose="dispatch")


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


def _is_extension(event: ApprovalEvent) -> bool:
    return event.kind == ROUTE and event.thing.type == WindowExtension._meta.label_lower


@handles(ApprovalGranted)
def extend(event: ApprovalGranted) -> None:
    """The leader agreed: the visits that are left may be made until the later day."""
    if _is_extension(event):
        dispatch.extended(actor=event.by, extension_id=event.thing.id)


@handles(ApprovalReturned)
def keep_the_days(event: ApprovalReturned) -> None:
    """The leader did not agree."""
    if _is_extension(event):
        dispatch.not_extended(actor=event.by, extension_id=event.thing.id, reason=event.why, taken_back=False)


@handles(ApprovalWithdrawn)
def keep_the_days_on_request(event: ApprovalWithdrawn) -> None:
    """Whoever asked took it back."""
    if _is_extension(event):
        dispatch.not_extended(actor=event.by, extension_id=event.thing.id, reason=event.why, taken_back=True)
