"""Enrolling an authenticator app on a phone without internet, recovery codes, unbinding."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp import login as otp_login

from mingcha.accounts import gate, selectors, services, totp
from mingcha.accounts.forms import CodeForm
from mingcha.accounts.gate import open_while_outstanding
from mingcha.accounts.models import User
from mingcha.accounts.services import sessions
from mingcha.accounts.services.factor import Outcome, recovery_codes_left
from mingcha.accounts.views.outcomes import explain
from mingcha.accounts.views.own import me
from mingcha.base import clock
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import perform


def _crumbs() -> list[Crumb]:
    return [Crumb(_("我的账号"), reverse("accounts:profile")), Crumb(_("两步验证"))]


@open_while_outstanding
@access.officers()
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Whether a phone is bound, and what can be done about it."""
    return _overview(request, me(request))


def _overview(
    request: HttpRequest, user: User, *, form: CodeForm | None = None, status: int = 200
) -> HttpResponse:
    values = {
        "authenticator": selectors.authenticator_of(user),
        "codes_left": recovery_codes_left(user),
        "required": gate.needs_second_factor(selectors.officer_of(user)),
        "form": form or CodeForm(),
        "crumbs": _crumbs(),
    }
    return render(request, "accounts/second_factor.html", values, status=status)


@open_while_outstanding
@access.officers()
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Draw a new secret and go to the page that shows it."""
    return perform(
        request,
        verb="accounts.start_enrolment",
        run=lambda: services.start_enrolment(actor=request.viewer, user=me(request)),  # type: ignore[attr-defined]
        outcome=lambda _device: reverse("accounts:enrol"),
    )


@open_while_outstanding
@access.officers()
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Show the secret as QR code and as letters; confirm it with a code."""
    user = me(request)
    device = selectors.unconfirmed_authenticator_of(user)
    if device is None:
        return redirect("accounts:second-factor")
    form = CodeForm(data=request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        outcome = services.confirm_enrolment(
            actor=request.viewer,  # type: ignore[attr-defined]
            user=user,
            code=form.cleaned_data["code"],
            keep_session=request.session.session_key or "",
        )
        if outcome.accepted:
            return _enrolled(request, outcome)
        form.add_error("code", explain(outcome))
        status = 422
    uri = totp.otpauth_uri(device.secret, account=user.username, issuer=settings.OTP_TOTP_ISSUER)
    values: dict[str, Any] = {
        "form": form,
        "qr": segno.make(uri, error="m", micro=False).svg_data_uri(scale=5, border=4),
        "secret": totp.grouped(device.secret),
        "account": user.username,
        "issuer": settings.OTP_TOTP_ISSUER,
        "now": clock.now(),
        "crumbs": _crumbs(),
    }
    return render(request, "accounts/enrol.html", values, status=status)


def _enrolled(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    otp_login(request, outcome.authenticator)
    sessions.rotate_key(request.session)
    return _show_codes(request, outcome.recovery_codes, first=True)


def _show_codes(request: HttpRequest, codes: tuple[str, ...], *, first: bool) -> HttpResponse:
    """The recovery codes, this once: they are kept nowhere in clear, so no address leads here again."""
    values = {"codes": codes, "first": first, "now": clock.now(), "crumbs": _crumbs()}
    return render(request, "accounts/recovery_codes.html", values)


@access.officers()
@never_cache
@sensitive_post_parameters("code")
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes for a code from the app."""
    user = me(request)
    form = CodeForm(data=request.POST)
    if form.is_valid():
        outcome = services.renew_recovery_codes(
            actor=request.viewer,  # type: ignore[attr-defined]
            user=user,
            code=form.cleaned_data["code"],
        )
        if outcome.accepted:
            return _show_codes(request, outcome.recovery_codes, first=False)
        form.add_error("code", explain(outcome))
    return _overview(request, user, form=form, status=422)


@access.officers()
@never_cache
@sensitive_post_parameters("code")
@require_POST
def disable(request: HttpRequest) -> HttpResponse:
    """Unbind my phone with a code from it."""
    user = me(request)
    form = CodeForm(data=request.POST)
    if form.is_valid():
        outcome = services.disable_factor(
            actor=request.viewer,  # type: ignore[attr-defined]
            user=user,
            code=form.cleaned_data["code"],
        )
        if outcome.accepted:
            messages.success(request, _("已解除绑定。"))
            return redirect("accounts:second-factor")
        form.add_error("code", explain(outcome))
    return _overview(request, user, form=form, status=422)
