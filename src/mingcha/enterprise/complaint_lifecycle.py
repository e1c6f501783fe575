"""The life of a firm's complaint about a visit: 待处理 → 已处理, by the overseer, once (54号三、十)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

OPEN, HANDLED = "open", "handled"


@dataclass(frozen=True)
class ComplaintFacts:
    """Nothing but the state and who asks decides here."""


COMPLAINT: Final[Lifecycle[ComplaintFacts]] = Lifecycle(
    name="visit_complaint",
    label=_("企业投诉"),
    states=(State(OPEN, _("待处理")), State(HANDLED, _("已处理"), final=True)),
    initial=OPEN,
    transitions=(
        Transition(
            "handle",
            _("记录处理情况"),
            (OPEN,),
            HANDLED,
            frozenset({Role.OVERSEER.value}),
            needs_reason=True,
        ),
    ),
    role_labels=role_labels(),
)
