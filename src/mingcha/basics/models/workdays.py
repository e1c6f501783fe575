"""The work-day table: which days count when the law says 工作日 (domain §11)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.basics.models.common import OfficersManager


class WorkDay(models.Model):
    """One day of the calendar. `provisional` until the State Council's notice for its year is entered."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("工作日"))
    name = models.CharField(_("名称"), max_length=40, blank=True, default="")
    source = models.CharField(_("来源"), max_length=200)
    provisional = models.BooleanField(_("暂定"), default=False)
    overridden = models.BooleanField(_("单独调整"), default=False)

    objects = OfficersManager()

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"


class CalendarStamp(models.Model):
    """One row whose value is drawn anew with every change, so that each process notices an old copy.

    Drawn and not counted: after a rolled-back change a counter would give its number to other days.
    """

    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("年度工作日历")
        verbose_name_plural = _("年度工作日历")

    def __str__(self) -> str:
        return str(self.version)
