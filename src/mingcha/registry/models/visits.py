"""Every contact with a firm, from whichever system: what the yearly cap counts (rule N6, 54号 E6)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.imports import ImportSource
from mingcha.registry.models.subjects import Subject


class VisitQuerySet(OfSubjectQuerySet):
    def of_year(self, year: int) -> Self:
        """Those that took place in a calendar year."""
        return self.filter(visited_on__year=year)

    def counting(self) -> Self:
        """Those that the yearly cap counts: on site, for enforcement, and not exempt (domain §1.3, §12)."""
        return self.filter(counts=True)


class Visit(models.Model):
    """One contact with one subject on one day.

    Sections that came together share a `together` key: the cap counts them once. A visit that is no
    inspection (调研、督导、观摩) is kept and counted apart (54号: 变相检查). `plan_task` is the number of
    a task of the year's plan (`registry.plan_tasks`).
    """

    class Kind(models.TextChoices):
        ROUTINE = "routine", _("日常检查")
        CASE = "case", _("个案检查")
        SPECIAL = "special", _("专项检查")
        OTHER = "other", _("非执法入企（调研、督导、观摩）")

    class Manner(models.TextChoices):
        ON_SITE = "on_site", _("现场")
        OFF_SITE = "off_site", _("非现场")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="visits", verbose_name=_("检查对象"))
    visited_on = models.DateField(_("日期"))
    kind = models.CharField(_("检查类型"), max_length=10, choices=Kind, default=Kind.ROUTINE)
    manner = models.CharField(_("检查方式"), max_length=10, choices=Manner, default=Manner.ON_SITE)
    unit_name = models.CharField(_("检查部门"), max_length=100, help_text=_("股室，或其他部门"))
    own_bureau = models.BooleanField(_("本局检查"), default=True)
    together = models.CharField(
        _("联合检查编号"), max_length=60, blank=True, help_text=_("几个股室或部门同去的填同一个编号，算一次")
    )
    plan_task = models.CharField(
        _("计划任务"), max_length=60, blank=True, help_text=_("属于年度计划任务的，计划完成情况据此统计")
    )
    items = models.CharField(_("检查事项"), max_length=300, blank=True)
    outcome = models.CharField(_("检查结果"), max_length=200, blank=True)
    document_number = models.CharField(_("文书号"), max_length=80, blank=True)
    exempt_reason = models.CharField(
        _("不计入频次上限的理由"), max_length=100, blank=True, help_text=_("例如投诉举报、上级交办、企业申请")
    )
    counts = models.BooleanField(_("计入频次上限"), default=True, editable=False)
    source = models.ForeignKey(
        ImportSource, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("来源")
    )
    recorded_at = models.DateTimeField(_("录入时间"), editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("入企记录")
        verbose_name_plural = _("入企记录")
        ordering = ["-visited_on", "-id"]
        indexes = [models.Index(fields=["visited_on", "subject"], name="visit_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "visited_on", "unit_name", "items"], name="visit_once")
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.subject}"
