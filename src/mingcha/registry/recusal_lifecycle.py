"""The life of a declared recusal: 待批准 → 已批准 or 不予回避 (处罚法43; 部令25第26条, T09).

An approved one is never changed: a change is declared beside it, and takes its place when it is approved.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

DECLARED, APPROVED, REJECTED, REPLACED = "declared", "approved", "rejected", "replaced"
#: The term within which the head decides (domain §3.2).
DECISION_RULE = "T09"


@dataclass(frozen=True)
class RecusalFacts:
    """Nothing but the state and who asks decides here; who declared does not decide (accounts.duties)."""


_DECIDERS = frozenset({Role.BUREAU_LEADER})
_DECLARERS = frozenset({Role.COORDINATOR, Role.INSPECTOR})

RECUSAL: Lifecycle[RecusalFacts] = Lifecycle(
    name="recusal",
    label=_("回避"),
    states=(
        State(DECLARED, _("待批准")),
        State(APPROVED, _("已批准")),
        State(REJECTED, _("不予回避")),
        State(REPLACED, _("已变更"), final=True),
    ),
    initial=DECLARED,
    transitions=(
        Transition("approve", _("批准回避"), (DECLARED,), APPROVED, _DECIDERS),
        Transition(
            "reject",
            _("不予回避"),
            (DECLARED,),
            REJECTED,
            _DECIDERS,
            needs_reason=True,
        ),
        Transition(
            "declare_again",
            _("重新申报"),
            (REJECTED,),
            DECLARED,
            _DECLARERS,
        ),
        Transition("replace", _("由批准的变更取代"), (APPROVED,), REPLACED, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
