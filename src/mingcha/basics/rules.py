"""Who may change the settings, and the shape of this app's refusals."""

from __future__ import annotations

from collections.abc import Iterable

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.lifecycle import SYSTEM
from mingcha.kernel.refusal import Refusing, gettext_noop

#: Who keeps parameters, calendar, rules, number series and routes.
KEEPERS = (Role.ADMINISTRATOR, Role.COORDINATOR)
#: Who may say that a value is right for this bureau.
CONFIRMERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER)
#: Where the rules of this app come from when no article says more.
BASIS = gettext_noop("本局监管工作实施方案；系统设置规则")


def acting_roles(actor: Viewer) -> frozenset[str]:
    """The roles a lifecycle table is asked with; the platform acts as the clock."""
    return frozenset({SYSTEM}) if isinstance(actor, System) else frozenset(actor.roles)


#: A single refusal of this app, ready to be raised.
refuse = Refusing("basics", BASIS)


def require_role(actor: Viewer, roles: Iterable[Role], what: str) -> None:
    """Refuse everyone but holders of one of the roles and the platform; `what` names the verb."""
    wanted = tuple(roles)
    if isinstance(actor, System) or (isinstance(actor, Officer) and actor.has(*wanted)):
        return
    raise refuse(
        "role",
        gettext_noop("您的岗位不能办理“%(what)s”"),
        gettext_noop("请由有权办理的岗位办理：%(who)s"),
        what=what,
        who="、".join(str(role.label) for role in wanted),
    )


def user_id_of(actor: Viewer) -> int | None:
    """The id of the acting person, None for the platform."""
    return actor.id if isinstance(actor, Officer) else None


def required_text(text: str, what: str) -> str:
    """The text without outer blanks; refused when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise refuse(
            "reason",
            gettext_noop("必须写明%(what)s"),
            gettext_noop("请填写%(what)s后再提交"),
            what=what,
        )
    return stripped
