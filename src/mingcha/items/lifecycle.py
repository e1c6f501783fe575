"""The life of a version of an item, and of a change of the list (domain E3; issue of the list by approval).

A version: 草稿 → 待审 → 已公布 → 停用; a draft that nobody needs is given up. A published version never
changes: whoever wants another text drafts the next version. A change of the list takes any number of
versions through one approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingcha.base.roles import Role, role_labels
from mingcha.base.viewers import Viewer
from mingcha.kernel.lifecycle import Guard, Lifecycle, State, Transition
from mingcha.kernel.refusal import Refusal
from mingcha.kernel.refusal import gettext_noop as _

DRAFT, PROPOSED, PUBLISHED, STOPPED, DISCARDED = "draft", "proposed", "published", "stopped", "discarded"
#: States of a version that was published once; whether it is in force on a day is a matter of its dates.
PUBLIC = (PUBLISHED, STOPPED)

#: Who drafts and proposes; who may take an item off the list.
KEEPERS = (Role.COORDINATOR, Role.SECTION_HEAD)
_KEEPERS = frozenset(role.value for role in KEEPERS)
DECIDERS = frozenset({Role.SECTION_HEAD.value, Role.BUREAU_LEADER.value})

E3 = _("国办发〔2024〕54号三：检查事项须依法确定并公布，未经公布的不得实施")


def keeps(viewer: Viewer) -> bool:
    """Whether this viewer keeps the list: drafts, proposes, reviews what the law changed."""
    return bool(viewer.roles & _KEEPERS)


@dataclass(frozen=True)
class VersionFacts:
    """What the guards look at.

    bases, points  how many articles and check points it has
    baseless       positions of points that rest on nothing
    stale          bindings whose article has changed since, not reviewed
    unread         positions of points whose source nobody has read: their text says 待确认
    changed        articles it rests on that have changed or are gone
    awaits         whether it still bears the mark 待确认
    later          first day of a version of the same item published to begin later; None for none
    last_day       the last day it is in force, None for no end
    """

    bases: int = 1
    points: int = 1
    baseless: tuple[int, ...] = ()
    code: str = ""
    stale: int = 0
    unread: tuple[int, ...] = ()
    changed: tuple[str, ...] = ()
    awaits: bool = True
    later: date | None = None
    last_day: date | None = None
    today: date | None = None


def _has_bases(facts: VersionFacts) -> Refusal | None:
    if facts.bases:
        return None
    return Refusal(
        "item.no_basis",
        _("事项%(code)s没有写明检查依据的条款"),
        E3,
        _("请在“检查依据”中写明法律、法规、规章的条款；没有依据的事项不能列入清单"),
        {"code": facts.code},
    )


def _has_points(facts: VersionFacts) -> Refusal | None:
    if facts.points:
        return None
    return Refusal(
        "item.no_points",
        _("事项%(code)s还没有检查要点"),
        _("国办发〔2024〕54号五：检查标准须向社会公布"),
        _("请写明检查要点和合格标准"),
        {"code": facts.code},
    )


def _points_rest_on_something(facts: VersionFacts) -> Refusal | None:
    if not facts.baseless:
        return None
    return Refusal(
        "item.point_without_basis",
        _("事项%(code)s的第 %(points)s 项要点没有依据"),
        E3,
        _("请为每个要点写明条款；原文确实没有入库的，在“原文未入库的依据”中写明名称，将标为待确认"),
        {"code": facts.code, "points": "、".join(str(place) for place in facts.baseless)},
    )


def _nothing_stale(facts: VersionFacts) -> Refusal | None:
    if not facts.stale:
        return None
    return Refusal(
        "item.stale_basis",
        _("事项%(code)s有 %(count)s 处依据在起草后已有变动"),
        E3,
        _("请打开草稿对照新条文核对，保存后即按新文本重新绑定"),
        {"code": facts.code, "count": facts.stale},
    )


def _nothing_later(facts: VersionFacts) -> Refusal | None:
    if facts.later is None:
        return None
    return Refusal(
        "item.later_version",
        _("事项%(code)s已有一个版本自 %(day)s 起施行，新版本的施行日期要更晚"),
        _("本局监管工作实施方案二（二）1：清单动态调整"),
        _("请把施行日期改到 %(day)s 之后"),
        {"code": facts.code, "day": facts.later.isoformat()},
    )


def _still_awaits(facts: VersionFacts) -> Refusal | None:
    if facts.awaits:
        return None
    return Refusal(
        "item.confirmed",
        _("事项%(code)s已经核对确认，不用再确认"),
        _("本局监管工作实施方案二（二）1：清单合法合规"),
        _("请刷新页面查看"),
        {"code": facts.code},
    )


def _nothing_unread(facts: VersionFacts) -> Refusal | None:
    if not facts.unread:
        return None
    return Refusal(
        "item.unread_points",
        _("事项%(code)s的第 %(points)s 项要点，文字里写着待确认"),
        E3,
        _("请拟定新版本，对照原文改写这几项，批准公布后即可确认"),
        {"code": facts.code, "points": "、".join(str(place) for place in facts.unread)},
    )


def _law_stands(facts: VersionFacts) -> Refusal | None:
    if not facts.changed:
        return None
    return Refusal(
        "item.changed_basis",
        _("事项%(code)s的依据有变动：%(bases)s"),
        E3,
        _("请先在“依据变动”中对照新旧条文复核；条文已废止的，拟定新版本"),
        {"code": facts.code, "bases": "、".join(facts.changed)},
    )


def _still_in_force(facts: VersionFacts) -> Refusal | None:
    if facts.last_day is None or facts.today is None or facts.last_day >= facts.today:
        return None
    return Refusal(
        "item.over",
        _("这个版本已于 %(day)s 停止施行，不能再停用、确认"),
        _("本局监管工作实施方案二（二）1：清单动态调整"),
        _("请在事项现在施行的版本上办理"),
        {"day": facts.last_day.isoformat()},
    )


VERSION: Lifecycle[VersionFacts] = Lifecycle(
    name="item_version",
    label=_("抽查事项"),
    states=(
        State(DRAFT, _("草稿")),
        State(PROPOSED, _("待审")),
        State(PUBLISHED, _("已公布")),
        State(STOPPED, _("停用"), final=True),
        State(DISCARDED, _("放弃的草稿"), final=True),
    ),
    initial=DRAFT,
    transitions=(
        Transition(
            "propose",
            _("提请公布"),
            (DRAFT,),
            PROPOSED,
            _KEEPERS,
            guards=(
                Guard("has bases", _has_bases),
                Guard("has points", _has_points),
                Guard("points rest on something", _points_rest_on_something),
                Guard("nothing stale", _nothing_stale),
                Guard("nothing later", _nothing_later),
            ),
            by_system=True,
        ),
        Transition("return", _("退回修改"), (PROPOSED,), DRAFT, frozenset(), by_system=True),
        Transition(
            "publish",
            _("公布"),
            (PROPOSED,),
            PUBLISHED,
            frozenset(),
            guards=(Guard("nothing later", _nothing_later),),
            by_system=True,
        ),
        Transition(
            "confirm",
            _("核对无误，确认"),
            (PUBLISHED,),
            PUBLISHED,
            DECIDERS,
            guards=(
                Guard("still awaits", _still_awaits),
                Guard("nothing unread", _nothing_unread),
                Guard("law stands", _law_stands),
                Guard("still in force", _still_in_force),
            ),
        ),
        Transition(
            "stop",
            _("停用"),
            (PUBLISHED,),
            STOPPED,
            DECIDERS,
            guards=(Guard("still in force", _still_in_force),),
            needs_reason=True,
        ),
        Transition("discard", _("放弃草稿"), (DRAFT,), DISCARDED, _KEEPERS, needs_reason=True),
    ),
    role_labels=role_labels(),
)

UNDER_WAY, ISSUED, SENT_BACK, WITHDRAWN = "under_way", "issued", "sent_back", "withdrawn"


@dataclass(frozen=True)
class RevisionFacts:
    """Nothing but the state decides here: the approval does."""


REVISION: Lifecycle[RevisionFacts] = Lifecycle(
    name="item_list_revision",
    label=_("清单调整"),
    states=(
        State(UNDER_WAY, _("待审批")),
        State(SENT_BACK, _("已退回")),
        State(ISSUED, _("已公布"), final=True),
        State(WITHDRAWN, _("已撤回"), final=True),
    ),
    initial=UNDER_WAY,
    transitions=(
        Transition("send_back", _("退回"), (UNDER_WAY,), SENT_BACK, frozenset(), by_system=True),
        Transition("submit_again", _("重新提交"), (SENT_BACK,), UNDER_WAY, frozenset(), by_system=True),
        Transition("issue", _("公布"), (UNDER_WAY,), ISSUED, frozenset(), by_system=True),
        Transition("withdraw", _("撤回"), (UNDER_WAY, SENT_BACK), WITHDRAWN, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
