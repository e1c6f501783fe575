"""Which draws, campaigns and plans use which items: for the page of an item, and for theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.items.models import BasisFlag, Item, ItemVersion
from mingcha.items.selectors import flags_of
from mingcha.items.uses import Use
from mingcha.planning import lifecycle
from mingcha.planning.campaigns import lifecycle as campaign_states
from mingcha.planning.models import AnnualPlan, Campaign, Draw, PlanLine


def draws_of(viewer: Viewer, item: Item) -> Iterator[Use]:
    """The draws of an item, newest first, each with the version that it keeps."""
    used = Draw.item_versions.through.objects.filter(itemversion__item=item)
    versions = dict(used.values_list("draw", "itemversion__number"))
    for draw in Draw.objects.visible_to(viewer).filter(pk__in=versions).order_by("-created_at"):
        yield Use(
            kind=_("抽取"),
            label=str(draw),
            state=str(draw.get_state_display()),
            url=reverse("planning:draws-detail", args=[draw.pk]),
            version=versions[draw.pk],
        )


def campaigns_of(viewer: Viewer, item: Item) -> Iterator[Use]:
    """The campaigns of an item, newest first, each with the version that it keeps."""
    used = Campaign.item_versions.through.objects.filter(itemversion__item=item)
    versions = dict(used.values_list("campaign", "itemversion__number"))
    for campaign in Campaign.objects.visible_to(viewer).filter(pk__in=versions).order_by("-created_at"):
        yield Use(
            kind=_("抽查任务"),
            label=str(campaign),
            state=str(campaign.get_state_display()),
            url=reverse("planning:campaigns-detail", args=[campaign.pk]),
            version=versions[campaign.pk],
        )


def plan_lines_of(viewer: Viewer, item: Item) -> Iterator[Use]:
    """The lines of annual plans that name an item, the newest plan first."""
    used = PlanLine.items.through.objects.filter(itemversion__item=item)
    versions = dict(used.values_list("planline", "itemversion__number"))
    plans = AnnualPlan.objects.visible_to(viewer)
    lines = PlanLine.objects.filter(pk__in=versions, plan__in=plans).select_related("plan")
    for line in lines.order_by("-plan__year", "-plan__version", "number"):
        yield Use(
            kind=_("年度计划"),
            label=f"{line.plan} {line.name}",
            state=str(line.plan.get_state_display()),
            url=reverse("planning:plans-detail", args=[line.plan_id]),
            version=versions[line.pk],
        )


def item_values(viewer: Viewer, of: Draw | Campaign) -> dict[str, Any]:
    """What the page of a draw or campaign shows of its items: their versions, and what the law has changed in
    them while visits may be to come."""
    versions = of.item_versions.select_related("item").order_by("item__code", "number")
    return {"item_versions": versions, "item_flags": _flags(versions) if _matters(of) else ()}


def _flags(versions: QuerySet[ItemVersion]) -> QuerySet[BasisFlag]:
    return flags_of(versions).exclude(kind=BasisFlag.Kind.NEW_TEXT)


def _matters(of: Draw | Campaign) -> bool:
    if isinstance(of, Draw):
        return of.state in lifecycle.UNFINISHED
    return of.state not in (campaign_states.CLOSED, campaign_states.CANCELLED)
