"""What is known of a subject over time: its former names, its counts of people and cases, its violations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.imported import Imported
from mingcha.registry.models.subjects import Subject
from mingcha.registry.models.withdrawable import Withdrawable, WithdrawableQuerySet


class FormerName(Withdrawable, Imported):
    """A name that a subject bore before; it is still found by it."""

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="former_names", verbose_name=_("检查对象")
    )
    name = models.CharField(_("曾用名"), max_length=200)
    until = models.DateField(_("用至"))

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.name


class Headcount(Withdrawable, Imported):
    """How many people a subject had on a day, by one source."""

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="headcounts", verbose_name=_("检查对象")
    )
    counted_on = models.DateField(_("统计日期"))
    workers = models.PositiveIntegerField(_("用工人数"), null=True, blank=True)
    insured = models.PositiveIntegerField(_("参保人数"), null=True, blank=True)
    dispatched = models.PositiveIntegerField(_("派遣用工人数"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=100)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        verbose_name = _("人数")
        verbose_name_plural = _("人数")
        ordering = ["-counted_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "counted_on", "source"], name="headcount_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.counted_on} {self.source}"


class CaseCount(Withdrawable, Imported):
    """How many labour disputes and complaints a subject had in the 12 months up to a day, by one source.

    What a year's plan looks at when it aims at 劳动争议、投诉举报高发的单位 (plan 二（三）1, 二（四）). An
    empty number is not known; 0 is known.
    """

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="case_counts", verbose_name=_("检查对象")
    )
    counted_on = models.DateField(_("统计截至"), help_text=_("两项件数都是截至这一天的前 12 个月的合计"))
    disputes = models.PositiveIntegerField(_("近12个月劳动争议案件数"), null=True, blank=True)
    complaints = models.PositiveIntegerField(_("近12个月投诉举报件数"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=100)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        verbose_name = _("劳动争议和投诉举报件数")
        verbose_name_plural = _("劳动争议和投诉举报件数")
        ordering = ["-counted_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "counted_on", "source"], name="case_count_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.counted_on} {self.source}"


class Violation(Withdrawable):
    """One violation on record (历年违法违规记录): what a document of a date says."""

    class Handling(models.TextChoices):
        ORDER = "order", _("责令改正")
        DECISION = "decision", _("行政处理")
        PENALTY = "penalty", _("行政处罚")
        REFERRAL = "referral", _("移送")
        LISTED = "listed", _("列入失信名单")

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="violations", verbose_name=_("检查对象")
    )
    decided_on = models.DateField(_("日期"))
    handling = models.CharField(_("处理"), max_length=10, choices=Handling)
    what = models.CharField(_("违法事实"), max_length=300)
    article = models.CharField(_("违反条款"), max_length=200, blank=True)
    document_number = models.CharField(_("文书号"), max_length=80, blank=True)
    authority = models.CharField(_("作出机关"), max_length=100, blank=True)
    settled_on = models.DateField(_("履行完毕日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=100, blank=True)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        verbose_name = _("违法违规记录")
        verbose_name_plural = _("违法违规记录")
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return f"{self.decided_on} {self.what}"
