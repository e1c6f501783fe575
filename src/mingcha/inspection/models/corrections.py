"""更正申请: what was submitted is changed only this way (N7, S8)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.basics.models.requests import Asked
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.inspection.models.records import RecordVersion
from mingcha.inspection.results import lifecycles


class Correction(Asked):
    """Somebody asks that named fields of a record read otherwise; decided along the route "correction".

    `proposed` is JSON: field → new value. `of` is the version it was asked of, `record` the one it made.
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="corrections", verbose_name=_("现场检查")
    )
    of = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+", verbose_name=_("更正哪一版"))
    record = models.OneToOneField(
        RecordVersion,
        models.PROTECT,
        null=True,
        related_name="correction",
        verbose_name=_("更正后的版本"),
    )
    # New facts may name people.
    proposed = EncryptedTextField(_("更正的内容"))
    reason = models.CharField(_("更正的理由"), max_length=500)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in lifecycles.CORRECTION.states],
        default=lifecycles.ASKED,
    )

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查结果更正")
        verbose_name_plural = _("检查结果更正")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(state=lifecycles.ASKED),
                name="correction_one_asked",
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
