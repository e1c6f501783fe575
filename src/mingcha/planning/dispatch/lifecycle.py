"""The life of an inspection task: 待派发 → 待确认 → 已确认 → 已开展 → 已完成; 未检查; 已撤销 (domain §2.2).

The tasks of one draw are handed on and confirmed together: what is said of the whole batch holds for each of
them. From the visit on each goes by itself: to what somebody has begun nothing is changed any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mingcha.base.roles import Role, role_labels
from mingcha.kernel.lifecycle import Guarding, Lifecycle, State, Transition
from mingcha.kernel.refusal import gettext_noop as _

PREPARED, SENT, CONFIRMED, CANCELLED = "prepared", "sent", "confirmed", "cancelled"
BEGUN, DONE, UNVISITED = "begun", "done", "unvisited"
#: Tasks that somebody has been given and nobody has begun.
GIVEN = (SENT, CONFIRMED)
#: Nobody has been there yet: these can still be taken back, and their teams changed.
AHEAD = (PREPARED, *GIVEN)
#: Somebody is there, or has been: never taken back, replaced or given to a reserve.
VISITED = (BEGUN, DONE)
#: Tasks that somebody has been given, wherever they are by now.
HANDED_ON = (*GIVEN, *VISITED)
#: Whoever goes, or was to go, may know of these.
TOLD = (CONFIRMED, *VISITED, UNVISITED)
#: Nobody goes there any more, or again.
OVER = (DONE, UNVISITED, CANCELLED)
_TWO = _("国办发〔2024〕54号五：实施检查的人员不得少于两人；行政处罚法第42条")


@dataclass(frozen=True)
class TaskFacts:
    """What the guards look at: how many tasks have a whole team, how many lack people, the last day."""

    today: date = date(2000, 1, 1)
    visit_until: date = date(2000, 1, 1)
    whole: int = 1
    short: int = 0


_guard: Guarding[TaskFacts] = Guarding("task")

SOMEBODY_GOES = _guard(
    "nobody_goes",
    lambda facts: facts.whole == 0,
    _("没有一户配齐了检查人员，缺人的有 %(short)s 户"),
    _TWO,
    _("请先补充人员，以补充编号另行抽取"),
    lambda facts: {"short": facts.short},
)
TIME_IS_LEFT = _guard(
    "time_is_over",
    lambda facts: facts.today > facts.visit_until,
    _("检查结束日期 %(day)s 已经过去"),
    _("国办发〔2024〕54号五：按批准的方案和时间检查"),
    _("请另立任务报批"),
    lambda facts: {"day": facts.visit_until.isoformat()},
)

TASK: Final[Lifecycle[TaskFacts]] = Lifecycle(
    name="task",
    label=_("检查任务"),
    states=(
        State(PREPARED, _("待派发")),
        State(SENT, _("待确认")),
        State(CONFIRMED, _("已确认")),
        State(BEGUN, _("已开展")),
        State(DONE, _("已完成"), final=True),
        State(UNVISITED, _("未检查"), final=True),
        State(CANCELLED, _("已撤销"), final=True),
    ),
    initial=PREPARED,
    transitions=(
        Transition(
            "dispatch",
            _("派发"),
            (PREPARED,),
            SENT,
            frozenset({Role.COORDINATOR.value}),
            guards=(SOMEBODY_GOES, TIME_IS_LEFT),
        ),
        Transition(
            "confirm",
            _("确认"),
            (SENT,),
            CONFIRMED,
            frozenset({Role.SECTION_HEAD.value, Role.PARTNER.value}),
        ),
        Transition("begin", _("开展检查"), (CONFIRMED,), BEGUN, frozenset(), by_system=True),
        Transition("finish", _("完成检查"), (BEGUN,), DONE, frozenset(), by_system=True),
        Transition("leave_out", _("未检查"), (CONFIRMED,), UNVISITED, frozenset(), by_system=True),
        Transition("cancel", _("撤销"), AHEAD, CANCELLED, frozenset(), by_system=True),
    ),
    role_labels=role_labels(),
)
