"""Licences and filings of the HRSS field, with their validity (items RS09, RS11, RS13)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.subjects import Subject


class Licence(models.Model):
    """One licence or filing of a subject."""

    class Kind(models.TextChoices):
        DISPATCH = "dispatch", _("劳务派遣经营许可")
        HR_SERVICE = "hr_service", _("人力资源服务许可")
        PLACEMENT = "placement", _("人力资源服务（职业介绍等）备案")
        TRAINING = "training", _("民办职业培训学校办学许可")
        OTHER = "other", _("其他许可、备案")

    class State(models.TextChoices):
        VALID = "valid", _("有效")
        SUSPENDED = "suspended", _("暂停")
        REVOKED = "revoked", _("吊销、撤销")
        CANCELLED = "cancelled", _("注销")

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="licences", verbose_name=_("检查对象"))
    kind = models.CharField(_("许可种类"), max_length=20, choices=Kind)
    number = models.CharField(_("证号"), max_length=60)
    authority = models.CharField(_("发证机关"), max_length=100, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True, help_text=_("长期有效的留空"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.VALID)

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("许可备案")
        verbose_name_plural = _("许可备案")
        ordering = ["kind", "-valid_until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="licence_number_once"),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="licence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
