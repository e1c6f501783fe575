"""Draft a campaign: from tasks of the year's plan, or from an occasion of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer
from mingcha.basics.rules import require_role
from mingcha.basics.services import attachments
from mingcha.items.rules import require_in_force
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.events import CampaignChanged, CampaignDrafted
from mingcha.planning.models import Campaign, PlanLine
from mingcha.planning.plans import scope
from mingcha.planning.plans.lifecycle import PUBLISHED
from mingcha.planning.services.campaigns.common import locked_draft

#: At whom: the fields that `Scoped` shares between tasks of the plan and campaigns.
SCOPE_FIELDS = (
    "kinds",
    "licences",
    "industries",
    "towns",
    "workers_from",
    "workers_until",
    "records",
    "grades_hrss",
    "grades_market",
    "grades_dispatch",
    "disputes_from",
    "complaints_from",
    "stratify",
)
QUOTA_FIELDS = ("quota_mode", "rate_bp", "total")
WORK_FIELDS = (
    "title",
    "directed",
    "manner",
    "manner_reason",
    "unannounced",
    "lead_unit",
    "visit_from",
    "visit_until",
    "avoid_seen",
    "team_size",
    "half_days",
    "reason",
)
SPECIAL_FIELDS = ("assessment", "approved_by", "approval_number", "filed", "announced")
PLAIN_FIELDS = (*WORK_FIELDS, *SCOPE_FIELDS, *QUOTA_FIELDS, *SPECIAL_FIELDS)
#: What its papers are kept as.
PAPER = "document"
MANY_FIELDS = ("item_versions", "tags", "joining_units")
_WHAT = gettext_noop("拟定抽查任务")
_ONE_PLAN = gettext_noop("本局方案二（三）2：严格对照年度抽查计划实施；二（四）：局内联合抽查")


@service
def draft_from_plan(*, actor: Officer, lines: Sequence[PlanLine]) -> Campaign:
    """Draft a campaign that carries out tasks of the published plan; all they say is copied.

    Several sections share one campaign when their tasks reach the same firms in the same strata. Refused
    for tasks of no published plan and for tasks that differ in this.
    """
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    if not lines:
        raise Refused(_no_line())
    _check_lines(lines)
    first = lines[0]
    campaign = Campaign(
        source=Campaign.Source.PLAN,
        title="、".join(line.name for line in lines)[:100],
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    for name in (*SCOPE_FIELDS, *QUOTA_FIELDS, "rates", "directed", "manner", "manner_reason", "lead_unit"):
        setattr(campaign, name, getattr(first, name))
    campaign.special = any(line.special for line in lines)
    campaign.approval_number = "；".join(filter(None, (line.special_approval for line in lines)))[:100]
    campaign.avoid_seen = first.avoid_seen
    campaign.team_size = max(line.team_size for line in lines)
    campaign.half_days = max(line.half_days for line in lines)
    tomorrow = clock.today() + timedelta(days=1)
    campaign.visit_from = max(tomorrow, *(line.first_day for line in lines))
    campaign.visit_until = max(campaign.visit_from, min(line.last_day for line in lines))
    campaign.save()
    campaign.plan_lines.set(lines)
    campaign.tags.set(first.tags.all())
    campaign.item_versions.set({version.pk for line in lines for version in line.items.all()})
    units = {unit.pk for line in lines for unit in line.joining_units.all()}
    units |= {line.lead_unit_id for line in lines if line.lead_unit_id is not None}
    campaign.joining_units.set(units - {campaign.lead_unit_id})
    emit(CampaignDrafted(thing=Thing.of(campaign), after=facts_of_campaign(campaign)))
    return campaign


@service
def draft_campaign(*, actor: Officer, source: str, values: dict[str, Any]) -> Campaign:
    """Draft a campaign of its own occasion (AD_HOC, SPECIAL) from the cleaned form fields."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    if source not in (Campaign.Source.AD_HOC, Campaign.Source.SPECIAL):
        raise ValueError(f"{source} is not drafted by hand")
    campaign = Campaign(
        source=source,
        special=source == Campaign.Source.SPECIAL,
        created_at=clock.now(),
        created_by_id=actor.id,
    )
    fill(campaign, values)
    emit(CampaignDrafted(thing=Thing.of(campaign), after=facts_of_campaign(campaign)))
    return campaign


