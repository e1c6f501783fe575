"""The tables of what lives in basics: deadlines and approvals (design §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.basics.models.approvals import ApprovalState
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.kernel.lifecycle import Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal, gettext_noop

_ANYBODY: Final = frozenset(role.value for role in Role)
_DECIDERS: Final = frozenset({Role.SECTION_HEAD.value, Role.BUREAU_LEADER.value})
_KEEPERS: Final = _DECIDERS | {Role.COORDINATOR.value}


@dataclass(frozen=True)
class DeadlineFacts:
    """What extending a deadline depends on."""

    extendable: bool = True
    extended: bool = False
    approved: bool = False
    basis: str = ""


def _may_be_extended(facts: DeadlineFacts) -> Refusal | None:
    if facts.extendable:
        return None
    return Refusal(
        "deadline.not_extendable",
        gettext_noop("这一期限没有可以延长的规定"),
        facts.basis or gettext_noop("期限规则表"),
        gettext_noop("请在到期前办结；确有延长依据的，先由综合经办在“期限规则”中录入"),
    )


def _only_once(facts: DeadlineFacts) -> Refusal | None:
    if not facts.extended:
        return None
    return Refusal(
        "deadline.extended_once",
        gettext_noop("这一期限已经延长过一次，不能再延长"),
        facts.basis or gettext_noop("期限规则表"),
        gettext_noop("请在现在的到期日前办结"),
    )


def _is_approved(facts: DeadlineFacts) -> Refusal | None:
    if facts.approved:
        return None
    return Refusal(
        "deadline.not_approved",
        gettext_noop("延长期限还没有经过批准"),
        facts.basis or gettext_noop("期限规则表"),
        gettext_noop("请先提请审批，批准后期限自动延长"),
    )


DEADLINE: Final = Lifecycle[DeadlineFacts](
    name="deadline",
    label=gettext_noop("期限"),
    states=tuple(
        State(state.value, str(state.label), final=state not in ("running", "overdue"))
        for state in DeadlineState
    ),
    initial=DeadlineState.RUNNING.value,
    role_labels=role_labels(),
    transitions=(
        Transition(
            "meet",
            gettext_noop("办结"),
            (DeadlineState.RUNNING.value,),
            DeadlineState.MET.value,
            _ANYBODY,
            by_system=True,
        ),
        Transition(
            "meet",
            gettext_noop("办结"),
            (DeadlineState.OVERDUE.value,),
            DeadlineState.MET_LATE.value,
            _ANYBODY,
            by_system=True,
        ),
        Transition(
            "pass",
            gettext_noop("届满"),
            (DeadlineState.RUNNING.value,),
            DeadlineState.OVERDUE.value,
            frozenset(),
            by_system=True,
        ),
        Transition(
            "extend",
            gettext_noop("延长"),
            (DeadlineState.RUNNING.value,),
            DeadlineState.RUNNING.value,
            _DECIDERS,
            guards=(
                Guard("may be extended", _may_be_extended),
                Guard("only once", _only_once),
                Guard("approved", _is_approved),
            ),
            needs_reason=True,
            by_system=True,
        ),
        Transition(
            "cancel",
            gettext_noop("取消"),
            (DeadlineState.RUNNING.value, DeadlineState.OVERDUE.value),
            DeadlineState.CANCELLED.value,
            _KEEPERS,
            needs_reason=True,
            by_system=True,
        ),
    ),
)


@dataclass(frozen=True)
class ApprovalFacts:
    """Who the actor is to this approval, and what the route allows.

    `had_part`: the actor took part in what is decided on; `others` names who may decide instead.
    `elsewhere`: it came back, and only a verb of the thing itself proposes it again (`decisions`).
    """

    is_proposer: bool = False
    had_part: bool = False
    others: str = ""
    may_take_step: bool = True
    step_label: str = ""
    step_who: str = ""
    emergency_allowed: bool = True
    elsewhere: bool = False
    basis: str = ""


def _route(facts: ApprovalFacts) -> str:
    return facts.basis or gettext_noop("审批路线表")


def _not_own(facts: ApprovalFacts) -> Refusal | None:
    if not facts.is_proposer:
        return None
    return Refusal(
        "approval.own",
        gettext_noop("这件审批由您本人提请，不能由您审批"),
        gettext_noop("国办发〔2024〕54号：实施行政检查须经行政机关负责人批准；提请与审批分离"),
        gettext_noop("请由路线上的其他有权人员或其 AB 岗代理人审批"),
    )


def _no_part(facts: ApprovalFacts) -> Refusal | None:
    if not facts.had_part:
        return None
    return Refusal(
        "approval.had_part",
        gettext_noop("您参加了这件事项的办理，不能审批它"),
        _route(facts),
        gettext_noop("请由没有参加办理的人审批，例如：%(others)s")
        if facts.others
        else gettext_noop("目前没有其他人有权审批，请系统管理员给没有参加办理的人授予相应角色"),
        {"others": facts.others},
    )


def _takes_step(facts: ApprovalFacts) -> Refusal | None:
    if facts.may_take_step:
        return None
    return Refusal(
        "approval.step",
        gettext_noop("目前的环节是“%(step)s”，不归您办理"),
        _route(facts),
        gettext_noop("请由%(who)s办理"),
        {"step": facts.step_label or "—", "who": facts.step_who or "—"},
    )


def _by_proposer(facts: ApprovalFacts) -> Refusal | None:
    if facts.is_proposer:
        return None
    return Refusal(
        "approval.proposer",
        gettext_noop("只有提请人可以提交或撤回这件审批"),
        _route(facts),
        gettext_noop("请联系提请人；需要退回的，由审批人办理退回"),
    )


def _not_elsewhere(facts: ApprovalFacts) -> Refusal | None:
    if not facts.elsewhere:
        return None
    return Refusal(
        "approval.elsewhere",
        gettext_noop("这件审批已经退回，不再从这里提交或撤回"),
        _route(facts),
        gettext_noop("请打开审批对象的页面：能改的，修改后重新提请；没有同意的，另行提出"),
    )


def _emergency(facts: ApprovalFacts) -> Refusal | None:
    if facts.emergency_allowed:
        return None
    return Refusal(
        "approval.no_emergency",
        gettext_noop("这类事项不允许先电话批准"),
        _route(facts),
        gettext_noop("请按审批路线提请审批"),
    )


_OWN: Final = Guard[ApprovalFacts]("not one's own", _not_own)
_APART: Final = Guard[ApprovalFacts]("had no part in it", _no_part)
_STEP: Final = Guard[ApprovalFacts]("takes this step", _takes_step)
_PROPOSER: Final = Guard[ApprovalFacts]("by the proposer", _by_proposer)
_HERE: Final = Guard[ApprovalFacts]("not by a verb of the thing", _not_elsewhere)

APPROVAL: Final = Lifecycle[ApprovalFacts](
    name="approval",
    label=gettext_noop("审批"),
    states=tuple(
        State(state.value, str(state.label), final=state in ("approved", "withdrawn"))
        for state in ApprovalState
    ),
    initial=ApprovalState.DRAFT.value,
    role_labels=role_labels(),
    transitions=(
        Transition(
            "submit",
            gettext_noop("提交"),
            (ApprovalState.DRAFT.value, ApprovalState.RETURNED.value),
            ApprovalState.SUBMITTED.value,
            _ANYBODY,
            guards=(_PROPOSER, _HERE),
            by_system=True,
        ),
        Transition(
            "telephone",
            gettext_noop("登记电话批准"),
            (ApprovalState.DRAFT.value, ApprovalState.SUBMITTED.value),
            ApprovalState.BY_TELEPHONE.value,
            _ANYBODY,
            guards=(_PROPOSER, Guard("emergency allowed", _emergency)),
            needs_reason=True,
        ),
        Transition(
            "approve",
            gettext_noop("同意"),
            (ApprovalState.SUBMITTED.value,),
            ApprovalState.APPROVED.value,
            _ANYBODY,
            guards=(_OWN, _APART, _STEP),
        ),
        Transition(
            "approve",
            gettext_noop("补办同意"),
            (ApprovalState.BY_TELEPHONE.value,),
            ApprovalState.APPROVED.value,
            _ANYBODY,
            guards=(_OWN, _APART, _STEP),
        ),
        Transition(
            "return",
            gettext_noop("退回"),
            (ApprovalState.SUBMITTED.value,),
            ApprovalState.RETURNED.value,
            _ANYBODY,
            guards=(_OWN, _APART, _STEP),
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            gettext_noop("撤回"),
            (ApprovalState.DRAFT.value, ApprovalState.SUBMITTED.value, ApprovalState.RETURNED.value),
            ApprovalState.WITHDRAWN.value,
            _ANYBODY,
            guards=(_PROPOSER, _HERE),
            needs_reason=True,
        ),
    ),
)
