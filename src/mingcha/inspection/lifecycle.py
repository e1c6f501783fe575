"""The life of an inspection: one visit to one firm (N1, N3, N7; domain §1 E7–E8, §2.5, §12).

A drawn one begins at 待检查: its campaign's scheme and list are approved, once. A single one is drafted and
approved first. No check-in, no record; who was there does not review; what was submitted is locked.
"""

from __future__ import annotations

from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.inspection import proposing
from mingcha.inspection.facts import InspectionFacts
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

DRAFT, PROPOSED, READY = "draft", "proposed", "ready"
ON_SITE, RECORDING, TO_REVIEW = "on_site", "recording", "to_review"
REVIEWED, PUBLISHED, NOTED, CANCELLED = "reviewed", "published", "noted", "cancelled"
#: Nobody went there, for a reason that somebody else has agreed to.
UNVISITED = "unvisited"
#: Nobody has been there yet.
AHEAD = (DRAFT, PROPOSED, READY)
#: Nobody has been there and left: what is still to be visited.
TO_VISIT = (*AHEAD, ON_SITE)
#: Somebody is there, or has been there and has not yet submitted what was found.
UNDER_WAY = (ON_SITE, RECORDING)
#: Approved, and what is found is not handed in: whoever goes there works on it.
IN_HAND = (READY, *UNDER_WAY)
#: Nothing is done about it any more.
OVER = (PUBLISHED, NOTED, CANCELLED, UNVISITED)
#: What was found stands: it is changed by a correction only (N7).
SUBMITTED = (TO_REVIEW, REVIEWED, PUBLISHED)
#: The result stands: reviewed, whether or not the public reads it yet.
STANDING = (REVIEWED, PUBLISHED)
#: What is no inspection (调研、督导、观摩) is none in disguise either.
NO_PRETEXT: Final = _("国办发〔2024〕54号：不得以观摩、督导、考察等名义行检查之实")
#: So many inspect at least.
LEAST_GO: Final = 2
_TWO = _("国办发〔2024〕54号五：实施检查的人员不得少于两人；行政处罚法第42条")
_FIVE = _("国办发〔2024〕54号五：按批准的方案和时间检查")


_guard: Guarding[InspectionFacts] = Guarding("inspection")

TWO_GO = _guard(
    "two_go",
    lambda facts: facts.enforcing and facts.people < LEAST_GO,
    _("到场的检查人员中，今天持有有效执法证件、无须回避的只有 %(people)s 人"),
    _TWO,
    _("请先按规则更换或补足检查人员，再入企"),
    lambda facts: {"people": facts.people},
)
ITEMS_HOLD = _guard(
    "items_hold",
    lambda facts: facts.enforcing and (facts.items == 0 or bool(facts.stale_items)),
    _("检查事项今天不在已公布的清单之内：%(items)s"),
    _("国办发〔2024〕54号三：未经公布的检查事项不得实施"),
    _(
        "拟定中的，改用现行的事项再报批；已经批准的，在检查页面办理“未检查，说明理由”（事项已变更），需要查的按现行事项另行报批"
    ),
    lambda facts: {"items": "、".join(facts.stale_items) or "—"},
)
IN_TIME = _guard(
    "in_time",
    lambda facts: not facts.visit_from <= facts.today <= facts.visit_until,
    _("今天不在批准的检查期间（%(first)s 至 %(last)s）之内"),
    _FIVE,
    _(
        "已经过期的，请股室负责人在派发页面申请延长检查期限（单户拟定的，取消后另行报批）；不再去的，在检查页面办理“未检查，说明理由”"
    ),
    lambda facts: {"first": facts.visit_from.isoformat(), "last": facts.visit_until.isoformat()},
)
HAS_ENTERED = _guard(
    "no_entry",
    lambda facts: not facts.entered,
    _("没有入企登记，或者紧急入企还没有补扫，不能提交检查记录"),
    _("国办发〔2024〕54号九：扫码入企，检查行为赋码、全程留痕"),
    _("请先补录入企登记，写明没有当场登记的理由；紧急入企的，先补扫"),
)
NOTHING_OPEN = _guard(
    "open_points",
    lambda facts: bool(facts.open_points),
    _("检查记录还不完整：%(open)s"),
    _("本局方案二（三）3：事实清楚、证据确凿、程序规范、定性准确"),
    _("请补齐后再提交"),
    lambda facts: {"open": "；".join(facts.open_points)},
)
NO_CONFLICT = _guard(
    "conflicts",
    lambda facts: facts.conflicts > 0,
    _("有 %(conflicts)s 处两人填写的不一样，还没有确定以哪一个为准"),
    _("本局方案二（三）3：事实清楚"),
    _("请主检逐处选定后再提交"),
    lambda facts: {"conflicts": facts.conflicts},
)
STILL_GOES = _guard(
    "stays_away",
    lambda facts: facts.stays_away,
    _("您已被准予回避，不能再提交这次检查的记录"),
    _("《行政处罚法》第四十三条；《劳动保障监察条例》第十六条"),
    _("请检查组的其他人员提交"),
)
ANOTHER_REVIEWS = _guard(
    "was_there",
    lambda facts: facts.was_there,
    _("您参加了这次检查，不能审核它的结果"),
    _("国办发〔2024〕54号五；本局方案二（三）3：检查与审核分离"),
    _("请由没有到场、没有填写记录的人审核：%(others)s"),
    lambda facts: {"others": facts.others or "—"},
)
ANOTHER_WROTE = _guard(
    "wrote",
    lambda facts: facts.wrote,
    _("您填写或提交过这次检查的记录，不能审核它的结果"),
    _("国办发〔2024〕54号五；本局方案二（三）3：记录与审核分离"),
    _("请由没有到场、没有填写记录的人审核：%(others)s"),
    lambda facts: {"others": facts.others or "—"},
)
ITS_SECTION_REVIEWS = _guard(
    "another_section",
    lambda facts: not facts.reviews_it,
    _("这次检查不是您的股室或部门牵头的"),
    _("本局方案二（三）3：程序规范；谁牵头、谁审核"),
    _("请由牵头的股室负责人审核；本股室没有可以审核的人的，由局领导审核"),
)
IS_ENFORCEMENT = _guard(
    "no_enforcement",
    lambda facts: not facts.enforcing,
    _("调研、观摩、督导等入企只登记，不作检查记录和结果"),
    NO_PRETEXT,
    _("离开时登记即可；发现线索的，另行登记线索并报批"),
)
IS_OTHER = _guard(
    "enforcement",
    lambda facts: facts.enforcing,
    _("这是行政检查，离开以后要提交检查记录"),
    _("国办发〔2024〕54号五：检查应当记录并告知结果"),
    _("请办理“离开”"),
)

