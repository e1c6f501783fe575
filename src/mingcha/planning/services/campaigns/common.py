"""What the verbs of a campaign share."""

from __future__ import annotations

from typing import Any

from mingcha.base.viewers import Viewer
from mingcha.base.visibility import locked
from mingcha.basics.services import moving
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns.lifecycle import CAMPAIGN, DRAFT, CampaignFacts
from mingcha.planning.events import CampaignMoved
from mingcha.planning.models import Campaign


def locked_draft(campaign: Campaign, actor: Viewer) -> Campaign:
    """The campaign's row, locked; refused once it is no draft any more."""
    campaign = locked(campaign, actor)
    if campaign.state != DRAFT:
        raise Refused(
            Refusal(
                "campaign.not_draft",
                gettext_noop("抽查任务“%(campaign)s”目前为“%(state)s”，不能再修改"),
                gettext_noop("国办发〔2024〕54号五：按批准的方案检查"),
                gettext_noop("待批准的，请审批人退回或由提请人撤回；已批准要改的，撤销后另立任务"),
                {"campaign": campaign.title, "state": str(campaign.get_state_display())},
            )
        )
    return campaign


def move(
    campaign: Campaign,
    verb: str,
    actor: Viewer,
    *,
    facts: CampaignFacts | None = None,
    reason: str = "",
    **after: Any,
) -> None:
    """Move along the lifecycle and say so, or raise `Refused` with every reason why not. The caller saves."""
    moving.move(
        campaign, CAMPAIGN, verb, actor, facts or CampaignFacts(), CampaignMoved, reason=reason, **after
    )
