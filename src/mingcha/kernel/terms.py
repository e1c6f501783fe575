"""Legal terms (期限): "20WD" from a day on gives the day on which it runs out, and how near that is.

Units: WD work days (工作日), D calendar days, M months, Y years, H hours. How they count:

- the day on which a term begins is not counted (民事诉讼法第85条);
- a D, M or Y term that ends on a day off ends on the next work day (第85条); a pay day is the opposite,
  it is brought forward (`roll="back"`); M and Y end on the same day of the month, else at its end;
- H runs through nights and holidays (移送规定第11条 "24小时内").

Which unit a law's "日" means is the table's business, not this module's: 行政处罚法第85条 (2, 3, 5, 7 日)
and 行政强制法第69条 (up to 10 日) mean work days, their other days are calendar days.
"""

from __future__ import annotations

import calendar as civil
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from mingcha.kernel.refusal import gettext_noop
from mingcha.kernel.workdays import Due, WorkCalendar

__all__ = ["WARN_AT", "Roll", "Stage", "Term", "Unit", "due", "due_instant", "notice_by", "stage"]

Roll = Literal["forward", "back", "none"]

WARN_AT: Final = (7, 3, 1)
"""Days before the end at which a warning begins, unless the bureau set others."""

_TERM: Final = re.compile(r"([1-9][0-9]{0,4})(WD|D|M|Y|H)")
_HOURS: Final = 24


class Unit(StrEnum):
    """What a term is measured in."""

    WORKDAY = "WD"
    DAY = "D"
    MONTH = "M"
    YEAR = "Y"
    HOUR = "H"

    @property
    def label(self) -> str:
        """Chinese measure word, as in "20个工作日"."""
        return _UNIT_LABELS[self]


_UNIT_LABELS: Final = {
    Unit.WORKDAY: gettext_noop("个工作日"),
    Unit.DAY: gettext_noop("日"),
    Unit.MONTH: gettext_noop("个月"),
    Unit.YEAR: gettext_noop("年"),
    Unit.HOUR: gettext_noop("小时"),
}


@dataclass(frozen=True)
class Term:
    """A length of time in law, at least 1 of its unit (ValueError otherwise); str() is its code: "20WD"."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term is at least 1 {self.unit}, not {self.amount}")

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read "20WD", "30D", "6M", "3Y" or "24H" (any case, outer blanks ignored); ValueError otherwise."""
        found = _TERM.fullmatch(text.strip().upper())
        if found is None:
            raise ValueError(f"not a term: {text!r} (examples: 20WD, 30D, 6M, 3Y, 24H)")
        return cls(int(found[1]), Unit(found[2]))

    @property
    def label(self) -> str:
        """In Chinese: "20个工作日"."""
        return f"{self.amount}{self.unit.label}"

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.value}"


def due(start: dt.date, term: Term, calendar: WorkCalendar, *, roll: Roll = "forward") -> Due:
    """The last day of a term that begins on `start`.

    `roll` says what happens when a D, M or Y term ends on a day off: "forward" to the next work day (the
    law's default), "back" to the one before (pay days), "none" to leave it (a term of punishment or of
    publication). WD and H terms never roll. Hours are cut to whole days, so that the date never lies
    after the instant; `due_instant` is exact. Raises OverflowError beyond the year 9999,
    ValueError for another `roll`.
    """
    if term.unit is Unit.WORKDAY:
        return calendar.add_workdays(start, term.amount)
    if term.unit is Unit.HOUR:
        return Due(start + dt.timedelta(days=term.amount // _HOURS))
    return _rolled(_shifted(start, term, 1), calendar, roll)


def due_instant(start: dt.datetime, term: Term) -> dt.datetime:
    """The instant at which a term of hours runs out. Raises ValueError for every other unit."""
    if term.unit is not Unit.HOUR:
        raise ValueError(f"{term} ends with a day, not at an instant")
    return start + dt.timedelta(hours=term.amount)


def notice_by(event: dt.date, term: Term, calendar: WorkCalendar) -> Due:
    """The last day on which notice may be given `term` before `event` (听证提前七日, 行政处罚法第64条).

    The day of the event does not count; a day off is moved to the work day before it, so that the time
    given is never shorter than the term.
    """
    if term.unit is Unit.WORKDAY:
        return calendar.subtract_workdays(event, term.amount)
    if term.unit is Unit.HOUR:
        return _rolled(event - dt.timedelta(days=-(-term.amount // _HOURS)), calendar, "back")
    return _rolled(_shifted(event, term, -1), calendar, "back")


@dataclass(frozen=True)
class Stage:
    """How near a deadline is.

    code  "running", "warn7" (or another threshold), "due_today" or "overdue"
    days  what is left, in work days when a calendar was given; for "overdue" the calendar days since
    """

    code: str
    days: int
    in_workdays: bool = False

    @property
    def is_warning(self) -> bool:
        """Whether the deadline is near but not yet today."""
        return self.code.startswith("warn")

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed."""
        return self.code == "overdue"

    @property
    def label(self) -> str:
        """In Chinese: "还剩3个工作日", "今天到期", "已超期2天"."""
        if self.is_overdue:
            return gettext_noop("已超期%(days)s天") % {"days": self.days}
        if self.code == "due_today":
            return gettext_noop("今天到期")
        left = gettext_noop("还剩%(days)s个工作日") if self.in_workdays else gettext_noop("还剩%(days)s天")
        return left % {"days": self.days}


def stage(
    deadline: Due | dt.date,
    today: dt.date,
    calendar: WorkCalendar | None = None,
    thresholds: tuple[int, ...] = WARN_AT,
) -> Stage:
    """Where `today` stands before `deadline`: the smallest threshold that is reached names the warning.

    With a calendar the days left are work days (seven days before the end of the October holiday would
    be no warning at all), without one they are calendar days. Days overdue are always calendar days.
    Thresholds are positive (ValueError otherwise), in any order; none means no warning.
    """
    if any(threshold < 1 for threshold in thresholds):
        raise ValueError(f"thresholds are positive numbers of days: {thresholds}")
    end = deadline.date if isinstance(deadline, Due) else deadline
    if today > end:
        return Stage("overdue", (today - end).days)
    if today == end:
        return Stage("due_today", 0, calendar is not None)
    left = (end - today).days if calendar is None else calendar.workdays_between(today, end)
    reached = [threshold for threshold in thresholds if left <= threshold]
    return Stage(f"warn{min(reached)}" if reached else "running", left, calendar is not None)


def _shifted(start: dt.date, term: Term, direction: int) -> dt.date:
    amount = term.amount * direction
    if term.unit is Unit.DAY:
        return start + dt.timedelta(days=amount)
    months = amount * 12 if term.unit is Unit.YEAR else amount
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"{term} from {start} leaves the calendar")
    return dt.date(year, month + 1, min(start.day, civil.monthrange(year, month + 1)[1]))


def _rolled(day: dt.date, calendar: WorkCalendar, roll: Roll) -> Due:
    if roll == "forward":
        return calendar.workday_or_later(day)
    if roll == "back":
        return calendar.workday_or_earlier(day)
    if roll == "none":
        return Due(day)
    raise ValueError(f"a term rolls forward, back or none, not {roll!r}")
