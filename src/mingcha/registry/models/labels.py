"""Tags, and the three grading systems that are never mixed (rule N12, domain §4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import CommonKnowledgeQuerySet, OfSubjectQuerySet
from mingcha.registry.models.imported import Imported
from mingcha.registry.models.subjects import Subject
from mingcha.registry.models.withdrawable import Withdrawable, WithdrawableQuerySet


class Tag(models.Model):
    """A label of the bureau's dictionary (分类、标签化管理)."""

    class Group(models.TextChoices):
        TRADE = "trade", _("监管类别")
        RISK = "risk", _("风险")
        RECORD = "record", _("记录")
        OWN = "own", _("本局标签")

    code = models.SlugField(_("代码"), max_length=32, unique=True)
    label = models.CharField(_("名称"), max_length=50, unique=True)
    group = models.CharField(_("分组"), max_length=10, choices=Group, default=Group.OWN)
    meaning = models.CharField(_("含义与依据"), max_length=200, blank=True)
    in_use = models.BooleanField(_("在用"), default=True)

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("标签")
        verbose_name_plural = _("标签")
        ordering = ["group", "label"]

    def __str__(self) -> str:
        return self.label


class SubjectTag(Imported):
    """A tag on a subject, from when, and by what."""

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="subject_tags", verbose_name=_("检查对象")
    )
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="subject_tags", verbose_name=_("标签"))
    since = models.DateField(_("自"))
    why = models.CharField(_("依据"), max_length=200, blank=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("对象标签")
        verbose_name_plural = _("对象标签")
        ordering = ["tag__label"]
        constraints = [models.UniqueConstraint(fields=["subject", "tag"], name="subject_tag_once")]

    def __str__(self) -> str:
        return str(self.tag)


class Grading(Withdrawable, Imported):
    """One grade of one system for one period; an older one stays as history."""

    class System(models.TextChoices):
        HRSS = "hrss", _("劳动保障守法诚信等级")
        MARKET = "market", _("企业信用风险分类（市场监管）")
        DISPATCH = "dispatch", _("劳务派遣单位信用等级")

    #: Which grades each system knows (domain §4).
    GRADES = {
        System.HRSS: ("A", "B", "C"),
        System.MARKET: ("A", "B", "C", "D"),
        System.DISPATCH: ("A+", "A", "B", "C", "D"),
    }

    #: The column of `Subject` that repeats the newest grade of each system; never one for two (rule N12).
    COLUMNS = {
        System.HRSS: "grade_hrss",
        System.MARKET: "grade_market",
        System.DISPATCH: "grade_dispatch",
    }

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="gradings", verbose_name=_("检查对象"))
    system = models.CharField(_("等级体系"), max_length=10, choices=System)
    grade = models.CharField(_("等级"), max_length=3)
    year = models.PositiveIntegerField(_("评价年度"))
    graded_on = models.DateField(_("评定日期"))
    source = models.CharField(_("来源"), max_length=100, blank=True)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        verbose_name = _("信用等级")
        verbose_name_plural = _("信用等级")
        ordering = ["system", "-year", "-graded_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "system", "year", "graded_on"], name="grading_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.year} {self.grade}"
