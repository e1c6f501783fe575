"""现场检查笔录 as it was submitted and corrected, and its answers as rows for counting (N7, S8)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.items.models import CheckPoint, ItemVersion


class RecordVersion(models.Model):
    """One version of the record; never changed. `content` is canonical JSON, `sha256` its digest.

    It holds everything that the paper says, so that it reads the same whatever the register says later.
    What people said stands in it, so it is encrypted. Version n+1 comes from a record that was given back
    and submitted again, or from an approved correction (`Correction.record`).
    """

    class Cause(models.TextChoices):
        SUBMITTED = "submitted", _("提交")
        CORRECTED = "corrected", _("更正")

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="records", verbose_name=_("现场检查")
    )
    number = models.PositiveIntegerField(_("版本"))
    cause = models.CharField(_("来由"), max_length=10, choices=Cause)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    content = EncryptedTextField(_("内容"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    #: Whether two visits were answered alike is asked of this: a digest of the answers alone.
    answers_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("时间"))
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("提交人"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查笔录的版本")
        verbose_name_plural = _("检查笔录的版本")
        ordering = ["inspection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="record_version_once"),
        ]
        indexes = [models.Index(fields=["made_by", "-made_at"], name="record_by_maker")]

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.number}"


class RecordedAnswer(models.Model):
    """The answer to one check point in the record that holds now; for counting and comparing."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="answers")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("检查事项"))
    point = models.ForeignKey(CheckPoint, models.PROTECT, related_name="+", verbose_name=_("检查要点"))
    answer = models.CharField(_("回答"), max_length=10, blank=True)
    persons = models.PositiveIntegerField(_("涉及人数"), null=True)
    #: In fen: money is never a float.
    amount = models.BigIntegerField(_("涉及金额（分）"), null=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("要点的回答")
        verbose_name_plural = _("要点的回答")
        ordering = ["inspection", "version", "point"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "point"], name="recorded_answer_once"),
        ]
        indexes = [models.Index(fields=["point", "answer"], name="recorded_answer_by_point")]

    def __str__(self) -> str:
        return f"{self.point_id}: {self.answer}"
