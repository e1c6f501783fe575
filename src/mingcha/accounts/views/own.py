"""Everyone's own account: roles, sessions, password, deputy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.accounts import gate, options, passwords, selectors, services
from mingcha.accounts.forms import DeputyForm, PasswordForm
from mingcha.accounts.gate import open_while_outstanding
from mingcha.accounts.models import EndedBecause, SignIn, User
from mingcha.accounts.services import sessions
from mingcha.accounts.services.factor import recovery_codes_left
from mingcha.base import clock
from mingcha.kernel.refusal import Refused
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import ServiceFormView, perform


def me(request: HttpRequest) -> User:
    """The signed-in person, read anew."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found: User = User.objects.visible_to(viewer).select_related("unit", "deputy").get(pk=viewer.id)
    return found


@open_while_outstanding
@access.officers()
@never_cache
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """My roles, my sessions, my second factor, my password, my deputy."""
    user = me(request)
    officer = selectors.officer_of(user)
    values = {
        "person": user,
        "held": selectors.held_roles(user),
        "sign_ins": selectors.open_sign_ins(user),
        "this_session": request.session.session_key,
        "authenticator": selectors.authenticator_of(user),
        "codes_left": recovery_codes_left(user),
        "factor_required": gate.needs_second_factor(officer),
        "password_days_left": passwords.days_left(user),
        "must_change": passwords.must_change(user),
        "has_deputy": user.deputy is not None
        and user.deputy_until is not None
        and user.deputy_until >= clock.today(),
        "session_limit": options.session_limit(),
        "idle_minutes": int(options.idle_limit().total_seconds() // 60),
        "crumbs": [Crumb(_("我的账号"))],
    }
    return render(request, "accounts/profile.html", values)


@access.officers()
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my own other sessions."""
    mine = SignIn.objects.visible_to(request.viewer).filter(user_id=request.viewer.id)  # type: ignore[attr-defined]
    sign_in = get_object_or_404(mine, pk=pk)
    return perform(
        request,
        verb="accounts.end_session",
        run=lambda: services.end_session(
            actor=request.viewer,  # type: ignore[attr-defined]
            sign_in=sign_in,
            because=EndedBecause.ENDED_ELSEWHERE,
        ),
        outcome=lambda _none: reverse("accounts:profile"),
        done=_("已结束那一处登录。"),
    )


@open_while_outstanding
@access.officers()
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Change my own password."""
    user = me(request)
    form = PasswordForm(data=request.POST or None)
    values: dict[str, Any] = {
        "title": _("修改密码"),
        "subtitle": _("您的密码是初始密码或者已到期，修改后才能继续。")
        if passwords.must_change(user)
        else "",
        "form": form,
        "submit_label": _("修改密码"),
        "cancel_url": "" if passwords.must_change(user) else reverse("accounts:profile"),
        "crumbs": [Crumb(_("我的账号"), reverse("accounts:profile")), Crumb(_("修改密码"))],
        "refusals": (),
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _change_password(request, user, form.cleaned_data)
            except ValidationError as error:
                form.add_error("new_password", error)
            except Refused as refused:
                values["refusals"], status = refused.refusals, 409
    return render(request, "web/form.html", values, status=status)


def _change_password(request: HttpRequest, user: User, given: dict[str, str]) -> HttpResponse:
    key = request.session.session_key or ""
    changed = services.change_password(
        actor=request.viewer,  # type: ignore[attr-defined]
        user=user,
        old_password=given["old_password"],
        new_password=given["new_password"],
        keep_session=key,
    )
    # Gives the session another key; its record follows, all others have ended.
    update_session_auth_hash(request, changed)
    sessions.follow_key(key, request.session.session_key or "")
    messages.success(request, _("密码已修改，其他登录已全部退出。"))
    return redirect("accounts:profile")


class OwnDeputy(ServiceFormView):
    """Name who stands in for me (AB 岗)."""

    form_class = DeputyForm
    title = gettext_lazy("指定 AB 岗代理人")
    subtitle = gettext_lazy("期间内代理人以自己的账号行使您的角色（执法人员资格除外），记录写代理人的名字。")
    verb = "accounts.name_deputy"
    submit_label = gettext_lazy("指定")
    done = gettext_lazy("已指定代理人。")

    def form_arguments(self) -> dict[str, Any]:
        return {"person": me(self.request), "initial": {"since": clock.today()}}

    def perform(self, form: Any) -> User:
        return services.name_deputy(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            user=me(self.request),
            **form.cleaned_data,
        )

    def outcome(self, result: User) -> str:
        return reverse("accounts:profile")

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("我的账号"), reverse("accounts:profile")), Crumb(str(self.title))]

    def cancel_url(self) -> str:
        return reverse("accounts:profile")


own_deputy = access.officers()(OwnDeputy.as_view())


@access.officers()
@require_POST
def remove_own_deputy(request: HttpRequest) -> HttpResponse:
    """End my deputy's standing-in."""
    return perform(
        request,
        verb="accounts.remove_deputy",
        run=lambda: services.remove_deputy(actor=request.viewer, user=me(request)),  # type: ignore[attr-defined]
        outcome=lambda _user: reverse("accounts:profile"),
        done=_("已取消代理人。"),
    )
