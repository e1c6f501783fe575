"""行政检查结果告知书: what the firm is told in writing (domain §9.1; 54号五)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models import Attachment
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.inspection.models.records import RecordVersion


class ResultNotice(models.Model):
    """One 告知书 a version of the record; what it says comes from that version.

    `announced_on` is the day since which a service by announcement runs (T14), where nothing else succeeded.
    """

    class Way(models.TextChoices):
        DIRECT = "direct", _("直接送达")
        LEFT = "left", _("留置送达")
        POST = "post", _("邮寄送达")
        ELECTRONIC = "electronic", _("电子送达（当事人书面同意）")
        ANNOUNCED = "announced", _("公告送达")

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="result_notices", verbose_name=_("现场检查")
    )
    record = models.OneToOneField(RecordVersion, models.PROTECT, related_name="notice")
    number = models.CharField(_("文号"), max_length=80)
    issued_at = models.DateTimeField(_("制作时间"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("制作人"))
    announced_on = models.DateField(_("公告日期"), null=True)
    served_on = models.DateField(_("送达日期"), null=True)
    served_how = models.CharField(_("送达方式"), max_length=10, choices=Way, blank=True)
    receiver = EncryptedTextField(_("签收人"), blank=True)
    paper = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("送达回证")
    )

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查结果告知书")
        verbose_name_plural = _("检查结果告知书")
        ordering = ["inspection", "id"]
        indexes = [models.Index(fields=["served_on"], name="result_notice_by_service")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_superseded(self) -> bool:
        """Whether the result was corrected since: another notice says what holds."""
        return RecordVersion.objects.filter(
            inspection=self.inspection_id, number__gt=self.record.number
        ).exists()

    @property
    def is_to_be_served(self) -> bool:
        return self.served_on is None and not self.is_superseded


class OfNoticeQuerySet(VisibleQuerySet):
    """Rows of a notice: whoever may know of it may know of them."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(notice__in=ResultNotice.objects.visible_to(officer).values("pk"))


class FailedDelivery(models.Model):
    """That a 告知书 could not be delivered on a day, and what proves it: before it may be announced."""

    #: By these it must have been tried (《民事诉讼法》第九十五条：用其他方式无法送达).
    WAYS = (ResultNotice.Way.DIRECT, ResultNotice.Way.POST)

    notice = models.ForeignKey(ResultNotice, models.PROTECT, related_name="failures")
    day = models.DateField(_("日期"))
    how = models.CharField(_("送达方式"), max_length=10, choices=[(way.value, way.label) for way in WAYS])
    # People that were met.
    why = EncryptedTextField(_("没有送达的经过"))
    proof = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("凭证"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = OfNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("没有送达的情况")
        verbose_name_plural = _("没有送达的情况")
        ordering = ["notice", "day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_how_display()}"
