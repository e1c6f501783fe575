"""入企登记: that somebody came in, who, when, by which code, and left (54号九; domain E13, §1.3)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.viewers import Officer
from mingcha.inspection.models.inspections import AtTheDoorQuerySet, Inspection, OfInspectionQuerySet
from mingcha.registry.models import Inspector


class Entry(models.Model):
    """One visit's check-in and check-out.

    Two clocks are kept: `at` and `left_at` are what the inspector's phone said, which may have been without
    a network; `received_at` and `left_received_at` are when the platform learned of it. The place is there
    only where the phone's owner granted it. An emergency comes in without a code, which is made up
    afterwards (`made_up_at`); until then it is on somebody's list.
    """

    class Via(models.TextChoices):
        CODE = "code", _("出示检查码（亮码）")
        LICENCE = "licence", _("扫描营业执照")
        EMERGENCY = "emergency", _("紧急情况，先行检查")
        FAILURE = "failure", _("网络或系统故障，事后补录")

    #: Lawful ways without a code, each with its reason (参照深圳细则).
    EXCEPTIONS = (Via.EMERGENCY, Via.FAILURE)
    #: What an emergency is made up by.
    SCANS = (Via.CODE, Via.LICENCE)

    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="entry", verbose_name=_("现场检查")
    )
    via = models.CharField(_("登记方式"), max_length=10, choices=Via)
    at = models.DateTimeField(_("入企时间"))
    received_at = models.DateTimeField(_("平台收到入企的时间"))
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True)
    accuracy = models.PositiveIntegerField(_("定位误差（米）"), null=True)
    reason = models.CharField(_("没有当场扫码的理由"), max_length=300, blank=True)
    platform_number = models.CharField(_("执法监督平台备案号"), max_length=60, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("入企登记人"))
    #: What the firm was told of its yearly cap when they came: the page behind the code goes on saying that.
    visits_then = models.PositiveIntegerField(_("入企时今年计入频次的次数"), null=True)
    entries_then = models.PositiveIntegerField(_("入企时今年各类入企的次数"), null=True)
    made_up_at = models.DateTimeField(_("补扫时间"), null=True)
    made_up_via = models.CharField(_("补扫方式"), max_length=10, choices=Via, blank=True)
    made_up_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("补扫人")
    )
    left_at = models.DateTimeField(_("离开时间"), null=True)
    left_received_at = models.DateTimeField(_("平台收到离开的时间"), null=True)
    left_latitude = models.DecimalField(_("离开时纬度"), max_digits=9, decimal_places=6, null=True)
    left_longitude = models.DecimalField(_("离开时经度"), max_digits=9, decimal_places=6, null=True)
    left_reason = models.CharField(_("补记离开的理由"), max_length=300, blank=True)
    left_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("离开登记人")
    )

    objects = AtTheDoorQuerySet.as_manager()

    class Meta:
        verbose_name = _("入企登记")
        verbose_name_plural = _("入企登记")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("at")), name="entry_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(via__in=("emergency", "failure")) | ~Q(reason=""),
                name="entry_without_a_code_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.inspection)

    @property
    def awaits_scan(self) -> bool:
        """Whether a code is still to be shown or a licence to be scanned, after an emergency."""
        return self.via == self.Via.EMERGENCY and self.made_up_at is None


class EntryPersonQuerySet(OfInspectionQuerySet):
    """Rows of an entry are as visible as its inspection."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(entry__in=Entry.objects.visible_to(officer).values("pk"))


class EntryPerson(models.Model):
    """An inspector who was there, with the certificate that was shown, as it read that day.

    `joined_at` is when somebody came who was not there at first; empty for those of the first step.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="people", verbose_name=_("入企登记"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("检查人员"))
    name = models.CharField(_("姓名"), max_length=50)
    certificate_number = models.CharField(_("执法证件号码"), max_length=40, blank=True)
    valid_until = models.DateField(_("证件有效期至"), null=True)
    joined_at = models.DateTimeField(_("后来到场的时间"), null=True)

    objects = EntryPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("到场的检查人员")
        verbose_name_plural = _("到场的检查人员")
        ordering = ["entry", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "inspector"], name="entry_person_once"),
        ]

    def __str__(self) -> str:
        return self.name
