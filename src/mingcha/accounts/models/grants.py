"""Who holds which role, how far it reaches, and from when until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models.people import User
from mingcha.accounts.models.units import DIVISION_CODE, Unit
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet


class RoleGrantQuerySet(VisibleQuerySet):
    """Who holds what is open to every colleague: one must know whom to turn to."""

    def for_officer(self, officer: Officer) -> Self:
        return self.all()

    def in_force(self, day: date) -> Self:
        """Grants that hold on this day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, revoked_at=None
        )


class RoleGrant(models.Model):
    """One role of one person. Both dates are inclusive; a revoked grant stays for the history."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("人员"))
    role = models.CharField(_("角色"), max_length=16, choices=Role.choices)
    reach = models.CharField(_("范围"), max_length=8, choices=Reach.choices, default=Reach.BUREAU)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("股室")
    )
    division = models.CharField(
        _("辖区代码"), max_length=12, blank=True, validators=[DIVISION_CODE], help_text=_("不限辖区的不填")
    )
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="grants_given", verbose_name=_("授予人")
    )
    granted_at = models.DateTimeField(_("授予时间"))
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色授予")
        verbose_name_plural = _("角色授予")
        ordering = ["user_id", "role", "id"]
        indexes = [models.Index(fields=["role", "valid_from"], name="grant_by_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(reach=Reach.SECTION, unit__isnull=False)
                | (~Q(reach=Reach.SECTION) & Q(unit__isnull=True)),
                name="grant_names_a_unit_for_a_section",
            ),
        ]

    def __str__(self) -> str:
        reach = self.unit.name if self.unit is not None else self.get_reach_display()
        return f"{self.get_role_display()}（{reach}）"

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on this day."""
        return (
            self.revoked_at is None
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )
