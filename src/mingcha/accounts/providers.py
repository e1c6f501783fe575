"""What accounts adds to the shared pages: what one owes one's account, and the views that people keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.accounts import gate, passwords, selectors
from mingcha.accounts.models import SavedView, User
from mingcha.accounts.services.factor import recovery_codes_left
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.web.providers import NextStep, next_steps
from mingcha.web.registers.saved_views import ShownView, saved_views, savers

#: How many days before a password runs out its owner is told.
_PASSWORD_NOTICE = 7
#: With how few recovery codes left new ones are proposed.
_FEW_CODES = 3


@next_steps.register("accounts")
def steps(officer: Officer) -> Iterator[NextStep]:
    """What this person owes to their own account, and an administrator to people without a role."""
    user = User.objects.visible_to(officer).filter(pk=officer.id).first()
    if user is None:
        return
    yield from _password(user)
    yield from _second_factor(user, officer)
    if officer.has(Role.ADMINISTRATOR):
        yield from _people_without_role(officer)


def _password(user: User) -> Iterator[NextStep]:
    if passwords.must_change(user):
        yield NextStep(
            title=_("修改密码"),
            detail=_("现在的密码是初始密码或已到期"),
            url=reverse("accounts:password"),
            due=clock.today(),
            tone="danger",
            icon="key-round",
        )
        return
    left = passwords.days_left(user)
    if left is not None and left <= _PASSWORD_NOTICE:
        yield NextStep(
            title=_("密码快到期了，请修改"),
            url=reverse("accounts:password"),
            due=clock.today() + timedelta(days=left),
            tone="warning",
            icon="key-round",
        )


def _second_factor(user: User, officer: Officer) -> Iterator[NextStep]:
    url = reverse("accounts:second-factor")
    if selectors.authenticator_of(user) is None:
        if gate.needs_second_factor(officer):
            yield NextStep(
                title=_("绑定两步验证"),
                detail=_("您的角色要求登录时再输入手机上的验证码"),
                url=url,
                due=clock.today(),
                tone="danger",
                icon="smartphone",
            )
    elif recovery_codes_left(user) <= _FEW_CODES:
        yield NextStep(
            title=_("恢复码快用完了，请重新生成"),
            detail=_("还剩 %(left)d 个") % {"left": recovery_codes_left(user)},
            url=url,
            tone="warning",
            icon="life-buoy",
        )


def _people_without_role(officer: Officer) -> Iterator[NextStep]:
    idle = User.objects.visible_to(officer).active().without_grant(clock.today()).order_by("name", "id")
    count = idle.count()
    if count:
        first = idle[0]
        yield NextStep(
            title=_("给人员授予角色"),
            detail=_("%(name)s等还没有任何角色，登录后什么也做不了") % {"name": first.name}
            if count > 1
            else _("%(name)s还没有任何角色，登录后什么也做不了") % {"name": first.name},
            url=reverse("accounts:users-detail", args=[first.pk]),
            icon="user-plus",
            count=count,
        )


@saved_views.register("accounts")
def _saved_views(viewer: Viewer, register: str) -> Iterator[ShownView]:
    if not isinstance(viewer, Officer):
        return
    found = SavedView.objects.visible_to(viewer).filter(register=register).select_related("user")
    for view in found.order_by("name", "pk"):
        own = view.user_id == viewer.id
        yield ShownView(
            name=view.name,
            query=view.query,
            owner="" if own else view.user.name,
            is_default=own and view.is_default,
            change_url=reverse("accounts:change-view", args=[view.pk]) if own else "",
        )


@savers.register("accounts")
def _save_view_url() -> Iterator[str]:
    yield reverse("accounts:save-view")
