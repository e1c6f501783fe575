"""The life of a request for a 候补 or a 更换, from 待批准 to how it ends (draw protocol §7.0 T6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

WAITING, APPROVED, REJECTED, WITHDRAWN, LAPSED = "waiting", "approved", "rejected", "withdrawn", "lapsed"


@dataclass(frozen=True)
class ChangeFacts:
    """Whether who acts has asked for it himself."""

    own: bool = False


_guard: Guarding[ChangeFacts] = Guarding("change")

ANOTHER_DECIDES = _guard(
    "own",
    lambda facts: facts.own,
    _("这件申请由您提出，须由另一个人决定"),
    _("国办发〔2015〕58号：全程留痕、责任可追溯；提出与批准分离"),
    _("请由另一位局领导或其 AB 岗代理人决定"),
)
ONLY_ONES_OWN = _guard(
    "not_own",
    lambda facts: not facts.own,
    _("只有提出人可以撤回"),
    _("国办发〔2015〕58号：全程留痕、责任可追溯"),
    _("请联系提出人；不应当办的，由局领导写明理由不同意"),
)
_DECIDERS = frozenset({Role.BUREAU_LEADER.value})
_ASKERS = frozenset(
    {Role.COORDINATOR.value, Role.SECTION_HEAD.value, Role.PARTNER.value, Role.INSPECTOR.value}
)

CHANGE: Final[Lifecycle[ChangeFacts]] = Lifecycle(
    name="change_request",
    label=_("候补、更换申请"),
    states=(
        State(WAITING, _("待批准")),
        State(APPROVED, _("已批准"), final=True),
        State(REJECTED, _("不同意"), final=True),
        State(WITHDRAWN, _("已撤回"), final=True),
        State(LAPSED, _("已失效"), final=True),
    ),
    initial=WAITING,
    transitions=(
        Transition("approve", _("同意"), (WAITING,), APPROVED, _DECIDERS, guards=(ANOTHER_DECIDES,)),
        Transition(
            "reject",
            _("不同意"),
            (WAITING,),
            REJECTED,
            _DECIDERS,
            guards=(ANOTHER_DECIDES,),
            needs_reason=True,
        ),
        Transition("fall_away", _("不予回避，不再更换"), (WAITING,), REJECTED, frozenset(), by_system=True),
        Transition("lapse", _("任务已撤销，不用再办"), (WAITING,), LAPSED, frozenset(), by_system=True),
        Transition("withdraw", _("撤回"), (WAITING,), WITHDRAWN, _ASKERS, guards=(ONLY_ONES_OWN,)),
    ),
    role_labels=role_labels(),
)
