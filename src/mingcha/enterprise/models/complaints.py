"""企业对检查的投诉: goes to the overseer alone (国办发〔2024〕54号三、十)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.enterprise import complaint_lifecycle as states
from mingcha.inspection.models import Inspection


class VisitComplaintQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(Role.OVERSEER) else self.none()


class VisitComplaint(models.Model):
    """What a firm complains of about one visit, encrypted; those who inspected never see it."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="+", verbose_name=_("现场检查"))
    text = EncryptedTextField(_("投诉内容"))
    contact = EncryptedTextField(_("联系方式"), blank=True, default="")
    digest = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(_("收到时间"), editable=False)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in states.COMPLAINT.states],
        default=states.OPEN,
        editable=False,
    )
    handling = EncryptedTextField(_("处理情况"), blank=True, default="")
    handled_at = models.DateTimeField(_("处理时间"), null=True, editable=False)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("处理人")
    )

    objects = VisitComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业投诉")
        verbose_name_plural = _("企业投诉")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "digest"], name="visit_complaint_once"),
        ]

    def __str__(self) -> str:
        return str(_("对“%(name)s”检查的投诉") % {"name": self.inspection.name})
