"""联合抽查: which section or department brings which items of a campaign (本局方案二（四）; domain S10)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit
from mingcha.items.models import ItemVersion
from mingcha.planning.models.campaigns import Campaign, OfCampaignQuerySet


class ItemShare(models.Model):
    """One item of a campaign is brought by a joining unit; what is in no share the lead section brings."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="item_shares", verbose_name=_("抽查任务")
    )
    item_version = models.ForeignKey(
        ItemVersion, models.PROTECT, related_name="+", verbose_name=_("抽查事项")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("由谁查"))

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("联合抽查的分工")
        verbose_name_plural = _("联合抽查的分工")
        ordering = ["campaign", "item_version"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "item_version"], name="campaign_item_shared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_version} — {self.unit}"
