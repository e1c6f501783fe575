"""审批表 and 通知书 as they went out: one number, one content, whatever the register says later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet


class KeptPaper(models.Model):
    """One version of a paper, never changed: what was proposed for approval, what was issued to the firm.

    `content` is what it says; `sha256` is the digest of its canonical JSON. A version follows another only
    where it went out anew and says something else: a sheet that was given back, a team that changed.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", _("行政检查审批表")
        NOTICE = "notice", _("行政检查通知书")

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="papers", verbose_name=_("现场检查")
    )
    kind = models.CharField(_("文书"), max_length=10, choices=Kind)
    version = models.PositiveIntegerField(_("版本"))
    content = models.JSONField(_("内容"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    kept_at = models.DateTimeField(_("时间"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查文书的版本")
        verbose_name_plural = _("检查文书的版本")
        ordering = ["inspection", "kind", "version"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "version"], name="kept_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"
