"""Where a deadline ends by a calendar: by the one that holds, or by one that is about to be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingcha.base.viewers import Viewer
from mingcha.basics.models import Deadline, DeadlineRule
from mingcha.basics.models.deadlines import DeadlineQuerySet, Form
from mingcha.kernel.terms import Roll, Term, due, notice_by
from mingcha.kernel.workdays import Due, WorkCalendar


@dataclass(frozen=True)
class Recomputed:
    """A deadline with its end by a calendar; `first` is the end before an extension."""

    deadline: Deadline
    first: Due
    end: Due

    @property
    def moves(self) -> bool:
        """Whether the last day becomes another one."""
        return self.end.date != self.deadline.due_on

    @property
    def changes(self) -> bool:
        """Whether the day moves, or only stops or begins to be provisional."""
        return self.end != Due(self.deadline.due_on, self.deadline.provisional)


def end_of(found: DeadlineRule, day: date, term: Term, calendar: WorkCalendar) -> Due:
    """The last day of a term of this rule that begins on `day`, or lies before it."""
    if found.form == Form.NOTICE:
        return notice_by(day, term, calendar)
    roll: Roll = found.roll  # type: ignore[assignment]
    return due(day, term, calendar, roll=roll)


def recomputed(deadline: Deadline, calendar: WorkCalendar) -> Recomputed:
    """The deadline as this calendar counts it."""
    first = end_of(deadline.rule, deadline.started_on, Term.parse(deadline.term), calendar)
    end = first
    if deadline.extension_rule is not None:
        end = end_of(deadline.extension_rule, first.date, Term.parse(deadline.extension_term), calendar)
        end = Due(end.date, end.provisional or first.provisional)
    return Recomputed(deadline, first, end)


def touching(rows: DeadlineQuerySet, year: int) -> DeadlineQuerySet:
    """Those open deadlines among the rows whose days run through this year.

    A term runs from its trigger to its end, and its end may roll over from the year before; notice of an
    event runs backwards, from the event to the last day of giving it, which may roll back into this year.
    """
    forwards = Q(started_on__year__lte=year, due_on__year__gte=year - 1)
    backwards = Q(rule__form=Form.NOTICE, due_on__year__lte=year + 1, started_on__year__gte=year)
    counted = rows.open().exclude(term="").filter(forwards | backwards)
    return counted.select_related("rule", "extension_rule")


def would_move(year: int, calendar: WorkCalendar, viewer: Viewer) -> list[Recomputed]:
    """The deadlines within the viewer's sight whose last day this calendar of the year would move."""
    rows = touching(Deadline.objects.visible_to(viewer), year).order_by("due_on", "id")
    return [found for deadline in rows if (found := recomputed(deadline, calendar)).moves]
