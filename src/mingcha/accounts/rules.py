"""Who may change accounts, as one-line checks that refuse."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from mingcha.accounts.models import User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.refusal import Refusing

#: The basis of the rules of this app.
BASIS = gettext_noop("《信息安全技术 网络安全等级保护基本要求》GB/T 22239 身份鉴别、访问控制")


def is_administrator(actor: Viewer) -> bool:
    """Whether the actor administers the installation (the platform's own commands do)."""
    return isinstance(actor, System) or (isinstance(actor, Officer) and actor.has(Role.ADMINISTRATOR))


#: A single refusal of this app, ready to be raised.
refuse = Refusing("accounts", BASIS)


def require_administrator(actor: Viewer) -> None:
    """Refuse everyone but administrators and the platform."""
    if not is_administrator(actor):
        raise refuse(
            "administrators_only",
            gettext_noop("只有系统管理员可以管理单位、人员和角色"),
            gettext_noop("请联系本单位的系统管理员办理"),
        )


def require_administrator_or_self(actor: Viewer, user: User) -> None:
    """Refuse everyone but the person, administrators and the platform."""
    if not (is_administrator(actor) or (isinstance(actor, Officer) and actor.id == user.pk)):
        raise refuse(
            "own_account_only",
            gettext_noop("这是他人的账号，您不能更改"),
            gettext_noop("请由本人办理，或者联系系统管理员"),
        )


def granting_user_id(actor: Viewer) -> int | None:
    """The id of the acting person, None for the platform."""
    return actor.id if isinstance(actor, Officer) else None
