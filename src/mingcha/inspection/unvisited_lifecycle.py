"""未检查: the life of saying that nobody will go to a firm, and why (国办发〔2024〕54号五; 本局方案三（二）).

Whoever goes there, or answers for it, says so; somebody else who was not to go decides. A visit that was not
made is no result and counts for nothing: it ends as 未检查 with its reason, before the public too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

ASKED, GRANTED, REJECTED, WITHDRAWN, LAPSED = "asked", "granted", "rejected", "withdrawn", "lapsed"
#: 严禁 to leave out what is on the list, or to enter what was not done.
BASIS: Final = _("国办发〔2024〕54号五：按批准的方案检查；本局方案三（二）：严禁随意录入、擅自修改检查结果")


@dataclass(frozen=True)
class UnvisitedFacts:
    """Whether who acts has asked for it, is of the team, and is reached by the section that leads."""

    own: bool = False
    of_the_team: bool = False
    decides_it: bool = True


_guard: Guarding[UnvisitedFacts] = Guarding("unvisited")

ANOTHER_DECIDES = _guard(
    "own",
    lambda facts: facts.own,
    _("这件“未检查”由您提出，须由另一个人决定"),
    BASIS,
    _("请由股室负责人或其 AB 岗代理人决定；股室没有别人的，由局领导决定"),
)
NOT_OF_THE_TEAM = _guard(
    "of_the_team",
    lambda facts: facts.of_the_team,
    _("您是这次检查的检查人员，不能决定它“未检查”"),
    BASIS,
    _("请由不去这一户的股室负责人决定；股室没有的，由局领导决定"),
)
ITS_SECTION_DECIDES = _guard(
    "another_section",
    lambda facts: not facts.decides_it,
    _("这次检查不是您的股室或部门牵头的"),
    BASIS,
    _("请由牵头的股室负责人决定；股室没有可以决定的人的，由局领导决定"),
)
ONLY_ONES_OWN = _guard(
    "not_own",
    lambda facts: not facts.own,
    _("只有提出人可以撤回"),
    BASIS,
    _("请联系提出人；不应当办的，由决定的人写明理由不同意"),
)
_DECIDERS: Final = frozenset({Role.SECTION_HEAD.value, Role.PARTNER.value, Role.BUREAU_LEADER.value})
#: Who says it: 主检, and the heads of what leads.
ASKERS: Final = (Role.INSPECTOR, Role.SECTION_HEAD, Role.PARTNER)
_ASKERS: Final = frozenset(role.value for role in ASKERS)
_GUARDS: Final = (ANOTHER_DECIDES, NOT_OF_THE_TEAM, ITS_SECTION_DECIDES)

UNVISITED: Final[Lifecycle[UnvisitedFacts]] = Lifecycle(
    name="unvisited",
    label=_("未检查"),
    states=(
        State(ASKED, _("待批准")),
        State(GRANTED, _("未检查"), final=True),
        State(REJECTED, _("不同意，仍须检查"), final=True),
        State(WITHDRAWN, _("已撤回"), final=True),
        State(LAPSED, _("已入企或已取消，不用再办"), final=True),
    ),
    initial=ASKED,
    transitions=(
        Transition("grant", _("同意未检查"), (ASKED,), GRANTED, _DECIDERS, guards=_GUARDS),
        Transition("reject", _("不同意"), (ASKED,), REJECTED, _DECIDERS, guards=_GUARDS, needs_reason=True),
        Transition(
            "withdraw",
            _("撤回"),
            (ASKED,),
            WITHDRAWN,
            _ASKERS,
            guards=(ONLY_ONES_OWN,),
        ),
        Transition("lapse", _("已入企或已取消"), (ASKED,), LAPSED, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