@service
def change_campaign(*, actor: Officer, campaign: Campaign, values: dict[str, Any]) -> Campaign:
    """Change a draft. At whom a task of the plan is aimed, the plan says: that part stays as it is."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    campaign = locked_draft(campaign, actor)
    before = facts_of_campaign(campaign)
    kept = campaign.source in (Campaign.Source.PLAN, Campaign.Source.SUPERIOR)
    fixed = {*SCOPE_FIELDS, "tags"} if kept else set()
    fill(campaign, {name: value for name, value in values.items() if name not in fixed})
    old, new = changes(before, facts_of_campaign(campaign))
    if new:
        emit(CampaignChanged(thing=Thing.of(campaign), before=old, after=new))
    return campaign


@service
def add_paper(*, actor: Officer, campaign: Campaign, file: File[Any]) -> Campaign:
    """Keep a paper with a draft: the government's approval, an assessment, a receipt of filing (E10)."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    campaign = locked_draft(campaign, actor)
    attachments.add(actor=actor, file=file, thing=Thing.of(campaign), purpose=PAPER)
    return campaign


def fill(campaign: Campaign, values: dict[str, Any]) -> None:
    """Take over what was typed, and save; refused for impossible days and items not in force (N2)."""
    for name in PLAIN_FIELDS:
        if name in values:
            setattr(campaign, name, values[name])
    if campaign.visit_until < campaign.visit_from:
        raise Refused(_days(campaign))
    require_in_force(values.get("item_versions", ()), campaign.visit_from, campaign.visit_until)
    campaign.save()
    for name in MANY_FIELDS:
        if name in values:
            getattr(campaign, name).set(values[name])


def facts_of_campaign(campaign: Campaign) -> dict[str, Any]:
    """What the campaign says, for an event."""
    said = snapshot(campaign, ("source", "plan_lines", *PLAIN_FIELDS, *MANY_FIELDS))
    return said | {"kinds": campaign.kinds_text, "licences": campaign.licences_text}


def _check_lines(lines: Sequence[PlanLine]) -> None:
    hidden = [str(line) for line in lines if line.plan.state != PUBLISHED]
    if hidden:
        raise Refused(
            Refusal(
                "campaign.plan_line",
                gettext_noop("任务“%(line)s”所在的年度计划还没有批准公布，或者已经被新版替代"),
                gettext_noop("本局方案二（三）2：严格对照年度抽查计划实施"),
                gettext_noop("请选择现行计划中的任务"),
                {"line": "；".join(hidden)},
            )
        )
    if len({(scope.digest_of(line), line.quota_mode) for line in lines}) > 1:
        raise Refused(
            Refusal(
                "campaign.lines_differ",
                gettext_noop("这几项任务的抽查范围、分层或方式不同，不能共用一次抽取"),
                _ONE_PLAN,
                gettext_noop("请分别立任务；要联合的，先在年度计划中另立新版，把范围和分层改成一致"),
            )
        )


def _no_line() -> Refusal:
    return Refusal(
        "campaign.no_line",
        gettext_noop("没有选择年度计划中的任务"),
        _ONE_PLAN,
        gettext_noop("请至少选择一项；计划以外的，按临时任务或专项检查立任务"),
    )


def _days(campaign: Campaign) -> Refusal:
    return Refusal(
        "campaign.days",
        gettext_noop("检查结束日期早于开始日期"),
        gettext_noop("国办发〔2024〕54号五：检查须按批准的方案和时间进行"),
        gettext_noop("请修改检查起止日期"),
    )
