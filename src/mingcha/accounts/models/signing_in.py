"""Sessions and the second factor."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from mingcha.accounts.models.people import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet


class OwnQuerySet(VisibleQuerySet):
    """Administrators see all, everyone their own."""

    def for_officer(self, officer: Officer) -> Self:
        return self.all() if officer.has(Role.ADMINISTRATOR) else self.filter(user_id=officer.id)


class EndedBecause(models.TextChoices):
    """Why a session ended."""

    SIGNED_OUT = "signed_out", _("本人退出")
    IDLE = "idle", _("长时间未操作")
    DISPLACED = "displaced", _("同一账号在别处登录，超出允许的同时登录数")
    ENDED_ELSEWHERE = "ended_elsewhere", _("本人在另一处结束")
    PASSWORD_CHANGED = "password_changed", _("密码已修改或重置")
    SECOND_FACTOR_CHANGED = "second_factor_changed", _("两步验证已变更")
    DEACTIVATED = "deactivated", _("账号已停用")
    EXPIRED = "expired", _("登录已到最长时限")


class SignIn(models.Model):
    """One session of one person, from signing in until it ended."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, db_index=True)
    started_at = models.DateTimeField(_("登录时间"))
    last_seen_at = models.DateTimeField(_("最近操作"))
    ip_address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    browser = models.CharField(_("设备"), max_length=80, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    ended_because = models.CharField(_("结束原因"), max_length=24, choices=EndedBecause.choices, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录记录")
        verbose_name_plural = _("登录记录")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"


class AuthenticatorManager(models.Manager.from_queryset(OwnQuerySet)):  # type: ignore[misc]
    """What django-otp asks of a device's manager."""

    def devices_for_user(self, user: Any, confirmed: bool | None = None) -> Any:
        devices = self.filter(user=user)
        return devices if confirmed is None else devices.filter(confirmed=confirmed)


class Authenticator(Device):  # type: ignore[misc]
    """A person's authenticator app: a time-based code (RFC 6238: SHA-1, 30 seconds, 6 digits).

    The secret is encrypted at rest, unlike django-otp's own device. `last_step` is the time step of
    the last code accepted (no code works twice); `burnt_step` one that a wrong-clock hint has
    confirmed and that therefore may not be used any more.
    """

    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=0)
    burnt_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = AuthenticatorManager()

    class Meta:
        verbose_name = _("验证器")
        verbose_name_plural = _("验证器")
        constraints = [models.UniqueConstraint(fields=["user"], name="one_authenticator_each")]

    def __str__(self) -> str:
        return f"authenticator of {self.user_id}"


class RecoveryCode(models.Model):
    """The digest of a one-time recovery code (80 random bits, so a plain digest cannot be guessed)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = _("恢复码")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
