"""What stands in the way of visits as they are arranged: leave, certificates, two places at once (54号五).

Asked anew whenever somebody looks, so that leave entered later, or a person changed, is seen at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.ids import one_of
from mingcha.base.viewers import Officer
from mingcha.basics.selectors import workdays
from mingcha.kernel.rounds import day_of
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.diary import Book, errand_of, given, open_book, slot_of
from mingcha.planning.models import Companion, Dispatch, Task, TaskMember, VisitSlot
from mingcha.registry.models import Inspector, Leave


def clashes_of(tasks: Collection[Task]) -> dict[int, list[str]]:
    """task id → what is wrong, in words; only tasks with something wrong. Tasks as from `diary.given`.

    Where somebody has begun nothing comes in the way any more.
    """
    ahead = [task for task in tasks if task.state in states.GIVEN]
    book = open_book(ahead)
    found = {task.pk: list(_of(task, book)) for task in ahead}
    return {pk: texts for pk, texts in found.items() if texts}


def clashes_in(rows: QuerySet[Task]) -> dict[int, list[str]]:
    """The same for very many tasks: only those that may clash are looked at closely."""
    ahead = list(rows.filter(state__in=states.GIVEN).order_by().values_list("pk", flat=True))
    if not ahead:
        return {}
    return clashes_of(list(given(rows.filter(_suspected(ahead)))))


def _suspected(ahead: Collection[int]) -> Q:
    """Of these tasks, by their ids, all with a clash, and some more."""
    going = one_of("task", sorted(ahead))
    day, away = OuterRef("task__slot__day"), Leave.objects.filter(inspector=OuterRef("inspector"))
    away = away.filter(cancelled_on=None)
    certificate = Q(inspector__valid_from__lte=F("task__visit_from"))
    certificate &= Q(inspector__valid_until__gte=F("task__visit_until"))
    # A visit of several half-days, or none yet: any leave to come may matter.
    somewhere = Q(task__slot=None) | Q(task__dispatch__campaign__half_days__gt=1)
    missing = (
        Exists(away.filter(first_day__lte=day, last_day__gte=day))
        | ~Q(inspector__status=Inspector.Status.ACTIVE)
        | (somewhere & Exists(away.filter(last_day__gte=clock.today())))
    )
    unfit = ~certificate | one_of("inspector", _crowded()) | Q(task__slot__day__in=_days_off())
    members = TaskMember.objects.filter(going, missing | unfit, left_at=None)
    helpers = Companion.objects.filter(going, missing, left_at=None)
    return one_of("pk", sorted({*_tasks_of(members), *_tasks_of(helpers)}))


def _tasks_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("task", flat=True)


def _crowded() -> list[int]:
    """Who has two visits in one half-day, or visits that take several, from today on."""
    ahead = TaskMember.objects.filter(
        left_at=None, task__state__in=states.HANDED_ON, task__slot__day__gte=clock.today()
    ).order_by()
    by_half = ahead.values("inspector", "task__slot__day", "task__slot__morning").annotate(n=Count("pk"))
    twice = by_half.filter(n__gt=1).values_list("inspector", flat=True)
    long = ahead.filter(task__dispatch__campaign__half_days__gt=1).values_list("inspector", flat=True)
    return sorted({*twice, *long})


def _days_off() -> list[date]:
    """Days with visits from today on that are no work days (any more)."""
    days = VisitSlot.objects.filter(day__gte=clock.today()).order_by().values_list("day", flat=True)
    is_workday = workdays.calendar().is_workday
    return [day for day in days.distinct() if not is_workday(day)]


def clashes_by_batch(officer: Officer) -> Counter[int]:
    """dispatch id → tasks with clashes, of what this officer arranges and may know of."""
    mine = Dispatch.objects.visible_to(officer).answered_by(officer)
    rows = Task.objects.visible_to(officer).filter(
        dispatch__in=mine.values("pk"), state__in=states.GIVEN, visit_until__gte=clock.today()
    )
    wrong = clashes_in(rows)
    return Counter(rows.filter(one_of("pk", sorted(wrong))).values_list("dispatch", flat=True))


def _of(task: Task, book: Book) -> Iterator[str]:
    slot = slot_of(task)
    if slot is None:
        yield from _never(task, book)
        return
    if slot.day < clock.today():
        return
    errand = errand_of(task, since=slot.day)
    span = book.diary.span(slot.half, errand.half_days)
    days = sorted({day_of(half) for half in span})
    for person in errand.people:
        name = {"name": book.name(person)}
        if any(book.on_leave(person, day) for day in days):
            yield _("%(name)s 这一天离岗") % name
        if not book.people[person].active:
            yield _("%(name)s 已不在岗") % name
        elif not all(book.certified(person, day) for day in days):
            yield _("%(name)s 的执法证件这一天不在有效期内") % name
        if any(book.diary.crowded(person, half) for half in span):
            yield _("%(name)s 同一个半天另有检查") % name
    for helper in _helpers_of(task):
        name = {"name": book.name(helper)}
        if any(book.on_leave(helper, day) for day in days):
            yield _("协助人员%(name)s 这一天离岗") % name
        elif not book.people[helper].active:
            yield _("协助人员%(name)s 已不在岗") % name
    if not book.diary.knows(slot.half):
        yield _("这一天不是工作日")


def _never(task: Task, book: Book) -> Iterator[str]:
    """Not arranged: who is away on all the days that are left."""
    errand = errand_of(task)
    if errand.first > errand.last:
        return
    for person in book.diary.hindrance(errand).away:
        yield _("%(name)s 在剩下的检查时间里都不能参加") % {"name": book.name(person)}
    for helper in book.diary.hindrance(replace(errand, people=_helpers_of(task))).away:
        yield _("协助人员%(name)s 在剩下的检查时间里都不能参加") % {"name": book.name(helper)}


def _helpers_of(task: Task) -> tuple[int, ...]:
    return tuple(companion.inspector_id for companion in task.helpers)
