"""回避申请: the firm applies that one of those who came stays away (处罚法43). Seen by few."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.inspection import recusal_lifecycle as states
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.planning.models import ChangeRequest
from mingcha.registry.models import Inspector, Recusal

#: Who knows of every application; whoever took one down knows of that one.
APPLICATION_READERS = (Role.COORDINATOR, Role.OVERSEER, Role.BUREAU_LEADER)


class RecusalApplicationQuerySet(OfInspectionQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """Of inspections that one may know of, and then to few: it tells of somebody's relations."""
        known = super().for_officer(officer)
        return known if officer.has(*APPLICATION_READERS) else known.filter(recorded_by=officer.id)


class RecusalApplication(models.Model):
    """One application against one person of a team. Nothing waits for it; the head decides in time (T09).

    `applicant` speaks for the firm. `recorded_by` is empty where the firm applied by its own page. For a
    drawn inspection that nobody has begun `change` names the substitute by the rule, and is what is decided.
    """

    class How(models.TextChoices):
        SPOT = "spot", _("当场口头提出")
        WRITTEN = "written", _("书面提出")
        PHONE = "phone", _("电话提出")
        PAGE = "page", _("在企业页面提出")

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="recusal_applications", verbose_name=_("现场检查")
    )
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("申请谁回避"))
    relation = models.CharField(_("回避的情形"), max_length=20, choices=Recusal.Kind)
    ground = EncryptedTextField(_("事实和理由"))
    applicant = EncryptedTextField(_("申请人"))
    how = models.CharField(_("怎样提出"), max_length=10, choices=How, default=How.SPOT)
    received_at = models.DateTimeField(_("收到时间"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in states.APPLICATION.states],
        default=states.WAITING,
    )
    change = models.OneToOneField(
        ChangeRequest,
        models.PROTECT,
        null=True,
        related_name="recusal_application",
        verbose_name=_("更换申请"),
    )
    substitute = models.ForeignKey(
        Inspector, models.PROTECT, null=True, related_name="+", verbose_name=_("接替的人")
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    answer = EncryptedTextField(_("告知申请人的理由"), blank=True, default="")

    objects = RecusalApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避申请")
        verbose_name_plural = _("回避申请")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "inspector"],
                condition=Q(state=states.WAITING),
                name="recusal_applied_for_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection}：{self.inspector}"
