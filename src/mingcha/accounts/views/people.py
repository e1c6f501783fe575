"""What administrators do with a person or a unit, from the register's pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mingcha.accounts import services
from mingcha.accounts.forms import DeputyForm, GrantForm, MoveUnitForm
from mingcha.accounts.models import RoleGrant, Unit, User
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.web import access
from mingcha.web.components import Crumb
from mingcha.web.forms import ONCE, ServiceFormView, perform

administrators = access.officers(Role.ADMINISTRATOR)


def _page_of(user: User) -> str:
    return reverse("accounts:users-detail", args=[user.pk])


def _person(request: HttpRequest, pk: int) -> User:
    visible = User.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    found: User = get_object_or_404(visible, pk=pk)
    return found


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


class AboutPerson(ServiceFormView):
    """A form about one person, who is found before anything else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.person = _person(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def outcome(self, result: Any) -> str:
        return _page_of(self.person)

    def cancel_url(self) -> str:
        return _page_of(self.person)

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("人员"), reverse("accounts:users-list")),
            Crumb(self.person.name, _page_of(self.person)),
            Crumb(str(self.title)),
        ]


class GrantRole(AboutPerson):
    """Give a person a role."""

    form_class = GrantForm
    title = gettext_lazy("授予角色")
    verb = "accounts.grant_role"
    submit_label = gettext_lazy("授予")
    done = gettext_lazy("已授予角色，从所填日期起生效。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"valid_from": clock.today(), "unit": self.person.unit_id}}

    def perform(self, form: Any) -> RoleGrant:
        given = dict(form.cleaned_data)
        given["reach"] = given["reach"] or None
        return services.grant_role(actor=self.request.viewer, user=self.person, **given)  # type: ignore[attr-defined]


class NameDeputy(AboutPerson):
    """Name who stands in for a person (AB 岗)."""

    form_class = DeputyForm
    title = gettext_lazy("指定 AB 岗代理人")
    subtitle = gettext_lazy("期间内代理人以自己的账号行使其角色（执法人员资格除外），记录写代理人的名字。")
    verb = "accounts.name_deputy"
    submit_label = gettext_lazy("指定")
    done = gettext_lazy("已指定代理人。")

    def form_arguments(self) -> dict[str, Any]:
        return {"person": self.person, "initial": {"since": clock.today()}}

    def perform(self, form: Any) -> User:
        return services.name_deputy(actor=self.request.viewer, user=self.person, **form.cleaned_data)  # type: ignore[attr-defined]


class MoveUnit(ServiceFormView):
    """Hang a unit under another."""

    form_class = MoveUnitForm
    title = gettext_lazy("调整隶属")
    subtitle = gettext_lazy("下级单位一起移动；按股室授予的角色随之改变范围。")
    verb = "accounts.move_unit"
    submit_label = gettext_lazy("移动")
    done = gettext_lazy("已调整隶属。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.unit = get_object_or_404(Unit.objects.visible_to(request.viewer), pk=kwargs["pk"])  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"parent": self.unit.parent_id}}

    def perform(self, form: Any) -> Unit:
        return services.move_unit(
            actor=self.request.viewer,  # type: ignore[attr-defined]
            unit=self.unit,
            parent=form.cleaned_data["parent"],
        )

    def outcome(self, result: Unit) -> str:
        return reverse("accounts:units-detail", args=[result.pk])

    def cancel_url(self) -> str:
        return self.outcome(self.unit)

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("单位"), reverse("accounts:units-list")),
            Crumb(self.unit.name, self.outcome(self.unit)),
            Crumb(str(self.title)),
        ]


grant = administrators(GrantRole.as_view())
name_deputy = administrators(NameDeputy.as_view())
move_unit = administrators(MoveUnit.as_view())


def _verb(
    name: str, done: str | Promise, run: Callable[[HttpRequest, User], object]
) -> Callable[..., HttpResponseBase]:
    """A button about one person."""

    @administrators
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = _person(request, pk)
        return perform(
            request,
            verb=f"accounts.{name}",
            run=lambda: run(request, user),
            outcome=lambda _result: _page_of(user),
            done=str(done),
        )

    view.__name__ = name
    return view


deactivate = _verb(
    "deactivate",
    gettext_lazy("账号已停用。"),
    lambda request, user: services.deactivate(actor=request.viewer, user=user, why=_reason(request)),  # type: ignore[attr-defined]
)
reactivate = _verb(
    "reactivate",
    gettext_lazy("账号已恢复。请生成一次性密码交给本人。"),
    lambda request, user: services.reactivate(actor=request.viewer, user=user, why=_reason(request)),  # type: ignore[attr-defined]
)
unlock = _verb(
    "unlock",
    gettext_lazy("已解除锁定，本人可以重新登录。"),
    lambda request, user: services.unlock(actor=request.viewer, user=user),  # type: ignore[attr-defined]
)
reset_factor = _verb(
    "reset_factor",
    gettext_lazy("已解除两步验证，本人下次登录时重新绑定。"),
    lambda request, user: services.reset_factor(actor=request.viewer, user=user, why=_reason(request)),  # type: ignore[attr-defined]
)
remove_deputy = _verb(
    "remove_deputy",
    gettext_lazy("已取消代理人。"),
    lambda request, user: services.remove_deputy(actor=request.viewer, user=user),  # type: ignore[attr-defined]
)


@administrators
@never_cache
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a one-time password and show it, this once."""
    user = _person(request, pk)
    made: list[str] = []

    def run() -> None:
        made.append(
            services.reset_password(actor=request.viewer, user=user, why=_reason(request))  # type: ignore[attr-defined]
        )

    where, fresh = idempotency.once(
        key=request.POST.get(ONCE, ""),
        viewer=request.viewer,  # type: ignore[attr-defined]
        verb="accounts.reset_password",
        run=run,
        outcome=lambda _none: _page_of(user),
    )
    if not fresh:
        messages.info(request, _("一次性密码已经生成过，只显示一次。没有记下的，请再生成一次。"))
        return redirect(where)
    values = {
        "person": user,
        "password": made[0],
        "back": where,
        "crumbs": [
            Crumb(_("人员"), reverse("accounts:users-list")),
            Crumb(user.name, where),
            Crumb(_("一次性密码")),
        ],
    }
    return render(request, "accounts/one_time_password.html", values)


@administrators
@require_POST
def revoke_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    grants = RoleGrant.objects.visible_to(request.viewer).select_related("user")  # type: ignore[attr-defined]
    given = get_object_or_404(grants, pk=pk)
    return perform(
        request,
        verb="accounts.revoke_role",
        run=lambda: services.revoke_role(actor=request.viewer, grant=given, why=_reason(request)),  # type: ignore[attr-defined]
        outcome=lambda _grant: _page_of(given.user),
        done=_("已收回角色，立即生效。"),
    )


@administrators
@require_POST
def close_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(request.viewer), pk=pk)  # type: ignore[attr-defined]
    return perform(
        request,
        verb="accounts.close_unit",
        run=lambda: services.close_unit(actor=request.viewer, unit=unit, why=_reason(request)),  # type: ignore[attr-defined]
        outcome=lambda closed: reverse("accounts:units-detail", args=[closed.pk]),
        done=_("单位已撤销。"),
    )
