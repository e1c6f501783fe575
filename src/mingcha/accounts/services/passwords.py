"""Passwords: changed by the person, reset by an administrator to a one-time one."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_noop

from mingcha.accounts.events import PasswordChanged, PasswordReset
from mingcha.accounts.models import EndedBecause, PastPassword, User
from mingcha.accounts.passwords import initial_password
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.accounts.services.sessions import end_all_sessions
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer


@service
def change_password(
    *, actor: Viewer, user: User, old_password: str, new_password: str, keep_session: str = ""
) -> User:
    """The person's own change; other sessions end. ValidationError lists the rules that were broken."""
    if not (isinstance(actor, Officer) and actor.id == user.pk):
        raise refuse(
            "own_password_only",
            gettext_noop("密码只能由本人修改"),
            gettext_noop("忘记密码的，请系统管理员重置"),
        )
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not check_password(old_password, user.password):
        raise refuse(
            "old_password_wrong",
            gettext_noop("原密码不正确"),
            gettext_noop("请重新输入原密码；忘记的，请系统管理员重置"),
        )
    validate_password(new_password, user)
    _set(user, new_password, must_change=False)
    end_all_sessions(actor=actor, user=user, because=EndedBecause.PASSWORD_CHANGED, keep=keep_session)
    emit(PasswordChanged(thing=Thing.of(user)))
    return user


@service
def reset_password(*, actor: Viewer, user: User, why: str = "") -> str:
    """Give a person a random one-time password, returned once and kept nowhere in clear.

    All sessions end; the person must choose another password at the next sign-in.
    """
    require_administrator(actor)
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.is_active:
        raise refuse(
            "reset_inactive",
            gettext_noop("%(name)s的账号已停用"),
            gettext_noop("请先恢复该账号，再重置密码"),
            name=user.name,
        )
    password = initial_password()
    _set(user, password, must_change=True)
    end_all_sessions(actor=actor, user=user, because=EndedBecause.PASSWORD_CHANGED)
    emit(PasswordReset(thing=Thing.of(user), why=why))
    return password


def _set(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    PastPassword.objects.create(user=user, encoded=user.password, set_at=clock.now())
