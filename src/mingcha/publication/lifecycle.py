"""The life of one publication: 待审核 → 公示中 → 已更新 or 已撤下; or 已退回 (N7, R9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal
from mingcha.kernel.refusal import gettext_noop as _

PREPARED, PUBLISHED, SUPERSEDED = "prepared", "published", "superseded"
WITHDRAWN, RETURNED = "withdrawn", "returned"


@dataclass(frozen=True)
class PublicationFacts:
    """What the guards look at: whether the actor reviews this type, and whose word is still missing."""

    may_review: bool = True
    reviewers: str = ""
    change_noted: bool = True


def _reviewer(facts: PublicationFacts) -> Refusal | None:
    if facts.may_review:
        return None
    return Refusal(
        "publication.reviewer",
        _("这一类公示不归您的岗位审核"),
        _("国办发〔2018〕118号：公示信息发布前须经审核"),
        _("请由有权审核的岗位办理：%(who)s"),
        {"who": facts.reviewers or "—"},
    )


def _change_noted(facts: PublicationFacts) -> Refusal | None:
    if facts.change_noted:
        return None
    return Refusal(
        "publication.change_note",
        _("前一版正在公示，新的一版没有写明改了什么、为什么改"),
        _("本局方案：结果一经公示不得随意更改；更正须写明理由，前后差别一并公开"),
        _("请退回，写明更新说明后再提交"),
    )


_REVIEWERS: Final = frozenset({Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER})
REVIEWER: Final = Guard[PublicationFacts]("reviews this type", _reviewer)
CHANGE_NOTED: Final = Guard[PublicationFacts]("the change is explained", _change_noted)

PUBLICATION: Final = Lifecycle[PublicationFacts](
    name="publication",
    label=_("公示"),
    states=(
        State(PREPARED, _("待审核")),
        State(PUBLISHED, _("公示中")),
        State(SUPERSEDED, _("已被新版代替")),
        State(WITHDRAWN, _("已撤下"), final=True),
        State(RETURNED, _("已退回"), final=True),
    ),
    initial=PREPARED,
    role_labels=role_labels(),
    transitions=(
        Transition(
            "publish",
            _("审核通过，公示"),
            (PREPARED,),
            PUBLISHED,
            _REVIEWERS,
            guards=(REVIEWER, CHANGE_NOTED),
            by_system=True,
        ),
        Transition(
            "return",
            _("退回"),
            (PREPARED,),
            RETURNED,
            _REVIEWERS,
            guards=(REVIEWER,),
            by_system=True,
            needs_reason=True,
        ),
        Transition("supersede", _("由新版代替"), (PUBLISHED,), SUPERSEDED, frozenset(), by_system=True),
        Transition(
            "withdraw",
            _("撤下"),
            (PUBLISHED, SUPERSEDED),
            WITHDRAWN,
            _REVIEWERS,
            guards=(REVIEWER,),
            by_system=True,
            needs_reason=True,
        ),
    ),
)
