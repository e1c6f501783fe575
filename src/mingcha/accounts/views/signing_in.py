"""Signing in (password, then the second step), signing out."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login

from mingcha.accounts import selectors
from mingcha.accounts.browsers import browser_name
from mingcha.accounts.forms import SecondStepForm, SignInForm
from mingcha.accounts.gate import open_while_outstanding
from mingcha.accounts.middleware import ENDED_KEY
from mingcha.accounts.models import Authenticator, EndedBecause, User
from mingcha.accounts.services import open_session, sessions, verify_second_step
from mingcha.accounts.services.factor import recovery_codes_left
from mingcha.accounts.views.outcomes import explain
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.web import access
from mingcha.web.forms import safe_next

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "second_step"
#: How long after the password the second step may be taken, in seconds.
_PENDING_SECONDS = 300
#: After so many wrong codes one starts again with the password.
_PENDING_FAILURES = 5


@access.public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The password. The answer to a wrong one is the same for a name that does not exist."""
    if isinstance(request.viewer, Officer):  # type: ignore[attr-defined]
        return redirect(safe_next(request, "/"))
    form = SignInForm(data=request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return _after_password(request, user)
        form.add_error(None, _("登录名或密码不正确。请检查大小写后重试；忘记密码的，请系统管理员重置。"))
        status = 422
    values = {
        "form": form,
        "next": safe_next(request, ""),
        "ended": _why_ended(request),
    }
    return render(request, "accounts/sign_in.html", values, status=status)


def _after_password(request: HttpRequest, user: User) -> HttpResponseBase:
    if selectors.authenticator_of(user) is None:
        return complete(request, user, None, safe_next(request, "/"))
    request.session[_PENDING] = {
        "user": user.pk,
        "next": safe_next(request, "/"),
        "at": clock.now().timestamp(),
        "failures": 0,
    }
    request.session.cycle_key()
    return redirect("accounts:second-step")


@access.public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """The code from the app, or a recovery code; nobody is signed in before it is right."""
    pending = _pending(request)
    user = selectors.active_user(pending["user"]) if pending is not None else None
    if pending is None or user is None:
        return redirect("accounts:sign-in")
    form = SecondStepForm(data=request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        outcome = verify_second_step(
            actor=selectors.without_grants(user), user=user, code=form.cleaned_data["code"]
        )
        if outcome.accepted:
            if outcome.by_recovery_code:
                messages.warning(
                    request, _("已用掉一个恢复码，还剩 %(left)d 个。") % {"left": recovery_codes_left(user)}
                )
            return complete(request, user, outcome.authenticator, pending["next"])
        pending["failures"] += 1
        if pending["failures"] >= _PENDING_FAILURES:
            del request.session[_PENDING]
            messages.error(request, _("验证码多次不正确，请重新输入密码。"))
            return redirect("accounts:sign-in")
        request.session[_PENDING] = pending
        form.add_error("code", explain(outcome))
        status = 422
    return render(request, "accounts/second_step.html", {"form": form, "now": clock.now()}, status=status)


def _pending(request: HttpRequest) -> dict[str, Any] | None:
    """Who has given the right password in this browser a moment ago."""
    pending: dict[str, Any] | None = request.session.get(_PENDING)
    if pending is None or clock.now().timestamp() - pending["at"] > _PENDING_SECONDS:
        request.session.pop(_PENDING, None)
        return None
    return pending


def complete(request: HttpRequest, user: User, device: Authenticator | None, where: str) -> HttpResponseBase:
    """Sign in somebody whose right to it was established, and record the session; leads to `where`."""
    login(request, user, backend=_BACKEND)
    if device is not None:
        otp_login(request, device)
    request.session.pop(_PENDING, None)
    sessions.start_clocks(request.session)
    if request.session.session_key is None:
        request.session.create()
    open_session(
        actor=selectors.without_grants(user),
        user=user,
        session_key=request.session.session_key or "",
        ip_address=get_client_ip_address(request) or "",
        browser=browser_name(request.headers.get("User-Agent", "")),
    )
    return redirect(where)


def _why_ended(request: HttpRequest) -> str:
    reason = request.session.pop(ENDED_KEY, "")
    return str(EndedBecause(reason).label) if reason in EndedBecause.values else ""


@open_while_outstanding
@access.public
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session; by POST only, so that no picture on a page can do it."""
    sessions.end_current(session_key=request.session.session_key or "", because=EndedBecause.SIGNED_OUT)
    logout(request)
    messages.info(request, _("您已退出登录。"))
    return redirect("accounts:sign-in")
