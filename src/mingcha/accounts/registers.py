"""The register pages of people and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts import lockout, selectors, services
from mingcha.accounts.entries import PEOPLE_READERS
from mingcha.accounts.forms import UnitForm, UserForm
from mingcha.accounts.models import Unit, User
from mingcha.accounts.rules import is_administrator
from mingcha.accounts.services.factor import recovery_codes_left
from mingcha.base import clock
from mingcha.base.crypto.masking import mask_email
from mingcha.base.roles import Role
from mingcha.base.viewers import Viewer
from mingcha.web.components import Action, masked
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section


def _masked_phone(user: User) -> str:
    return masked(user.phone, "phone")


def _masked_email(user: User) -> str:
    return mask_email(user.email)


def _roles(user: User) -> str:
    day = clock.today()
    held = [grant for grant in user.grants.all() if grant.is_in_force(day)]
    return "、".join(dict.fromkeys(grant.get_role_display() for grant in held))


class UserRegister(Register):
    """People: who they are, which roles they hold, how they sign in."""

    model = User
    slug = "users"
    title = _("人员")
    description = _("能够登录本系统的人")
    create_label = _("新增人员")
    read_roles = PEOPLE_READERS
    write_roles = (Role.ADMINISTRATOR,)
    columns = (
        "name",
        "username",
        "unit",
        Column("roles", _("角色"), render=_roles, sortable=False),
        "is_active",
    )
    filters = ("unit", "is_active")
    search_fields = ("name", "username")
    search_hint = _("姓名、登录名")
    ordering = ("name",)
    prefetch = ("grants",)
    form_class = UserForm
    holds_personal_data = True
    detail_sections = (
        Section(
            title=_("基本情况"),
            icon="user",
            fields=(
                "name",
                "username",
                "unit",
                Column("phone", _("手机号码"), render=_masked_phone, sortable=False),
                Column("email", _("电子邮箱"), render=_masked_email, sortable=False),
                "is_active",
                "password_changed_at",
            ),
        ),
    )
    detail_template = "accounts/user_detail.html"
    empty_text = _("您能看到的范围内还没有人员。")

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> User:
        return services.create_user(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: User, cleaned: dict[str, Any]) -> User:
        return services.edit_user(actor=actor, user=instance, **cleaned)

    def initial(self, instance: User) -> dict[str, Any]:
        return {
            "name": instance.name,
            "unit": instance.unit_id,
            "phone": instance.phone,
            "email": instance.email,
        }

    def status(self, instance: User) -> tuple[str, Tone]:
        return (gettext("在用"), "success") if instance.is_active else (gettext("已停用"), "secondary")

    def detail_values(self, viewer: Viewer, instance: User) -> Mapping[str, Any]:
        return {
            "grants": selectors.grants_of(instance),
            "held": selectors.held_roles(instance),
            "today": clock.today(),
            "has_deputy": instance.has_deputy_on(clock.today()),
            "authenticator": selectors.authenticator_of(instance),
            "codes_left": recovery_codes_left(instance),
            "locked": lockout.is_locked(instance),
            "sign_ins": selectors.open_sign_ins(instance),
            "may_change": is_administrator(viewer),
        }

    def extra_actions(self, viewer: Viewer, instance: User) -> Sequence[Action]:
        return user_actions(viewer, instance)


def user_actions(viewer: Viewer, user: User) -> list[Action]:
    """What an administrator can do with a person now."""
    if not is_administrator(viewer):
        return []

    def to(name: str) -> str:
        return reverse(f"accounts:{name}", args=[user.pk])

    if not user.is_active:
        return [
            Action(
                gettext("恢复账号"),
                to("reactivate"),
                icon="user-check",
                primary=True,
                post=True,
                needs_reason=True,
            )
        ]
    actions = [
        Action(gettext("授予角色"), to("grant"), icon="user-plus", primary=True),
        Action(gettext("指定 AB 岗代理人"), to("user-deputy"), icon="users"),
        Action(
            gettext("生成一次性密码"),
            to("reset-password"),
            icon="key-round",
            post=True,
            needs_reason=True,
            hint=gettext("原密码立即失效；新密码只显示一次，首次登录须修改。"),
        ),
    ]
    if lockout.is_locked(user):
        actions.append(Action(gettext("解除锁定"), to("unlock"), icon="lock-open", post=True))
    if selectors.authenticator_of(user) is not None:
        actions.append(
            Action(
                gettext("解除两步验证"),
                to("reset-factor"),
                icon="smartphone",
                post=True,
                needs_reason=True,
                hint=gettext("手机遗失时用。请先当面或打电话核实是本人。"),
            )
        )
    actions.append(
        Action(
            gettext("停用账号"),
            to("deactivate"),
            icon="user-x",
            danger=True,
            post=True,
            needs_reason=True,
            hint=gettext("立即退出所有登录；办理过的记录不变。"),
        )
    )
    return actions


def _indented(unit: Unit) -> SafeString:
    return format_html("{}{}", "　" * unit.depth, unit.name)


class UnitRegister(Register):
    """Units of the bureau, and departments that work with it."""

    model = Unit
    slug = "units"
    title = _("单位")
    description = _("局、股室、大队、经办机构和协同部门")
    create_label = _("新增单位")
    write_roles = (Role.ADMINISTRATOR,)
    columns = (
        Column("name", _("名称"), render=_indented, order_by=("path",)),
        "kind",
        "short_code",
        "division_code",
        "capacity",
        "closed_on",
    )
    filters = ("kind", "capacity")
    search_fields = ("name", "short_code")
    ordering = ("path",)
    form_class = UnitForm
    detail_sections = (
        Section(
            title=_("基本情况"),
            icon="network",
            fields=(
                "name",
                "kind",
                "parent",
                "short_code",
                "division_code",
                "capacity",
                "entrusted_by",
                "closed_on",
            ),
        ),
    )
    detail_template = "accounts/unit_detail.html"

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Unit:
        return services.create_unit(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: Unit, cleaned: dict[str, Any]) -> Unit:
        return services.edit_unit(actor=actor, unit=instance, **cleaned)

    def may_edit(self, viewer: Viewer, instance: Unit) -> bool:
        return instance.is_open

    def status(self, instance: Unit) -> tuple[str, Tone]:
        return (gettext("在用"), "success") if instance.is_open else (gettext("已撤销"), "secondary")

    def detail_values(self, viewer: Viewer, instance: Unit) -> Mapping[str, Any]:
        people = User.objects.visible_to(viewer).filter(unit=instance, is_active=True)
        return {"children": instance.children.order_by("path"), "people": people.order_by("name", "id")}

    def extra_actions(self, viewer: Viewer, instance: Unit) -> Sequence[Action]:
        if not is_administrator(viewer) or not instance.is_open:
            return ()
        return (
            Action(gettext("调整隶属"), reverse("accounts:move-unit", args=[instance.pk]), icon="move"),
            Action(
                gettext("撤销单位"),
                reverse("accounts:close-unit", args=[instance.pk]),
                icon="archive",
                danger=True,
                post=True,
                needs_reason=True,
                hint=gettext("单位保留在历史里；先调走人员和下级单位。"),
            ),
        )
