"""Campaigns of the demo county: one performed to the end, one to be drawn at once, one to be approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from demo.approvals import approve
from demo.county import SECTIONS, Size

FINISHED = "劳动密集型企业工资支付随机抽查"
READY = "社会保险参保随机抽查"
#: Titles of draws that were made for show say so, wherever they are read.
SHOWN = "（演示）"


def finished(people: dict[str, Any], past: Any, size: Size) -> None:
    """A joint campaign from its approval to the confirmed tasks, within one day of a past clock.

    The section for social insurance brings an item of its own: one visit, two sections.
    """
    from mingcha.planning import services

    jingban = people["jingban"]
    campaign = _approved(
        people,
        title=f"{FINISHED}{SHOWN}",
        items=("RS06", "RS07"),
        joining=(SECTIONS[1],),
        reason="上月工资投诉集中在劳动密集型企业",
        workers_from=5,
        stratify="industry",
        # Enough in the smallest county too that everybody who is there goes somewhere.
        total=size.share(250, least=10, most=48),
        lead=SECTIONS[0],
    )
    brought = campaign.item_versions.get(item__code="RS07")
    joins = campaign.joining_units.get()
    services.campaigns.share_out(actor=jingban, campaign=campaign, shares={brought.pk: joins.pk})
    draw = services.seal(actor=jingban, draw=_draw(jingban, campaign))
    past.advance(minutes=35)
    services.enter_digits(
        actor=jingban,
        draw=draw,
        digits="39274018265501937742",
        witnesses=(
            services.Present("张甲", "示范企业协会", "enterprise"),
            services.Present("李乙", "示范县总工会", "worker"),
            services.Present("冯督", "示范县司法局", "justice"),
        ),
    )
    past.advance(minutes=3)
    draw = services.confirm_digits(actor=people["dudao"], draw=draw)
    past.advance(minutes=20)
    batch = services.dispatch.dispatch(actor=jingban, batch=draw.dispatch)
    past.advance(hours=5)
    for part in batch.parts.all():
        services.dispatch.confirm_part(actor=people["shebao"], part=part)
    services.dispatch.confirm(actor=people["guzhang"], batch=batch)


def ready(people: dict[str, Any], size: Size) -> None:
    """An approved campaign: the home page of the clerk says that its draw is to be planned."""
    _approved(
        people,
        title=READY,
        items=("RS07",),
        reason="参保比对发现缺口",
        workers_from=10,
        stratify="none",
        total=size.share(400, least=3, most=30),
        lead=SECTIONS[1],
    )


def waiting(coordinator: Any) -> None:
    """The first task of this year's plan, submitted; nothing where its time is over."""
    from mingcha.base import clock
    from mingcha.planning.models import PlanLine
    from mingcha.planning.services import campaigns

    lines = PlanLine.objects.filter(plan__state="published", last_day__gt=clock.today())
    for line in lines.select_related("plan", "lead_unit").order_by("number")[:1]:
        campaign = campaigns.draft_from_plan(actor=coordinator, lines=[line])
        campaigns.submit(actor=coordinator, campaign=campaign)


def _approved(
    people: dict[str, Any],
    *,
    title: str,
    items: tuple[str, ...],
    lead: str,
    joining: tuple[str, ...] = (),
    **values: Any,
) -> Any:
    """An ad-hoc campaign over enterprises with workers, which the leader has approved."""
    from mingcha.accounts.models import Unit
    from mingcha.base import clock
    from mingcha.base.events import Thing
    from mingcha.items.selectors import on_the_list
    from mingcha.planning.models import Campaign
    from mingcha.planning.services import campaigns
    from mingcha.planning.services.campaigns.moving import ROUTE

    first = clock.today() + timedelta(days=1)
    campaign = campaigns.draft_campaign(
        actor=people["jingban"],
        source=Campaign.Source.AD_HOC,
        values={
            "title": title,
            "item_versions": on_the_list().filter(item__code__in=items),
            "kinds": "enterprise",
            "quota_mode": Campaign.QuotaMode.NUMBER,
            "rate_bp": 0,
            "manner_reason": "须当场核对考勤和工资发放的原始记录",
            "unannounced": False,
            "lead_unit": Unit.objects.get(name=lead),
            "joining_units": list(Unit.objects.filter(name__in=joining)),
            "visit_from": first,
            "visit_until": first + timedelta(days=30),
            **values,
        },
    )
    campaigns.submit(actor=people["jingban"], campaign=campaign)
    approve(people["juzhang"], ROUTE, Thing.of(campaign))
    return Campaign.objects.get(pk=campaign.pk)


def _draw(coordinator: Any, campaign: Any) -> Any:
    """A draft of a draw in the open, revealed half an hour from now."""
    from mingcha.base import clock
    from mingcha.planning import services

    return services.plan_draw(
        actor=coordinator,
        campaign=campaign,
        values={
            "title": campaign.title,
            "reserve_pct": 30,
            "capacity": 12,
            "specialty": None,
            "visit_from": campaign.visit_from,
            "visit_until": campaign.visit_until,
            "reveal_at": (clock.now() + timedelta(minutes=30)).replace(second=0, microsecond=0),
            "reveal_place": "示范县政务服务中心一楼",
            "repeat_reason": "",
        },
    )
