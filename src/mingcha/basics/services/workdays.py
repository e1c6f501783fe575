"""Keeping the work-day table.

    publish_year(actor=…, year=2027, days={date(2027, 2, 8): False, …}, source="国办发明电〔2026〕…号")
    override_day(actor=…, day=…, is_workday=False, name="…", why="…")

`publish_year` takes only the days that differ from Monday to Friday. It replaces the provisional days of
the year; deadlines whose dates rest on them are computed again (handlers).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.events import CalendarChanged
from mingcha.basics.models import CalendarStamp, WorkDay
from mingcha.basics.rules import KEEPERS, refuse, require_role, required_text
from mingcha.basics.selectors.workdays import STAMP_ID, days_of
from mingcha.kernel.refusal import gettext_noop
from mingcha.kernel.workdays import LUNAR_FESTIVALS, statutory_days

HOLIDAY_LAW = gettext_noop("《全国年节及纪念日放假办法》（2024年修订）第二条")
_SATURDAY = 5
#: A whole holiday calendar shifts some dozen days; more is a mistake, such as the wrong sheet.
_MOST_SHIFTED = 120


@service
def publish_year(
    *,
    actor: Viewer,
    year: int,
    days: Mapping[date, bool],
    source: str,
    names: Mapping[date, str] | None = None,
) -> int:
    """Enter the official calendar of a year; gives how many days became other than they stood.

    `days` holds what differs from Monday to Friday: True for a worked weekend day, False for a weekday
    off (naming further days is harmless). Refused for days of another year, or when a statutory holiday
    would be worked.
    """
    require_role(actor, KEEPERS, gettext_noop("发布工作日历"))
    source = required_text(source, gettext_noop("放假通知的名称和文号"))
    _check(year, days)
    rows = [
        _day(day, is_workday=days.get(day, day.weekday() < _SATURDAY), source=source, provisional=False)
        for day in days_of(year)
    ]
    for row in rows:
        row.name = (names or {}).get(row.date, "")
    return _replace(actor, year, rows, why=source)


@service
def compute_year(*, actor: Viewer, year: int) -> int:
    """Fill a year that is not published with Monday to Friday minus the statutory days, provisionally."""
    require_role(actor, (Role.ADMINISTRATOR,), gettext_noop("推算工作日历"))
    if WorkDay.objects.filter(date__year=year).exists():
        return 0
    off = statutory_days(year)
    source = gettext_noop("按《全国年节及纪念日放假办法》推算，待国务院办公厅公布")
    rows = [
        _day(
            day,
            is_workday=day.weekday() < _SATURDAY and day not in off,
            source=source,
            provisional=True,
        )
        for day in days_of(year)
    ]
    return _replace(actor, year, rows, why=source)


@service
def override_day(*, actor: Viewer, day: date, is_workday: bool, why: str, name: str = "") -> WorkDay:
    """Correct one day of the table, such as a holiday that the province adds; `why` names the document."""
    require_role(actor, KEEPERS, gettext_noop("调整工作日"))
    why = required_text(why, gettext_noop("依据的文件"))
    row = WorkDay.objects.select_for_update().filter(date=day).first()
    if row is None:
        raise refuse(
            "calendar.no_year",
            gettext_noop("工作日历中还没有 %(year)s 年"),
            gettext_noop("请先录入该年度的放假安排"),
            year=str(day.year),
        )
    before = {"is_workday": row.is_workday, "name": row.name}
    row.is_workday, row.name, row.source, row.overridden = is_workday, name.strip(), why, True
    row.save()
    _touch()
    emit(
        CalendarChanged(
            thing=Thing.of(row),
            before=before,
            after={"is_workday": is_workday, "name": row.name},
            why=why,
            year=day.year,
            by=actor,
        )
    )
    return row


def _day(day: date, *, is_workday: bool, source: str, provisional: bool) -> WorkDay:
    return WorkDay(date=day, is_workday=is_workday, source=source, provisional=provisional)


def _check(year: int, days: Mapping[date, bool]) -> None:
    foreign = sorted(day for day in days if day.year != year)
    if foreign:
        raise refuse(
            "calendar.foreign_day",
            gettext_noop("%(day)s 不属于 %(year)s 年，没有发布"),
            gettext_noop("请核对日期；跨年的假期分别录入两个年度"),
            day=foreign[0].isoformat(),
            year=str(year),
        )
    worked = sorted(day for day in statutory_days(year) if days.get(day, day.weekday() < _SATURDAY))
    # Before the table of festivals the law's days are not known here, only the six fixed ones.
    if worked and year >= min(LUNAR_FESTIVALS):
        raise refuse(
            "calendar.statutory_day",
            gettext_noop("%(days)s 是法定节日，却被排为工作日，没有发布"),
            gettext_noop("请对照放假通知，补上这些放假日期"),
            basis=HOLIDAY_LAW,
            days="、".join(day.isoformat() for day in worked),
        )
    shifted = sum(work != (day.weekday() < _SATURDAY) for day, work in days.items())
    if shifted > _MOST_SHIFTED:
        raise refuse(
            "calendar.too_many",
            gettext_noop("有 %(count)s 天与平日不同，明显多于一年的放假和补班天数，没有发布"),
            gettext_noop("请只录入放假的工作日和补班的周末"),
            count=str(shifted),
        )


def _replace(actor: Viewer, year: int, rows: list[WorkDay], *, why: str) -> int:
    old = {row.date: row for row in WorkDay.objects.select_for_update().filter(date__year=year)}
    changed = [row for row in rows if row.date not in old or old[row.date].is_workday != row.is_workday]
    WorkDay.objects.filter(date__year=year).delete()
    WorkDay.objects.bulk_create(rows)
    _touch()
    emit(
        CalendarChanged(
            thing=Thing(type=CalendarStamp._meta.label_lower, id=year, label=str(year)),
            before={"known": bool(old) and not any(row.provisional for row in old.values())},
            after={
                "provisional": rows[0].provisional,
                "workdays": sum(row.is_workday for row in rows),
                "changed": [row.date.isoformat() for row in changed][:60] if old else [],
            },
            why=why,
            year=year,
            by=actor,
        )
    )
    return len(changed)


def _touch() -> None:
    """Tell every process that its copy of the calendar is old."""
    CalendarStamp.objects.update_or_create(pk=STAMP_ID, defaults={"version": secrets.randbits(62)})
