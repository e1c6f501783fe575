"""The people who sign in."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models.units import Unit
from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField
from mingcha.base.crypto.normalise import normalise_phone
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,31}\Z",
    _("登录名为 2 至 32 位小写字母、数字、点、横线或下划线，以字母或数字开头"),
)


class UserQuerySet(VisibleQuerySet):
    """Administrators and whoever reaches the bureau see everyone, section heads their section."""

    def for_officer(self, officer: Officer) -> Self:
        if officer.has(Role.ADMINISTRATOR):
            return self.all()
        roles = (Role.OVERSEER, Role.BUREAU_LEADER, Role.COORDINATOR, Role.SECTION_HEAD)
        reached = reach_filter(officer, roles, section="unit_id", own="id")
        return self.filter(reached | Q(id=officer.id))

    def active(self) -> Self:
        """People who may sign in."""
        return self.filter(is_active=True)

    def without_grant(self, day: date) -> Self:
        """People who hold no role on the day or later."""
        lasting = Q(grants__valid_until=None) | Q(grants__valid_until__gte=day)
        held = User.objects.filter(lasting, grants__isnull=False, grants__revoked_at=None)
        return self.exclude(pk__in=held.values("pk"))


class UserManager(models.Manager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """What Django's authentication asks of the manager."""

    def get_by_natural_key(self, username: str) -> User:
        found: User = self.get(username=(username or "").strip().lower())
        return found


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]
    """A person of the bureau or of a partner department.

    The name is shown to colleagues; phone number and mail address are encrypted.
    A person is deactivated, never deleted: what they did keeps their name.
    """

    username = models.CharField(_("登录名"), max_length=32, unique=True, validators=[USERNAME])
    name = models.CharField(_("姓名"), max_length=32)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("所在单位")
    )
    phone = EncryptedTextField(_("手机号码"), blank=True, default="")
    phone_index = BlindIndexField(source="phone", normalise=normalise_phone)
    #: Where the morning's reminder goes, empty for none; never searched, so it has no index.
    email = EncryptedTextField(_("电子邮箱"), blank=True, default="")
    is_active = models.BooleanField(_("在用"), default=True)
    must_change_password = models.BooleanField(_("须修改密码"), default=True)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    deputy = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_in_for",
        verbose_name=_("AB 岗代理人"),
    )
    deputy_from = models.DateField(_("代理自"), null=True, blank=True)
    deputy_until = models.DateField(_("代理至"), null=True, blank=True)
    # Signing in is recorded by SignIn with the injected clock.
    last_login = None

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy=None)
                | Q(deputy_from__isnull=False, deputy_until__gte=models.F("deputy_from")),
                name="deputy_has_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_deputy_on(self, day: date) -> bool:
        """Whether a named deputy stands in on this day (AB 岗)."""
        return (
            self.deputy_id is not None
            and self.deputy_from is not None
            and self.deputy_until is not None
            and self.deputy_from <= day <= self.deputy_until
        )


class PastPasswordQuerySet(VisibleQuerySet):
    """Nobody looks at these; only the password rule does."""


class PastPassword(models.Model):
    """The digest of a password that was used before, so that it is not used again at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    objects = PastPasswordQuerySet.as_manager()

    class Meta:
        verbose_name = _("用过的密码")
        verbose_name_plural = _("用过的密码")
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"
