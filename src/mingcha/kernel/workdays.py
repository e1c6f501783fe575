"""The work-day calendar: which days count when the law says 工作日.

A year is known once the State Council's notice for it (国务院办公厅放假通知) has been entered: then the
overrides say which weekdays are off and which weekend days are worked (调休补班). For any other year the
calendar falls back on Monday to Friday minus the statutory holidays of 全国年节及纪念日放假办法 (2024) 第2条;
every date that rests on such a year is marked `provisional`.

The fall-back knows neither moved days nor the substitute days of 第6条. It therefore takes fewer days off
than the notice will, so a provisional deadline tends to lie early, never comfortably late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from mingcha.kernel.refusal import gettext_noop

__all__ = [
    "LUNAR_FESTIVALS",
    "PROVISIONAL_NOTICE",
    "Due",
    "LunarFestivals",
    "WorkCalendar",
    "statutory_days",
]

PROVISIONAL_NOTICE: Final = gettext_noop("暂定，待国务院办公厅公布该年度放假安排后重新计算")
"""Shown beside every date whose year is not published yet."""

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True)
class LunarFestivals:
    """The moving dates of one year: 正月初一, 清明, 端午 (五月初五), 中秋 (八月十五)."""

    spring: dt.date
    qingming: dt.date
    dragon_boat: dt.date
    mid_autumn: dt.date


def _festivals(year: int, *days: tuple[int, int]) -> LunarFestivals:
    return LunarFestivals(*(dt.date(year, month, day) for month, day in days))


LUNAR_FESTIVALS: Final[Mapping[int, LunarFestivals]] = {
    2026: _festivals(2026, (2, 17), (4, 5), (6, 19), (9, 25)),
    2027: _festivals(2027, (2, 6), (4, 5), (6, 9), (9, 15)),
    2028: _festivals(2028, (1, 26), (4, 4), (5, 28), (10, 3)),
    2029: _festivals(2029, (2, 13), (4, 4), (6, 16), (9, 22)),
    2030: _festivals(2030, (2, 3), (4, 5), (6, 5), (9, 12)),
}
"""Calendar facts (GB/T 33661-2017), not a ruling; compared with two independent lunar calendar programs."""


def statutory_days(year: int, lunar: LunarFestivals | None = None) -> frozenset[dt.date]:
    """The days of `year` on which everybody is off by 全国年节及纪念日放假办法 (2024) 第2条.

    元旦 1, 春节 4 (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3: thirteen days, fewer dates when
    two fall together (中秋 2028 is 3 October). `lunar` gives the moving festivals; without it the table
    `LUNAR_FESTIVALS` is used, and for a year that is not in it only the fixed six days are returned.
    """
    fixed = {dt.date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    moving = lunar or LUNAR_FESTIVALS.get(year)
    if moving is None:
        return frozenset(fixed)
    spring = {moving.spring + _DAY * offset for offset in (-1, 0, 1, 2)}
    return frozenset(fixed | spring | {moving.qingming, moving.dragon_boat, moving.mid_autumn})


_statutory_days_of = cache(statutory_days)


@dataclass(frozen=True)
class Due:
    """A date that was computed; `provisional` when a year without official calendar took part in it."""

    date: dt.date
    provisional: bool = False


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """Work days by decree.

    days         overrides: True = worked, False = off; they win in known and unknown years alike
    known_years  years whose official notice is entered completely
    """

    days: Mapping[dt.date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def is_provisional(self, day: dt.date) -> bool:
        """Whether `day` lies in a year whose notice is not entered."""
        return day.year not in self.known_years

    def is_workday(self, day: dt.date) -> bool:
        """Whether `day` is a 工作日, by override, else by weekday and, in an unknown year, by 第2条."""
        override = self.days.get(day)
        if override is not None:
            return override
        if day.weekday() >= _SATURDAY:
            return False
        return not self.is_provisional(day) or day not in _statutory_days_of(day.year)

    def add_workdays(self, start: dt.date, count: int) -> Due:
        """The `count`-th work day after `start`, which itself does not count (民事诉讼法第85条).

        `count` is 0 or more; 0 gives `start`. Raises ValueError when negative.
        """
        return self._walk(start, count, _DAY)

    def subtract_workdays(self, end: dt.date, count: int) -> Due:
        """The `count`-th work day before `end`, which itself does not count ("提前七日通知").

        `count` is 0 or more; 0 gives `end`. Raises ValueError when negative.
        """
        return self._walk(end, count, -_DAY)

    def workdays_between(self, first: dt.date, last: dt.date) -> int:
        """Work days after `first` up to and including `last`; negative when `last` is the earlier one."""
        if last < first:
            return -self.workdays_between(last, first)
        return sum(self.is_workday(first + _DAY * step) for step in range(1, (last - first).days + 1))

    def workday_or_later(self, day: dt.date) -> Due:
        """`day` when it is a work day, else the next one: how a term that ends on a holiday is extended."""
        return Due(day, self.is_provisional(day)) if self.is_workday(day) else self._from(day, _DAY)

    def workday_or_earlier(self, day: dt.date) -> Due:
        """`day` when it is a work day, else the one before: how a pay day is brought forward."""
        return Due(day, self.is_provisional(day)) if self.is_workday(day) else self._from(day, -_DAY)

    def _from(self, day: dt.date, step: dt.timedelta) -> Due:
        found = self._walk(day, 1, step)
        return Due(found.date, found.provisional or self.is_provisional(day))

    def _walk(self, day: dt.date, count: int, step: dt.timedelta) -> Due:
        if count < 0:
            raise ValueError(f"a number of work days cannot be negative: {count}")
        provisional = False
        while count:
            day += step
            provisional = provisional or self.is_provisional(day)
            count -= self.is_workday(day)
        return Due(day, provisional)
