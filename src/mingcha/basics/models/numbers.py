"""Document numbers (文号): one series a kind of document and 执法主体 (design §4.8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.basics.models.common import AboutThing, OfficersManager


class NumberSeries(models.Model):
    """How the numbers of one kind of document look, and in whose name.

    `pattern` knows {issuer}, {year} and {number}: "{issuer}检通字〔{year}〕第{number:04d}号".
    """

    code = models.CharField(_("代码"), max_length=40, unique=True)
    label = models.CharField(_("文书"), max_length=80)
    issuer = models.CharField(_("机关代字"), max_length=30, blank=True, default="")
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("执法主体"),
    )
    pattern = models.CharField(_("格式"), max_length=120)
    yearly = models.BooleanField(_("每年从1开始"), default=True)
    active = models.BooleanField(_("启用"), default=True)
    source = models.CharField(_("来源"), max_length=200, blank=True, default="")
    confirmed = models.BooleanField(_("已确认"), default=False)

    objects = OfficersManager()

    class Meta:
        verbose_name = _("文号序列")
        verbose_name_plural = _("文号序列")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.label


class NumberCounter(models.Model):
    """The last number given of a series in a year (0 for a series that never starts anew)."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("文号计数")
        verbose_name_plural = _("文号计数")
        constraints = [models.UniqueConstraint(fields=("series", "year"), name="one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.series.code} {self.year}: {self.last}"


class NumberState(models.TextChoices):
    ISSUED = "issued", _("已使用")
    VOID = "void", _("已作废")


class DocumentNumber(AboutThing):
    """A number that was given. It is never given again and never disappears: a void one stays listed."""

    series = models.ForeignKey(
        NumberSeries, models.PROTECT, related_name="numbers", verbose_name=_("文号序列")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("序号"))
    text = models.CharField(_("文号"), max_length=160, unique=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=NumberState.choices, default=NumberState.ISSUED
    )
    issued_at = models.DateTimeField(_("取号时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("取号人"),
    )
    void_why = models.CharField(_("作废原因"), max_length=300, blank=True, default="")
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作废人"),
    )

    objects = OfficersManager()

    class Meta:
        verbose_name = _("文号")
        verbose_name_plural = _("文号")
        ordering = ("series__code", "-year", "-number")
        constraints = [
            models.UniqueConstraint(fields=("series", "year", "number"), name="a_number_is_given_once"),
        ]
        indexes = [models.Index(fields=("thing_type", "thing_id"), name="number_of_thing")]

    def __str__(self) -> str:
        return self.text
