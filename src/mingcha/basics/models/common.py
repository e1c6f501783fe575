"""What several tables of basics share: a pointer at any thing, and rows that are valid for a time."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet


class Trust(models.TextChoices):
    """How well a rule is founded (the trust tags of docs/domain.md)."""

    VERIFIED = "V", _("原文已核实")
    PARTLY = "V-", _("部分核实")
    MEMORY = "M", _("原文未见")
    COMPUTED = "C", _("计算所得")
    PLAN = "S", _("本局方案")
    DESIGN = "D", _("建议默认值")
    BUREAU = "B", _("本局录入")

    @property
    def is_settled(self) -> bool:
        """Whether a row may be used without anybody of the bureau having confirmed it."""
        return self in (Trust.VERIFIED, Trust.COMPUTED, Trust.PLAN)


class AboutThing(models.Model):
    """A row about some thing of any app: type code (`items.listrevision`), id, and its name then."""

    thing_type = models.CharField(_("对象类型"), max_length=80)
    thing_id = models.BigIntegerField(_("对象编号"))
    thing_label = models.CharField(_("对象"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def about(self) -> Thing:
        """The thing as an event names it."""
        return Thing(type=self.thing_type, id=self.thing_id, label=self.thing_label)


class OfficersQuerySet(VisibleQuerySet):
    """Settings of the bureau: no secret inside the house, nothing for anybody outside."""

    def for_officer(self, officer: Officer) -> Self:
        return self


class DatedQuerySet(OfficersQuerySet):
    """Rows that hold from a day to a day; withdrawn rows stay readable but hold on no day."""

    def standing(self) -> Self:
        """Rows that were not replaced by a correction."""
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self, on: date) -> Self:
        """Rows that hold on this day."""
        return self.standing().filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=on), effective_from__lte=on
        )

    def awaiting_confirmation(self, on: date) -> Self:
        """Standing rows that nobody of the bureau has confirmed and that still hold on this day or will."""
        held = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
        return self.standing().filter(held, confirmed=False)


OfficersManager = models.Manager.from_queryset(OfficersQuerySet)
DatedManager = models.Manager.from_queryset(DatedQuerySet)


class DatedRow(models.Model):
    """A value or rule that ministries, province or bureau may change, with where it comes from.

    `source` is the article or document it rests on, `trust` how well that was checked. A row that nobody
    of the bureau has confirmed is 待确认: it applies, and every page that uses it says so.
    """

    effective_from = models.DateField(_("起始日期"))
    effective_to = models.DateField(_("截止日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300)
    trust = models.CharField(_("核实情况"), max_length=2, choices=Trust.choices, default=Trust.BUREAU)
    confirmed = models.BooleanField(_("已确认"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("录入人"),
    )
    entered_at = models.DateTimeField(_("录入时间"))
    withdrawn_at = models.DateTimeField(_("更正时间"), null=True, blank=True)
    note = models.TextField(_("说明"), blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            ),
        ]

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the row is 待确认."""
        return not self.confirmed and self.withdrawn_at is None
