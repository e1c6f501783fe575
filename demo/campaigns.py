"""Campaigns of the demo county: approved ones to be drawn, and one that carries out the year's plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def approved(people: dict[str, Any], title: str, item: str, reason: str) -> Any:
    """An ad-hoc campaign over enterprises and training schools that the leader has approved."""
    from mingcha.accounts.models import Unit
    from mingcha.base import clock
    from mingcha.base.events import Thing
    from mingcha.basics.selectors import approvals
    from mingcha.basics.services.approvals import approve
    from mingcha.items.selectors import on_the_list
    from mingcha.planning import services
    from mingcha.planning.models import Campaign
    from mingcha.planning.services.campaigns.moving import ROUTE

    first = clock.today() + timedelta(days=1)
    campaign = services.campaigns.draft_campaign(
        actor=people["jingban"],
        source=Campaign.Source.AD_HOC,
        values={
            "title": title,
            "reason": reason,
            "item_versions": on_the_list().filter(item__code=item),
            "kinds": "enterprise,nonenterprise",
            "quota_mode": Campaign.QuotaMode.RATE,
            "rate_bp": 1000,
            "total": 0,
            "manner_reason": "须当场核对考勤和工资发放的原始记录",
            "lead_unit": Unit.objects.get(name="劳动监察股"),
            "visit_from": first,
            "visit_until": first + timedelta(days=30),
        },
    )
    services.campaigns.submit(actor=people["jingban"], campaign=campaign)
    approval = approvals.of_thing(ROUTE, Thing.of(campaign))
    assert approval is not None  # noqa: S101  submitting proposes it
    approve(actor=people["juzhang"], approval_id=approval.pk, opinion="同意")
    return Campaign.objects.get(pk=campaign.pk)


def draw(coordinator: Any, campaign: Any, *, minutes: int) -> Any:
    """A draft of a draw in the open, revealed so many minutes from now."""
    from mingcha.base import clock
    from mingcha.planning import services

    reveal_at = (clock.now() + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return services.plan_draw(
        actor=coordinator,
        campaign=campaign,
        values={
            "title": campaign.title,
            "reserve_pct": 30,
            "capacity": 6,
            "specialty": None,
            "visit_from": campaign.visit_from,
            "visit_until": campaign.visit_until,
            "reveal_at": reveal_at,
            "reveal_place": "示范县政务服务中心一楼",
            "repeat_reason": "",
        },
    )


def of_the_plan(coordinator: Any) -> None:
    """A campaign of this year's plan that waits to be submitted, where its time is not over."""
    from mingcha.base import clock
    from mingcha.planning import services
    from mingcha.planning.models import PlanLine

    lines = PlanLine.objects.filter(plan__state="published", last_day__gt=clock.today())
    for line in lines.select_related("plan", "lead_unit").order_by("number")[:1]:
        services.campaigns.draft_from_plan(actor=coordinator, lines=[line])
