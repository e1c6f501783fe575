"""What each role sees and may do, in plain Chinese, put together from what the program really checks.

The verbs come from the lifecycle tables that apps hand over at start-up, the pages from the menu, the
duties from the separation matrix; only the two sentences that open each page are written by hand.

    # in an app's apps.py, ready():
    roles.describe(DRAW_LIFECYCLE)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts import duties, options
from mingcha.base.roles import Role
from mingcha.base.viewers import Grant, Officer
from mingcha.kernel.lifecycle import Lifecycle
from mingcha.web import navigation

_lifecycles: dict[str, Lifecycle[Any]] = {}


def describe(lifecycle: Lifecycle[Any]) -> None:
    """Let the role pages list the verbs of a lifecycle; the same name again replaces."""
    _lifecycles[lifecycle.name] = lifecycle


def described() -> tuple[Lifecycle[Any], ...]:
    """Every lifecycle that an app has handed over, in the order of the apps."""
    return tuple(_lifecycles.values())


@dataclass(frozen=True)
class _Words:
    sees: str | Promise
    first: str | Promise


_WORDS: dict[Role, _Words] = {
    Role.COORDINATOR: _Words(
        _("全局的清单、名录库、计划、抽查任务和结果。"),
        _("首页先看到：哪个计划、抽取或派发到期了，卡在哪里。"),
    ),
    Role.SECTION_HEAD: _Words(
        _("本股室及其下级的人员、任务和结果。"),
        _("首页先看到：等我审核的事，谁的任务太多，什么已经超期。"),
    ),
    Role.BUREAU_LEADER: _Words(
        _("全局的计划、结果和统计。"),
        _("首页先看到：等我批准的事，以及覆盖、整改、非现场占比和超期情况。"),
    ),
    Role.INSPECTOR: _Words(
        _("派给本人的检查任务和相关的检查对象。"),
        _("首页先看到：今天要去哪几家，以及进门出示的码。"),
    ),
    Role.OVERSEER: _Words(
        _("全局的抽取、结果、更正和职责记录；可以见证和核对摇号（也供司法局使用）。"),
        _("首页先看到：超期、过于频繁、录入马虎、结果被改等预警。"),
    ),
    Role.PARTNER: _Words(
        _("与本部门联合的抽查任务。"),
        _("首页先看到：需要本部门确认、派员或录入的事。"),
    ),
    Role.ADMINISTRATOR: _Words(
        _("单位、人员、角色、参数和系统运行情况。"),
        _("首页先看到：系统是否正常，哪些参数待确认，备份是否按时。"),
    ),
}


@dataclass(frozen=True)
class Verbs:
    """What may be done with one kind of thing."""

    thing: str
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class RolePage:
    """All that the page of one role shows, apart from who holds it."""

    role: Role
    label: str
    sees: str
    first: str
    verbs: tuple[Verbs, ...]
    pages: tuple[tuple[str, str], ...]
    duties: tuple[str, ...]
    second_factor: bool


def page_of(role: Role) -> RolePage:
    """The page of a role, from the tables and the menu as they are now."""
    words = _WORDS[role]
    bearer = Officer(id=0, name="", grants=(Grant(role=role),))
    return RolePage(
        role=role,
        label=str(role.label),
        sees=str(words.sees),
        first=str(words.first),
        verbs=tuple(_verbs_of(role)),
        pages=tuple((str(entry.label), entry.url) for entry in navigation.entries_for(bearer)),
        duties=tuple(gettext(duty.label) for duty in duties.catalogue.values() if role in duty.roles),
        second_factor=role.value in options.totp_roles(),
    )


def _verbs_of(role: Role) -> list[Verbs]:
    found = []
    for lifecycle in sorted(_lifecycles.values(), key=lambda table: table.name):
        # A verb may stand in several rows of the table; it is one thing to do.
        labels = dict.fromkeys(gettext(row.label) for row in lifecycle.transitions if role.value in row.roles)
        if labels:
            found.append(Verbs(gettext(lifecycle.label), tuple(labels)))
    return found
