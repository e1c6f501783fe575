"""The life of a request for a longer period of visits. Decided along a route; this table only follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import role_labels
from mingcha.kernel.lifecycle import Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

ASKED, GRANTED, REJECTED, WITHDRAWN = "asked", "granted", "rejected", "withdrawn"
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class ExtensionFacts:
    """Nothing is asked here: what stands in the way is asked of the batch (`services.dispatch.extending`)."""


EXTENSION: Final[Lifecycle[ExtensionFacts]] = Lifecycle(
    name="window_extension",
    label=_("延长检查期限"),
    states=(
        State(ASKED, _("待批准")),
        State(GRANTED, _("已延长"), final=True),
        State(REJECTED, _("不同意"), final=True),
        State(WITHDRAWN, _("已撤回"), final=True),
    ),
    initial=ASKED,
    transitions=(
        Transition("grant", _("同意延长"), (ASKED,), GRANTED, _NOBODY, by_system=True),
        Transition("reject", _("不同意"), (ASKED,), REJECTED, _NOBODY, by_system=True, needs_reason=True),
        Transition("withdraw", _("撤回"), (ASKED,), WITHDRAWN, _NOBODY, by_system=True),
    ),
    role_labels=role_labels(),
)
