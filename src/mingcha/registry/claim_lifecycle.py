"""The life of an arrival in the register: 待认领 → 已认领 or 不属本局监管 (plan 二（二）2)."""

from __future__ import annotations

from dataclasses import dataclass

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

PENDING, CLAIMED, DECLINED = "pending", "claimed", "declined"
#: The term within which an arrival is decided on; the law names none (parameter CLAIM_DAYS).
CLAIM_RULE = "CLAIM"


@dataclass(frozen=True)
class ClaimFacts:
    """Nothing but the state and who asks decides here."""


_KEEPERS = frozenset({Role.COORDINATOR, Role.SECTION_HEAD})

CLAIM: Lifecycle[ClaimFacts] = Lifecycle(
    name="claim",
    label=_("认领"),
    states=(
        State(PENDING, _("待认领")),
        State(CLAIMED, _("已认领"), final=True),
        State(DECLINED, _("不属本局监管")),
    ),
    initial=PENDING,
    transitions=(
        Transition("claim", _("认领"), (PENDING,), CLAIMED, _KEEPERS),
        Transition(
            "decline",
            _("不属本局监管"),
            (PENDING,),
            DECLINED,
            _KEEPERS,
            needs_reason=True,
        ),
        Transition("claim_after_all", _("改为认领"), (DECLINED,), CLAIMED, _KEEPERS, needs_reason=True),
    ),
    role_labels=role_labels(),
)
