"""What a construction project has beyond other subjects (保障农民工工资支付条例; item RS16)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.subjects import Subject


class Project(models.Model):
    """The facts of a construction project; its name, place and state stand in its `Subject`.

    Owner and general contractor are named as the permit names them, and linked where they are subjects
    of the register themselves.
    """

    subject = models.OneToOneField(
        Subject, models.PROTECT, related_name="project", verbose_name=_("工程建设项目")
    )
    permit_number = models.CharField(_("施工许可证号"), max_length=60, blank=True, db_index=True)
    owner_name = models.CharField(_("建设单位"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_projects",
        verbose_name=_("建设单位（名录库）"),
    )
    contractor_name = models.CharField(_("施工总承包单位"), max_length=200, blank=True)
    contractor = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracted_projects",
        verbose_name=_("施工总承包单位（名录库）"),
    )
    amount_yuan = models.BigIntegerField(_("合同造价（元）"), null=True, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    planned_end = models.DateField(_("计划竣工日期"), null=True, blank=True)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程建设项目信息")
        verbose_name_plural = _("工程建设项目信息")

    def __str__(self) -> str:
        return str(self.subject)
