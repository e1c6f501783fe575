"""Draft a draw of a campaign: everything may still change. What was approved is taken, never typed again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.items.models import ItemVersion
from mingcha.items.rules import require_in_force
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns.lifecycle import RUNNING
from mingcha.planning.events import DrawChanged, DrawPlanned
from mingcha.planning.lifecycle import DRAFT
from mingcha.planning.models import Campaign, Draw
from mingcha.registry.models import Specialty

#: As long as the column.
ITEMS_LENGTH = 1000

#: What is said of a draw; everything else comes from its campaign.
DRAFT_FIELDS = (
    "title",
    "reserve_pct",
    "capacity",
    "specialty",
    "visit_from",
    "visit_until",
    "reveal_at",
    "reveal_place",
    "repeat_reason",
    "mode",
    "source",
    "source_issue",
    "fallback_source",
    "fallback_issue",
    "fallback_at",
)
_FROM_CAMPAIGN = ("campaign", "subject_kinds", "quota_mode", "rate_bp", "total", "per_target")
_APPROVED_ONLY = gettext_noop("国办发〔2024〕54号五：检查方案报行政执法主体负责人批准后实施")
#: What a draw has when nobody said otherwise.
USUAL = {
    "mode": Draw.Mode.OPEN,
    "source": Draw.Source.DICE,
    "source_issue": "",
    "fallback_source": "",
    "fallback_issue": "",
    "fallback_at": None,
}


@service
def plan_draw(*, actor: Officer, campaign: Campaign, values: dict[str, Any]) -> Draw:
    """Draft a draw of an approved campaign from the cleaned form fields `DRAFT_FIELDS`.

    Refused for a campaign in which nothing is to be drawn, visits outside its window, and items that are
    not in force through the visits (N1, N2).
    """
    require_role(actor, (Role.COORDINATOR,), gettext_noop("拟定抽取"))
    campaign = locked(campaign, actor)
    if campaign.state not in RUNNING:
        raise Refused(_not_approved(campaign))
    if inspectors_named(campaign):
        raise Refused(_nothing_to_draw(campaign))
    draw = Draw(created_at=clock.now(), created_by_id=actor.id, campaign=campaign)
    fill(draw, values)
    emit(DrawPlanned(thing=Thing.of(draw), after=facts_of_draw(draw)))
    return draw


@service
def change_draw(*, actor: Officer, draw: Draw, values: dict[str, Any]) -> Draw:
    """Change a draft; a sealed draw cannot be changed."""
    require_role(actor, (Role.COORDINATOR,), gettext_noop("修改抽取"))
    draw = locked(draw, actor)
    if draw.state != DRAFT:
        raise Refused(
            Refusal(
                code="draw.sealed",
                message=gettext_noop("名单已经封存（%(number)s），不能再修改"),
                basis=gettext_noop("SSJ-1 抽取协议 §7.0：封存后一个字节也不能变"),
                remedy=gettext_noop("确有错误的，在摇号前作废本次抽取，另行拟定"),
                params={"number": draw.number},
            )
        )
    before = facts_of_draw(draw)
    fill(draw, values)
    old, new = changes(before, facts_of_draw(draw))
    if new:
        emit(DrawChanged(thing=Thing.of(draw), before=old, after=new))
    return draw


def take_over(draw: Draw, campaign: Campaign) -> None:
    """What was approved of the campaign, as the draw says it; nothing is saved."""
    draw.campaign = campaign
    draw.plan_line = campaign.plan_lines.order_by("number").first() if campaign.pk else None
    draw.subject_kinds = campaign.kinds
    by_rate = campaign.quota_mode == Campaign.QuotaMode.RATE
    draw.quota_mode = Draw.QuotaMode.RATE if by_rate else Draw.QuotaMode.TOTAL
    draw.rate_bp, draw.total, draw.per_target = campaign.rate_bp, campaign.total, campaign.team_size


def inspectors_named(campaign: Campaign) -> bool:
    """Whether a superior named firms and inspectors both: then there is nothing left to draw.

    It may name the inspectors of some firms and leave those of the others to us.
    """
    return campaign.from_above and not campaign.targets.kept().filter(inspectors=None).exists()


def fill(draw: Draw, values: dict[str, Any]) -> None:
    """Take over what was typed and what was approved, and save; another reason needs another agreement."""
    if draw.repeat_reason != values["repeat_reason"]:
        draw.repeat_approved_by = None
    values = USUAL | values
    for name in DRAFT_FIELDS:
        setattr(draw, name, values[name])
    campaign = draw.campaign
    versions = list((campaign or draw).item_versions.select_related("item"))
    if campaign is not None:
        take_over(draw, campaign)
        if not campaign.visit_from <= draw.visit_from <= draw.visit_until <= campaign.visit_until:
            raise Refused(_outside(campaign))
    require_in_force(versions, draw.visit_from, draw.visit_until)
    draw.items = "、".join(dict.fromkeys(version.name for version in versions))[:ITEMS_LENGTH]
    draw.specialty = draw.specialty or wanted_specialty(versions)
    draw.save()
    draw.item_versions.set(versions)


def wanted_specialty(versions: Iterable[ItemVersion]) -> Specialty | None:
    """The specialty that the items ask for; None where they ask for none, or for several."""
    wanted = {version.specialty for version in versions if version.specialty is not None}
    return wanted.pop() if len(wanted) == 1 else None


def facts_of_draw(draw: Draw) -> dict[str, Any]:
    """What the draft says, for an event."""
    return snapshot(draw, (*DRAFT_FIELDS, *_FROM_CAMPAIGN, "plan_line", "item_versions")) | {
        "subject_kinds": draw.kinds_text
    }


def _not_approved(campaign: Campaign) -> Refusal:
    return Refusal(
        code="draw.campaign",
        message=gettext_noop("抽查任务“%(campaign)s”目前为“%(state)s”，不能抽取"),
        basis=_APPROVED_ONLY,
        remedy=gettext_noop("请先提请批准；已经办结或撤销的，另立任务"),
        params={"campaign": str(campaign), "state": str(campaign.get_state_display())},
    )


def _nothing_to_draw(campaign: Campaign) -> Refusal:
    return Refusal(
        code="draw.named",
        message=gettext_noop("“%(campaign)s”的检查对象和检查人员都已由上级抽定，不再抽取"),
        basis=gettext_noop("国办发〔2015〕58号：随机抽取检查对象、随机选派检查人员；上级已抽取的不重复抽取"),
        remedy=gettext_noop("请直接派发；人员不能去的，在检查任务页面申请更换检查人员"),
        params={"campaign": str(campaign)},
    )


def _outside(campaign: Campaign) -> Refusal:
    return Refusal(
        code="draw.outside_campaign",
        message=gettext_noop("检查日期不在批准的时间之内：%(first)s 至 %(last)s"),
        basis=_APPROVED_ONLY,
        remedy=gettext_noop("请改在批准的时间之内；确需延长的，另立任务报批"),
        params={"first": campaign.visit_from, "last": campaign.visit_until},
    )
