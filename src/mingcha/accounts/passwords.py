"""The rules for passwords (GB/T 22239 等级保护: length, variety, history, regular change)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingcha.accounts import options
from mingcha.accounts.models import PastPassword, User
from mingcha.base import clock

#: Characters that are not mistaken for one another when read from paper.
_UPPER = "ABCDEFGHJKMNPQRSTUVWXYZ"
_LOWER = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"


class LengthAndVarietyValidator:
    """At least `min_length` characters from `min_classes` of: upper, lower, digits, others."""

    def __init__(self, min_length: int = 10, min_classes: int = 3) -> None:
        self.min_length = min_length
        self.min_classes = min_classes

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(
                _("密码至少 %(length)d 个字符，现在是 %(given)d 个。"),
                code="password_too_short",
                params={"length": self.min_length, "given": len(password)},
            )
        if _classes(password) < self.min_classes:
            raise ValidationError(
                _("密码须含大写字母、小写字母、数字、其他符号四类中的至少 %(classes)d 类。"),
                code="password_too_uniform",
                params={"classes": self.min_classes},
            )

    def get_help_text(self) -> str:
        return _("至少 %(length)d 个字符，含大写字母、小写字母、数字、其他符号中的至少 %(classes)d 类") % {
            "length": self.min_length,
            "classes": self.min_classes,
        }


class NotRecentlyUsedValidator:
    """None of the last `count` passwords of the person, the present one among them."""

    def __init__(self, count: int = 5) -> None:
        self.count = count

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = PastPassword.objects.filter(user_id=user.pk)[: self.count]
        if any(check_password(password, one.encoded) for one in past):
            raise ValidationError(
                _("这个密码最近用过。不能与最近 %(count)d 次的密码相同，请换一个。"),
                code="password_used_recently",
                params={"count": self.count},
            )

    def get_help_text(self) -> str:
        return _("不能与最近 %(count)d 次的密码相同") % {"count": self.count}


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdigit)
    found = sum(any(kind(character) for character in password) for kind in kinds)
    other = any(not character.isalnum() or not character.isascii() for character in password)
    return found + other


def initial_password() -> str:
    """A random one-time password that keeps the rules and is easy to read out (about 80 bits)."""
    alphabet = _UPPER + _LOWER + _DIGITS
    groups = [[secrets.choice(alphabet) for _i in range(5)] for _g in range(3)]
    groups[0][0], groups[1][0], groups[2][0] = (secrets.choice(kind) for kind in (_UPPER, _LOWER, _DIGITS))
    return "-".join("".join(group) for group in groups)


def must_change(user: User) -> bool:
    """Whether the password is a one-time one or older than the installation allows."""
    if user.must_change_password or user.password_changed_at is None:
        return True
    days = options.password_days()
    return bool(days) and clock.now() - user.password_changed_at > timedelta(days=days)


def days_left(user: User) -> int | None:
    """Days until the password must be changed, begun ones counted; None when it never must."""
    days = options.password_days()
    if not days or user.password_changed_at is None:
        return None
    left = user.password_changed_at + timedelta(days=days) - clock.now()
    return -(-left // timedelta(days=1))
