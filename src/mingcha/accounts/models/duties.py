"""Duties that one person may not perform both of on the same thing (design §4.7)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models.people import User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet

#: Who may look over who did what, and change the matrix (administrators only).
WATCHERS = (Role.ADMINISTRATOR, Role.OVERSEER)


class WatchedQuerySet(VisibleQuerySet):
    """Administrators and overseers see all of it."""

    def for_officer(self, officer: Officer) -> Self:
        return self.all() if officer.has(*WATCHERS) else self.none()


class DutyRecordQuerySet(WatchedQuerySet):
    """Watchers see every record, everyone else their own."""

    def for_officer(self, officer: Officer) -> Self:
        return self.all() if officer.has(*WATCHERS) else self.filter(user_id=officer.id)


class DutyConflict(models.Model):
    """One cell of the separation-of-duty matrix: whoever did one may not do the other.

    The pair is kept in alphabetical order, so that it stands only once. A mandatory cell cannot be
    switched off; another one, when off, no longer refuses but is still noted on the record.
    """

    duty_a = models.CharField(max_length=40)
    duty_b = models.CharField(max_length=40)
    label = models.CharField(_("说明"), max_length=100)
    basis = models.CharField(_("依据"), max_length=200)
    mandatory = models.BooleanField(_("必须分离"), default=True)
    enforced = models.BooleanField(_("拦截"), default=True)

    objects = WatchedQuerySet.as_manager()

    class Meta:
        verbose_name = _("不相容职责")
        verbose_name_plural = _("不相容职责")
        ordering = ["duty_a", "duty_b"]
        constraints = [
            models.UniqueConstraint(fields=["duty_a", "duty_b"], name="duty_pair_once"),
            models.CheckConstraint(condition=Q(duty_a__lt=F("duty_b")), name="duty_pair_in_order"),
            models.CheckConstraint(
                condition=Q(mandatory=False) | Q(enforced=True), name="mandatory_duty_pair_is_enforced"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def other(self, duty: str) -> str:
        """The duty on the other side of the pair."""
        return self.duty_b if duty == self.duty_a else self.duty_a


class DutyRecord(models.Model):
    """That a person performed a duty on a thing; the acting person counts, also when as a deputy."""

    thing_type = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    duty = models.CharField(max_length=40)
    user = models.ForeignKey(User, models.PROTECT, related_name="duty_records")
    at = models.DateTimeField()
    #: A conflict that was noticed but is not enforced; the overseer's list shows it.
    noticed = models.ForeignKey(
        DutyConflict, models.PROTECT, null=True, blank=True, related_name="noticed_records"
    )

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("职责记录")
        verbose_name_plural = _("职责记录")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["thing_type", "thing_id", "user"], name="duty_by_thing")]

    def __str__(self) -> str:
        return f"{self.duty} {self.thing_type}:{self.thing_id}"