_INSPECTORS = frozenset({Role.INSPECTOR.value})
#: Those who were there; on a later day, whoever answers for them.
_ENDERS = frozenset({Role.INSPECTOR.value, Role.SECTION_HEAD.value, Role.PARTNER.value})
_DRAFTERS = frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value, Role.INSPECTOR.value})
_RECORDERS = frozenset({Role.INSPECTOR.value, Role.COORDINATOR.value})
_REVIEWERS = frozenset({Role.SECTION_HEAD.value, Role.BUREAU_LEADER.value, Role.PARTNER.value})
_NOBODY: Final[frozenset[str]] = frozenset()

INSPECTION: Final[Lifecycle[InspectionFacts]] = Lifecycle(
    name="inspection",
    label=_("现场检查"),
    states=(
        State(DRAFT, _("拟定中")),
        State(PROPOSED, _("待批准")),
        State(READY, _("待检查")),
        State(ON_SITE, _("检查中")),
        State(RECORDING, _("待提交")),
        State(TO_REVIEW, _("待审核")),
        State(REVIEWED, _("待公示")),
        State(PUBLISHED, _("已公示"), final=True),
        State(NOTED, _("已登记"), final=True),
        State(UNVISITED, _("未检查"), final=True),
        State(CANCELLED, _("已取消"), final=True),
    ),
    initial=DRAFT,
    transitions=(
        Transition("change", _("修改"), (DRAFT,), DRAFT, _DRAFTERS),
        Transition(
            "propose",
            _("提请批准"),
            (DRAFT,),
            PROPOSED,
            _DRAFTERS,
            guards=(ITEMS_HOLD, *proposing.GUARDS),
        ),
        Transition("approve", _("批准"), (PROPOSED,), READY, _NOBODY, by_system=True),
        Transition("send_back", _("退回"), (PROPOSED,), DRAFT, _NOBODY, by_system=True),
        Transition(
            "enter",
            _("入企"),
            (READY,),
            ON_SITE,
            _INSPECTORS,
            guards=(TWO_GO, ITEMS_HOLD, IN_TIME),
        ),
        Transition("leave", _("离开"), (ON_SITE,), RECORDING, _ENDERS, guards=(IS_ENFORCEMENT,)),
        Transition("note", _("离开并登记"), (ON_SITE,), NOTED, _ENDERS, guards=(IS_OTHER,)),
        Transition(
            "submit",
            _("提交检查记录"),
            (RECORDING,),
            TO_REVIEW,
            _RECORDERS,
            guards=(STILL_GOES, HAS_ENTERED, NO_CONFLICT, NOTHING_OPEN),
        ),
        Transition(
            "pass",
            _("审核通过"),
            (TO_REVIEW,),
            REVIEWED,
            _REVIEWERS,
            guards=(ANOTHER_REVIEWS, ANOTHER_WROTE, ITS_SECTION_REVIEWS),
        ),
        Transition(
            "return",
            _("退回补正"),
            (TO_REVIEW,),
            RECORDING,
            _REVIEWERS,
            guards=(ANOTHER_REVIEWS, ANOTHER_WROTE, ITS_SECTION_REVIEWS),
            needs_reason=True,
        ),
        # Decided by somebody else, in a table of its own (`unvisited_lifecycle`).
        Transition("leave_out", _("未检查"), (READY,), UNVISITED, _NOBODY, by_system=True, needs_reason=True),
        Transition("publish", _("公示"), (REVIEWED,), PUBLISHED, _NOBODY, by_system=True),
        Transition(
            "cancel",
            _("取消"),
            AHEAD,
            CANCELLED,
            frozenset({Role.COORDINATOR.value, Role.SECTION_HEAD.value}),
            needs_reason=True,
            by_system=True,
        ),
    ),
    role_labels=role_labels(),
)
