"""The first administrator of an installation."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts import selectors
from mingcha.accounts.models import User
from mingcha.accounts.rules import refuse, require_administrator
from mingcha.accounts.services.grants import grant_role
from mingcha.accounts.services.passwords import reset_password
from mingcha.accounts.services.people import create_user
from mingcha.base.roles import Role
from mingcha.base.service import service
from mingcha.base.viewers import Viewer


@service
def create_administrator(
    *, actor: Viewer, username: str, name: str, another: bool = False
) -> tuple[User, str]:
    """Create an administrator; returns the person and the one-time password.

    Refused when there is one already, unless `another`.
    """
    require_administrator(actor)
    if selectors.lasting_administrators().exists() and not another:
        raise refuse(
            "administrator_exists",
            gettext_noop("已有系统管理员，没有创建"),
            gettext_noop("忘记密码的，请由现有管理员重置；确需再建一名的，请加 --another"),
        )
    user = create_user(actor=actor, username=username, name=name)
    grant_role(actor=actor, user=user, role=Role.ADMINISTRATOR)
    return user, reset_password(actor=actor, user=user)
