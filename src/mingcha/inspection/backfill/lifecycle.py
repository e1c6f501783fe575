"""The life of a 回填清单: made, read back until everything on it is published there, or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

OPEN, DONE, DROPPED = "open", "done", "dropped"
_BASIS = _("本局方案二（一）：检查结果全过程规范、高效、准确录入省监管平台")


@dataclass(frozen=True)
class ReturnFacts:
    """What the guards look at.

    waiting   inspections on it that were not yet read back as published
    published inspections on it that were
    """

    waiting: int = 0
    published: int = 0


_guard: Guarding[ReturnFacts] = Guarding("return")

ALL_PUBLISHED = _guard(
    "waiting",
    lambda facts: facts.waiting > 0,
    _("还有 %(waiting)s 户没有从省平台读回公示日期，或者和省平台不一致"),
    _BASIS,
    _("请在省平台公示、改正以后导出，再读回"),
    lambda facts: {"waiting": facts.waiting},
)
NONE_PUBLISHED = _guard(
    "published",
    lambda facts: facts.published > 0,
    _("清单上有 %(published)s 户已经在省平台公示"),
    _BASIS,
    _("已经公示的不能再回填一次；其余的请继续读回"),
    lambda facts: {"published": facts.published},
)

_KEEPERS = frozenset({Role.COORDINATOR.value})

RETURN: Final[Lifecycle[ReturnFacts]] = Lifecycle(
    name="return",
    label=_("回填清单"),
    states=(
        State(OPEN, _("待读回")),
        State(DONE, _("已全部公示")),
        State(DROPPED, _("已作废"), final=True),
    ),
    initial=OPEN,
    transitions=(
        Transition("read", _("读回省平台的导出"), (OPEN,), OPEN, _KEEPERS),
        Transition("finish", _("全部公示"), (OPEN,), DONE, frozenset(), (ALL_PUBLISHED,), by_system=True),
        # A result was corrected here: the platform's is to be put right and read back once more.
        Transition("reopen", _("更正后重新读回"), (DONE,), OPEN, frozenset(), by_system=True),
        Transition("drop", _("作废"), (OPEN,), DROPPED, _KEEPERS, (NONE_PUBLISHED,), needs_reason=True),
    ),
    role_labels=role_labels(),
)
