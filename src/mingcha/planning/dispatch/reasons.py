"""Why a visit finds no time, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mingcha.kernel.rounds import Errand
from mingcha.planning.dispatch.diary import Book


def why_not(errand: Errand, book: Book, week: date | None = None) -> str:
    """Who of the team has no time in a week, or in all the days that are left; empty outside its days."""
    if errand.first > errand.last:
        return _("检查时间已经过去")
    if not errand.people:
        return _("检查组还没有人")
    if week is not None and week not in book.diary.weeks(errand):
        return ""
    found = book.diary.hindrance(errand, week)
    texts = []
    if found.away:
        texts.append(_("%(names)s 不在岗或证件不在有效期") % {"names": _names(found.away, book)})
    if found.full:
        texts.append(_("%(names)s 的半天已经排满") % {"names": _names(found.full, book)})
    return "；".join(texts) or _("检查组各人都有空的半天凑不到一起")


def _names(people: tuple[int, ...], book: Book) -> str:
    return "、".join(sorted(book.name(person) for person in people))
