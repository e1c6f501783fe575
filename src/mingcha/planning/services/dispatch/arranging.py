"""When a batch's firms are visited. Who goes where was drawn and stays as it is (SSJ-1 §7.7)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.kernel import rounds
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.diary import Book, errand_of, given, open_book, slot_of
from mingcha.planning.dispatch.events import VisitMoved, VisitsArranged
from mingcha.planning.dispatch.facts import answers_for, hidden_from
from mingcha.planning.dispatch.reasons import why_not
from mingcha.planning.models import ARRANGERS, Dispatch, Task, VisitSlot

_BATCH = 1000
_TWO = gettext_noop("国办发〔2024〕54号五：检查人员不得少于两人，按批准的方案和时间检查")


@service
def arrange(*, actor: Officer, batch: Dispatch, anew: bool = False) -> Dispatch:
    """Give every firm of the batch that has none a half-day, town by town (`kernel.rounds.arrange`).

    `anew` begins with what lies ahead from scratch. Firms that find no time stay without one, to be seen.
    """
    batch = _arranged_by(actor, batch)
    if anew:
        ahead = VisitSlot.objects.filter(task__dispatch=batch, day__gt=clock.today())
        ahead.filter(task__state__in=states.GIVEN).delete()
    tasks = list(given(Task.objects.visible_to(actor).filter(dispatch=batch)))
    if hidden_from(actor, batch):
        raise Refused(_sealed_to_you())
    waiting = [task for task in tasks if slot_of(task) is None and task.team and task.state in states.GIVEN]
    found = rounds.arrange([errand_of(task) for task in waiting], open_book(tasks).diary)
    at = clock.now()
    VisitSlot.objects.bulk_create(
        [
            VisitSlot(
                task_id=pk,
                day=rounds.day_of(half),
                morning=rounds.is_morning(half),
                set_at=at,
                set_by_id=actor.id,
            )
            for pk, half in sorted(found.items())
        ],
        batch_size=_BATCH,
    )
    told = {"tasks": len(found), "left": len(waiting) - len(found)}
    emit(VisitsArranged(thing=Thing.of(batch), after=told))
    return batch


@service
def move_visit(*, actor: Officer, task: Task, week: date) -> VisitSlot:
    """Give one firm the first half-day of another week on which its whole team has time.

    `week` is any day of it. Refused with who has no time, and which week would do.
    """
    batch = _arranged_by(actor, task.dispatch)
    locked(task, actor)
    found = given(Task.objects.filter(dispatch=batch)).filter(pk=task.pk).first()
    if found is None or found.state not in states.GIVEN:
        raise Refused(_not_given(task))
    task = found
    book, errand, slot = open_book([task]), errand_of(task), slot_of(task)
    if slot is not None:
        book.diary.strike(errand, slot.half)
    monday = rounds.week_of(week)
    half = book.diary.first_fit(errand, monday)
    if half is None:
        raise Refused(_no_time(task, monday, errand, book))
    before = {"slot": str(slot)} if slot is not None else {}
    slot = slot if slot is not None else VisitSlot(task=task)
    slot.day, slot.morning = rounds.day_of(half), rounds.is_morning(half)
    slot.set_at, slot.set_by_id = clock.now(), actor.id
    slot.save()
    emit(VisitMoved(thing=Thing.nameless(task), before=before, after={"slot": str(slot)}))
    return slot


def _arranged_by(actor: Officer, batch: Dispatch) -> Dispatch:
    """The batch, locked; refused for those who do not arrange it, and while nobody has been given it."""
    require_role(actor, ARRANGERS, gettext_noop("安排检查时间"))
    batch = locked(batch, actor)
    if not answers_for(actor, batch.pk):
        raise Refused(_others(batch))
    if batch.state not in states.GIVEN:
        raise Refused(
            Refusal(
                "visit.not_given",
                gettext_noop("这次派发目前为“%(state)s”，还不能安排检查时间"),
                gettext_noop("检查任务办理规则：派发以后由负责的股室或部门安排"),
                gettext_noop("请先派发；已经撤销的不再检查"),
                {"state": str(batch.get_state_display())},
            )
        )
    return batch


def _not_given(task: Task) -> Refusal:
    return Refusal(
        "visit.task_not_given",
        gettext_noop("“%(firm)s”的检查任务目前为“%(state)s”，不能安排时间"),
        gettext_noop("检查任务办理规则：派发以后由负责的股室或部门安排"),
        gettext_noop("人员不足的先补充人员；已经开展或撤销的不再安排"),
        {"firm": task.name, "state": str(task.get_state_display())},
    )


def _others(batch: Dispatch) -> Refusal:
    return Refusal(
        "visit.others",
        gettext_noop("这批任务由%(unit)s安排时间"),
        gettext_noop("本局方案二（四）：局内联合、跨部门联合抽查，由牵头的股室或部门组织"),
        gettext_noop("请与%(unit)s商定；您可以确认本单位的部分、列出协助人员"),
        {"unit": str(batch.unit)},
    )


def _sealed_to_you() -> Refusal:
    return Refusal(
        "visit.sealed_to_you",
        gettext_noop("名单还在封存中，其中有您可能被派去的户，您到可以知悉的日期才看得到"),
        gettext_noop("国办发〔2024〕54号五：入企检查一般不事先通知；SSJ-1 抽取协议 §7.0 T5"),
        gettext_noop("请由综合经办先排出时间，或到可以知悉的日期再安排"),
    )


def _no_time(task: Task, monday: date, errand: rounds.Errand, book: Book) -> Refusal:
    """Which week would do stands in the remedy."""
    others = (week for week in book.diary.weeks(errand) if book.diary.first_fit(errand, week) is not None)
    better = next(others, None)
    return Refusal(
        "visit.no_time",
        gettext_noop("%(week)s 这一周排不进“%(firm)s”：%(why)s"),
        _TWO,
        gettext_noop("可以改到 %(better)s 这一周")
        if better is not None
        else gettext_noop("检查时间之内没有别的周排得进：请核对离岗安排；人员不能参加的，申请更换检查人员"),
        {
            "week": monday.isoformat(),
            "firm": task.name,
            "why": why_not(errand, book, monday) or gettext("不在检查时间之内"),
            "better": better.isoformat() if better is not None else "",
        },
    )
