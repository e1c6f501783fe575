"""The work days of past and present years from the `chinesecalendar` package, later years computed."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar import constants

from mingcha.base.viewers import Viewer
from mingcha.basics.models import WorkDay
from mingcha.basics.services import workdays
from mingcha.kernel.workdays import LUNAR_FESTIVALS

#: Cases that are still open began no earlier.
FIRST_YEAR = 2024
SOURCE = "国务院办公厅{year}年节假日安排通知（chinesecalendar 逐日数据）"


def load(actor: Viewer) -> int:
    """Enter each year that the table does not hold; a year that the bureau entered or corrected stays."""
    known_until = max(constants.holidays).year
    held = {day.year for day in WorkDay.objects.dates("date", "year")}
    provisional = set(
        WorkDay.objects.filter(provisional=True, overridden=False)
        .dates("date", "year")
        .values_list("date__year", flat=True)
    )
    corrected = {day.year for day in WorkDay.objects.filter(overridden=True).dates("date", "year")}
    added = 0
    for year in range(FIRST_YEAR, max(known_until, *LUNAR_FESTIVALS) + 1):
        if year <= known_until and (year not in held or year in provisional - corrected):
            _publish(actor, year)
            added += 1
        elif year not in held:
            workdays.compute_year(actor=actor, year=year)
            added += 1
    return added


def _publish(actor: Viewer, year: int) -> None:
    days: dict[date, bool] = {}
    names: dict[date, str] = {}
    day = date(year, 1, 1)
    while day.year == year:
        worked = chinese_calendar.is_workday(day)
        if worked != (day.weekday() < 5) or day in constants.holidays:
            days[day] = worked
            names[day] = _name(day, worked)
        day += timedelta(days=1)
    workdays.publish_year(actor=actor, year=year, days=days, names=names, source=SOURCE.format(year=year))


def _name(day: date, worked: bool) -> str:
    english = constants.workdays.get(day) if worked else constants.holidays.get(day)
    if not english:
        return ""
    name: str = constants.Holiday(english).chinese
    return f"{name}补班" if worked else name
