"""The lives of what follows from a record: 更正 and 抄告."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

ASKED, APPROVED, REJECTED, WITHDRAWN = "asked", "approved", "rejected", "withdrawn"
DRAFTED, SENT, ANSWERED, DROPPED, REPLACED = "drafted", "sent", "answered", "dropped", "replaced"
#: What the authority has in its hands.
TOLD = (SENT, ANSWERED, REPLACED)


@dataclass(frozen=True)
class CorrectionFacts:
    """Whether the record that is to be corrected is still the one that was looked at."""

    current: bool = True


_guard: Guarding[CorrectionFacts] = Guarding("correction")

STILL_CURRENT = _guard(
    "stale",
    lambda facts: not facts.current,
    _("提出更正以后，检查记录又有了新的一版"),
    _("本局方案三（二）：严禁擅自修改检查结果"),
    _("请不同意这一件，对照现在的记录另行提出"),
)

#: Decided along the approval route "correction"; this table only follows.
CORRECTION: Final[Lifecycle[CorrectionFacts]] = Lifecycle(
    name="correction",
    label=_("检查结果更正"),
    states=(
        State(ASKED, _("待批准")),
        State(APPROVED, _("已更正"), final=True),
        State(REJECTED, _("不同意"), final=True),
        State(WITHDRAWN, _("已撤回"), final=True),
    ),
    initial=ASKED,
    transitions=(
        Transition(
            "approve",
            _("同意更正"),
            (ASKED,),
            APPROVED,
            frozenset(),
            guards=(STILL_CURRENT,),
            by_system=True,
        ),
        Transition("reject", _("不同意"), (ASKED,), REJECTED, frozenset(), by_system=True, needs_reason=True),
        Transition("withdraw", _("撤回"), (ASKED,), WITHDRAWN, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)


@dataclass(frozen=True)
class ReferralFacts:
    """Whether the authority to which it goes is named."""

    addressed: bool = True


_of_referral: Guarding[ReferralFacts] = Guarding("referral")

ADDRESSED = _of_referral(
    "no_address",
    lambda facts: not facts.addressed,
    _("还没有写明抄告给哪个部门"),
    _("国家企业信用信息公示系统口径：违反其他部门规定的，抄告相关部门"),
    _("请先填写抄告的部门"),
)
_CLERKS = frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value, Role.INSPECTOR.value})

REFERRAL: Final[Lifecycle[ReferralFacts]] = Lifecycle(
    name="referral",
    label=_("抄告"),
    states=(
        State(DRAFTED, _("待发出")),
        State(SENT, _("待反馈")),
        State(ANSWERED, _("已反馈"), final=True),
        State(DROPPED, _("不再抄告"), final=True),
        State(REPLACED, _("已另行更正告知"), final=True),
    ),
    initial=DRAFTED,
    transitions=(
        Transition("send", _("登记发出"), (DRAFTED,), SENT, _CLERKS, guards=(ADDRESSED,)),
        Transition("answer", _("登记反馈"), (SENT,), ANSWERED, _CLERKS),
        Transition(
            "drop",
            _("结果已更正，不再抄告"),
            (DRAFTED,),
            DROPPED,
            frozenset(),
            by_system=True,
        ),
        Transition("replace", _("已另行更正告知"), (SENT,), REPLACED, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
