"""A superior's draw: receive its list, match it, make a campaign of it; decide about firms at their cap."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.campaigns import superior
from mingcha.planning.campaigns.lifecycle import CANCELLED
from mingcha.planning.events import CampaignDrafted, SuperiorDrawReceived, TargetDecided
from mingcha.planning.models import Campaign, CampaignTarget, SuperiorDrawList
from mingcha.planning.services.campaigns.common import locked_draft
from mingcha.planning.services.campaigns.drafting import facts_of_campaign, fill
from mingcha.registry.models import Subject
from mingcha.registry.selectors import at_cap

_WHAT = gettext_noop("导入上级抽取名单")
_ONCE = gettext_noop("国办发〔2015〕58号：全程留痕；上级已抽取的对象不重复抽取")
#: Who decides whether a superior's firm at its cap is inspected.
DECIDERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER)
REASON_LENGTH = 300


@service
def receive_superior_draw(*, actor: Officer, file: File[Any]) -> SuperiorDrawList:
    """Read a list and keep what was understood; nothing else changes yet."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    limits.check("import_file_bytes", file.size)
    digest, rows = superior.read(file, file.name or "")
    received = SuperiorDrawList.objects.create(
        file_name=(file.name or "")[:200],
        sha256=digest,
        rows=[row.to_json() for row in rows],
        received_at=clock.now(),
        received_by_id=actor.id,
    )
    emit(SuperiorDrawReceived(thing=Thing.of(received), after={"rows": len(rows), "sha256": digest}))
    return received


@service
def match_superior_draw(*, actor: Officer, received: SuperiorDrawList) -> SuperiorDrawList:
    """Match its rows anew, after the register was completed; nobody uploads or types anything twice."""
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    received = _unconfirmed(received, actor)
    rows = superior.match([superior.Row(**row) for row in received.rows])
    received.rows = [row.to_json() for row in rows]
    received.save(update_fields=["rows"])
    return received


@service
def confirm_superior_draw(
    *, actor: Officer, received: SuperiorDrawList, values: dict[str, Any], left_reason: str = ""
) -> Campaign:
    """Make a campaign of the matched rows, its firms being those that the superior drew.

    Refused for a number that was brought in before, and while a row is not matched and nobody has said why
    (`left_reason`) its firm is not inspected.
    """
    require_role(actor, (Role.COORDINATOR,), _WHAT)
    received = _unconfirmed(received, actor)
    number = required_text(values["superior_number"], gettext_noop("上级任务编号"))
    if Campaign.objects.filter(superior_number=number).exclude(state=CANCELLED).exists():
        raise Refused(_known_number(number))
    matched = [row for row in received.rows if row["subject_id"] is not None]
    unmatched = len(received.rows) - len(matched)
    if not matched:
        raise Refused(_nobody())
    if unmatched and not left_reason.strip():
        raise Refused(_unmatched(unmatched))
    campaign = Campaign(
        source=Campaign.Source.SUPERIOR,
        superior_number=number,
        superior_at=values["superior_at"],
        reason=left_reason.strip()[:500],
        special=bool(values.get("special")),
        avoid_seen=False,
        created_at=clock.now(),
        created_by_id=actor.id,
        **_all_of(matched),
    )
    fill(campaign, values)
    _keep_targets(campaign, matched)
    received.campaign = campaign
    received.save(update_fields=["campaign"])
    emit(
        CampaignDrafted(
            thing=Thing.of(campaign),
            after={**facts_of_campaign(campaign), "targets": len(matched), "unmatched": unmatched},
            why=left_reason.strip(),
        )
    )
    return campaign


