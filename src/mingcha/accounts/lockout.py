"""What a person sees, and the ledger learns, when too many sign-ins failed."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.helpers import get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingcha.accounts import selectors
from mingcha.accounts.models import User
from mingcha.accounts.services.unlocking import record_lock_out
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page (429) after too many failures: how long, and whom to call.

    It is the same whether or not there is an account of that name.
    """
    failures = getattr(request, "axes_failures_since_start", None)
    if failures == get_failure_limit(request, credentials):
        record_lock_out(
            actor=System(purpose="sign-in"), username=str((credentials or {}).get("username") or "")
        )
    context = {
        "minutes": minutes_of(cool_off()),
        "failures": settings.AXES_FAILURE_LIMIT,
        "administrators": [user.name for user in selectors.holders([Role.ADMINISTRATOR])[:3]],
    }
    return render(request, "accounts/locked.html", context, status=429)


def address_of(request: HttpRequest) -> str | None:
    """The network address from which somebody asks, as the first of our own proxies was asked (`PROXIES`).

    Each proxy writes at the right by whom it was asked; what stands further left anybody can have written.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").split(",")[-settings.PROXIES :]
    for one in (told[0].strip(), direct) if settings.PROXIES else (direct,):
        try:
            return str(ip_address(one))
        except ValueError:
            continue
    return None


def cool_off() -> timedelta:
    """How long an account stays locked after the last failure."""
    found: timedelta | None = get_cool_off()
    return found or timedelta()


def minutes_of(length: timedelta) -> int:
    """Whole minutes, rounded up."""
    return -(-int(length.total_seconds()) // 60)


def is_locked(user: User) -> bool:
    """Whether sign-ins under this name are refused from some address at this moment."""
    recent = AccessAttempt.objects.filter(username=user.username, attempt_time__gt=clock.now() - cool_off())
    # One row an address and browser; the limit counts all browsers of an address together.
    by_address = recent.order_by().values("ip_address").annotate(failures=Sum("failures_since_start"))
    return bool(by_address.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists())
