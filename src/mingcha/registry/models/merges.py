"""The trace of two entries that were one subject."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models.audience import OfSubjectQuerySet
from mingcha.registry.models.subjects import Subject


class MergeQuerySet(OfSubjectQuerySet):
    subject = "kept"


class Merge(models.Model):
    """One entry merged into another: which, why, by whom, and what was moved, so that it can be undone."""

    kept = models.ForeignKey(Subject, models.PROTECT, related_name="merges", verbose_name=_("保留"))
    gone = models.ForeignKey(Subject, models.PROTECT, related_name="merged_away", verbose_name=_("并入"))
    reason = models.CharField(_("理由"), max_length=200)
    #: Model label → ids of the rows that were moved, and the kept entry's values before.
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(_("合并时间"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True)
    undone_reason = models.CharField(_("撤销理由"), max_length=200, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("合并记录")
        verbose_name_plural = _("合并记录")
        ordering = ["-merged_at", "-id"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