@service
def decide_target(*, actor: Officer, target: CampaignTarget, decision: str, reason: str) -> CampaignTarget:
    """Keep a firm that is at its cap, or leave it out and report it; always with a reason (54号 E6)."""
    require_role(actor, DECIDERS, gettext_noop("决定已达频次上限的对象是否检查"))
    locked_draft(target.campaign, actor)
    target = locked(target, actor)
    if not target.at_cap or decision not in (
        CampaignTarget.Decision.KEEP,
        CampaignTarget.Decision.LEAVE_OUT,
    ):
        raise Refused(_nothing_to_decide())
    before = str(target.get_decision_display())
    target.decision, target.decided_by_id, target.decided_at = decision, actor.id, clock.now()
    target.decision_reason = required_text(reason, gettext_noop("处理理由"))[:REASON_LENGTH]
    target.save()
    emit(
        TargetDecided(
            thing=Thing.of(target.campaign),
            before={"decision": before},
            after={"target": target.name, "decision": str(target.get_decision_display())},
            why=target.decision_reason,
        )
    )
    return target


def _unconfirmed(received: SuperiorDrawList, actor: Officer) -> SuperiorDrawList:
    received = locked(received, actor)
    if received.campaign_id is not None:
        raise Refused(_confirmed_already())
    return received


def _all_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Every firm of the list is inspected: the kinds that occur, all of them."""
    ids = [row["subject_id"] for row in rows]
    kinds = set(Subject.objects.filter(pk__in=ids).order_by().values_list("kind", flat=True))
    return {
        "kinds": ",".join(kind for kind in Subject.Kind.values if kind in kinds),
        "quota_mode": Campaign.QuotaMode.NUMBER,
        "total": len(ids),
    }


def _keep_targets(campaign: Campaign, rows: list[dict[str, Any]]) -> None:
    capped = at_cap(clock.today()) if campaign.on_site and not campaign.beyond_cap else set()
    made = CampaignTarget.objects.bulk_create(
        CampaignTarget(
            campaign=campaign,
            subject_id=row["subject_id"],
            place=place,
            name=row["raw"].get("name", row["subject"])[:200],
            code=row["raw"].get("code", "")[:32],
            at_cap=row["subject_id"] in capped,
        )
        for place, row in enumerate(rows, start=1)
    )
    through = CampaignTarget.inspectors.through
    through.objects.bulk_create(
        through(campaigntarget_id=target.pk, inspector_id=person)
        for target, row in zip(made, rows, strict=True)
        for person in row["inspector_ids"]
    )


def _known_number(number: str) -> Refusal:
    return Refusal(
        "campaign.superior_number",
        gettext_noop("上级任务 %(number)s 已经导入过，没有重复导入"),
        _ONCE,
        gettext_noop("请在抽查任务中按编号查找；上级重新派发的，先撤销原来的任务"),
        {"number": number},
    )


def _confirmed_already() -> Refusal:
    return Refusal(
        "campaign.list_confirmed",
        gettext_noop("这份名单已经确认过，没有重复导入"),
        _ONCE,
        gettext_noop("请到抽查任务中查看"),
    )


def _nobody() -> Refusal:
    return Refusal(
        "campaign.list_unmatched",
        gettext_noop("名单里没有一户能和检查对象名录库对上"),
        gettext_noop("国办发〔2015〕58号：检查对象名录库"),
        gettext_noop("请先在“检查对象”中录入或导入这些户，再点“重新核对”"),
    )


def _unmatched(count: int) -> Refusal:
    return Refusal(
        "campaign.rows_unmatched",
        gettext_noop("名单里还有 %(n)s 户没有和名录库对上"),
        gettext_noop("国办发〔2015〕58号：上级抽中的对象不得随意不查"),
        gettext_noop("请先在“检查对象”中录入，再点“重新核对”；确实不能检查的，写明理由并报上级"),
        {"n": count},
    )


def _nothing_to_decide() -> Refusal:
    return Refusal(
        "campaign.nothing_to_decide",
        gettext_noop("这一户没有达到频次上限，或者没有选择处理办法"),
        gettext_noop("国办发〔2024〕54号四：年度检查频次上限"),
        gettext_noop("上级抽中的对象一般都应检查；请选择“仍然检查”或“不检查，报上级”"),
    )
