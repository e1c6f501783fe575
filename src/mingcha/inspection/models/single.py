"""Single inspections: who goes along, and what a leader approved (domain §9.1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.registry.models import Inspector


class InspectionHelper(models.Model):
    """协助人员、专家 of a single inspection while `left_at` is empty; never one of the two (E8)."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="helpers")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("协助人员"))
    purpose = models.CharField(_("协助什么"), max_length=200)
    joined_at = models.DateTimeField(_("列入时间"))
    left_at = models.DateTimeField(_("退出时间"), null=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("协助人员")
        verbose_name_plural = _("协助人员")
        ordering = ["inspection", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "inspector"],
                condition=Q(left_at=None),
                name="inspection_helper_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.inspector)
