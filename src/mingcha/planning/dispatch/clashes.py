"""What stands in the way of visits as they are arranged: leave, certificates, two places at once (54号五).

Asked anew whenever somebody looks, so that leave entered later, or a person changed, is seen at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.kernel.rounds import day_of
from mingcha.planning.dispatch.diary import Book, errand_of, given, open_book, slot_of
from mingcha.planning.models import Dispatch, Task


def clashes_of(tasks: Collection[Task], book: Book | None = None) -> dict[int, list[str]]:
    """task id → what is wrong, in words; only tasks with something wrong. Tasks as from `diary.given`."""
    book = book if book is not None else open_book(tasks)
    found = {task.pk: list(_of(task, book)) for task in tasks}
    return {pk: texts for pk, texts in found.items() if texts}


def clashes_by_batch(officer: Officer) -> Counter[int]:
    """dispatch id → tasks with clashes, of what this officer arranges and may know of."""
    mine = Dispatch.objects.visible_to(officer).answered_by(officer)
    rows = Task.objects.visible_to(officer).filter(
        dispatch__in=mine.values("pk"), visit_until__gte=clock.today()
    )
    tasks = list(given(rows))
    wrong = clashes_of(tasks)
    return Counter(task.dispatch_id for task in tasks if task.pk in wrong)


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
    if not book.diary.knows(slot.half):
        yield _("这一天不是工作日")


def _never(task: Task, book: Book) -> Iterator[str]:
    """Not arranged: who is away on all the days that are left."""
    errand = errand_of(task)
    if errand.first > errand.last:
        return
    for person in book.diary.hindrance(errand).away:
        yield _("%(name)s 在剩下的检查时间里都不能参加") % {"name": book.name(person)}
