"""The installation's choices about signing in, read from the settings (docs/deployment.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from mingcha.base.roles import Role


def _option(name: str, default: Any) -> Any:
    return getattr(settings, name, default)


def idle_limit() -> timedelta:
    """How long a session may stay without a request (MINGCHA_IDLE_MINUTES, 30)."""
    return timedelta(minutes=_option("IDLE_MINUTES", 30))


def session_limit() -> int:
    """How many sessions one person may have at a time (MINGCHA_MAX_SESSIONS, 2)."""
    return int(_option("MAX_SESSIONS", 2))


def password_days() -> int:
    """After how many days a password must be changed; 0 for never (MINGCHA_PASSWORD_DAYS, 90)."""
    return int(_option("PASSWORD_DAYS", 90))


def totp_roles() -> frozenset[str]:
    """The roles that must use a second factor (MINGCHA_TOTP_ROLES)."""
    default = [Role.ADMINISTRATOR.value, Role.BUREAU_LEADER.value]
    return frozenset(str(role) for role in _option("TOTP_ROLES", default) if role)
