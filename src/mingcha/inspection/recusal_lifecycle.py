"""The life of a firm's application that somebody stays away (回避申请; 处罚法43; 部令25第26条; T09).

It stops nothing: until the head decides, the visit goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

WAITING, GRANTED, REJECTED, ENDED = "waiting", "granted", "rejected", "ended"
#: The term within which the head decides (domain §3.2).
RULE: Final = "T09"
_BASIS = _("《行政处罚法》第四十三条；《劳动保障监察条例》第十六条")


@dataclass(frozen=True)
class ApplicationFacts:
    """What decides about an application.

    of_the_team   whoever acts goes there, or is the one applied against
    elsewhere     a request to replace the person waits: the decision on that one is the decision
    substitute    somebody comes in the person's place, or nobody has to
    fit           whoever comes may go
    """

    of_the_team: bool = False
    elsewhere: bool = False
    substitute: bool = True
    fit: bool = True


_guard: Guarding[ApplicationFacts] = Guarding("recusal_application")

ANOTHER_DECIDES = _guard(
    "of_the_team",
    lambda facts: facts.of_the_team,
    _("您参加这次检查，不能决定对检查人员的回避申请"),
    _BASIS,
    _("请由没有参加的局领导或其 AB 岗代理人决定"),
)
DECIDED_HERE = _guard(
    "elsewhere",
    lambda facts: facts.elsewhere,
    _("这名检查人员由抽取选派，已经按规则推算出接替的人"),
    _("SSJ-1 抽取协议 §7.7：替换人员由规则确定，任何人不得挑选"),
    _("请在“更换检查人员”的申请里决定，决定一次即可"),
)
SOMEBODY_COMES = _guard(
    "substitute",
    lambda facts: not facts.substitute,
    _("没有指定接替的检查人员，去的人不足两名"),
    _("国办发〔2024〕54号五：实施检查的人员不得少于两人；行政处罚法第42条"),
    _("请选择一名接替的执法人员"),
)
SUBSTITUTE_MAY_GO = _guard(
    "fit",
    lambda facts: not facts.fit,
    _("选的人在剩下的检查期间不能参加这次检查"),
    _("国办发〔2024〕54号五；行政处罚法第42条"),
    _("请改选别人"),
)
_DECIDERS = frozenset({Role.BUREAU_LEADER.value})

APPLICATION: Final[Lifecycle[ApplicationFacts]] = Lifecycle(
    name="recusal_application",
    label=_("回避申请"),
    states=(
        State(WAITING, _("待决定")),
        State(GRANTED, _("准予回避"), final=True),
        State(REJECTED, _("不予回避"), final=True),
        State(ENDED, _("检查已取消，不用再决定"), final=True),
    ),
    initial=WAITING,
    transitions=(
        Transition(
            "grant",
            _("准予回避"),
            (WAITING,),
            GRANTED,
            _DECIDERS,
            guards=(ANOTHER_DECIDES, DECIDED_HERE, SOMEBODY_COMES, SUBSTITUTE_MAY_GO),
            by_system=True,
        ),
        Transition(
            "reject",
            _("不予回避"),
            (WAITING,),
            REJECTED,
            _DECIDERS,
            guards=(ANOTHER_DECIDES, DECIDED_HERE),
            needs_reason=True,
            by_system=True,
        ),
        Transition("end", _("检查已取消"), (WAITING,), ENDED, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
