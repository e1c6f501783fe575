"""What the verbs of a campaign share."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Thing
from mingcha.base.service import emit
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns.lifecycle import CAMPAIGN, DRAFT, CampaignFacts
from mingcha.planning.events import CampaignMoved
from mingcha.planning.models import Campaign


def locked(campaign: Campaign, actor: Viewer) -> Campaign:
    """The campaign's row, locked, so that two people do not change it at once."""
    return Campaign.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=campaign.pk)


def locked_draft(campaign: Campaign, actor: Viewer) -> Campaign:
    """The same, refused once it is no draft any more."""
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
    before = str(campaign.get_state_display())
    facts = facts or CampaignFacts()
    row = CAMPAIGN.decide(campaign.state, verb, acting_roles(actor), facts, reason=reason)
    campaign.state = row.target
    emit(
        CampaignMoved(
            thing=Thing.of(campaign),
            before={"state": before},
            after={"state": str(campaign.get_state_display()), **after},
            why=reason.strip(),
            target=row.target,
        )
    )
