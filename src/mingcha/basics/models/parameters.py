"""Every number that somebody above or in the bureau may change (design §4.6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.basics.models.common import DatedManager, DatedRow, OfficersManager
from mingcha.basics.values import Kind, shown


class Section(models.TextChoices):
    """Where a parameter stands on the settings page."""

    COVERAGE = "coverage", _("抽查比例与频次")
    DRAW = "draw", _("封存与抽取")
    VISIT = "visit", _("入企检查")
    PROCEDURE = "procedure", _("办案程序")
    AMOUNT = "amount", _("金额与标准")
    PUBLICATION = "publication", _("公示与信用")
    RETENTION = "retention", _("保管期限")
    GRADING = "grading", _("等级、权重与风险分")
    OFF_SITE = "off_site", _("非现场预警线")
    LISTS = "lists", _("社会公布与失信名单")
    DEADLINE = "deadline", _("期限提醒")
    SYSTEM = "system", _("系统运行")


class Parameter(models.Model):
    """What can be set: its meaning, unit and who has to keep it right. The values are dated rows.

    `confirm_with` names who must say that a value which the platform brought is right for this bureau.
    """

    code = models.CharField(_("代码"), max_length=60, unique=True)
    label = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    unit = models.CharField(_("单位"), max_length=30, blank=True, default="")
    section = models.CharField(_("分组"), max_length=20, choices=Section.choices)
    keeper = models.CharField(_("维护岗位"), max_length=20, choices=Role.choices, default=Role.COORDINATOR)
    meaning = models.TextField(_("含义"), blank=True, default="")
    confirm_with = models.CharField(_("由谁确认"), max_length=80, blank=True, default="")

    objects = OfficersManager()

    class Meta:
        verbose_name = _("参数")
        verbose_name_plural = _("参数")
        ordering = ("section", "code")

    def __str__(self) -> str:
        return self.label


class ParameterValue(DatedRow):
    """One value for one stretch of days; two standing rows of a parameter never share a day."""

    parameter = models.ForeignKey(Parameter, models.PROTECT, related_name="values", verbose_name=_("参数"))
    value = models.JSONField(_("取值"))

    objects = DatedManager()

    class Meta(DatedRow.Meta):
        verbose_name = _("参数取值")
        verbose_name_plural = _("参数取值")
        ordering = ("parameter__section", "parameter__code", "-effective_from", "-id")
        constraints = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("parameter", "effective_from"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_value_begins_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("parameter",),
                condition=Q(withdrawn_at__isnull=True, effective_to__isnull=True),
                name="one_standing_value_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter.label}：{self.shown}"

    @property
    def shown(self) -> str:
        """The value as a reader sees it, with its unit."""
        return shown(self.parameter.kind, self.value, self.parameter.unit)
