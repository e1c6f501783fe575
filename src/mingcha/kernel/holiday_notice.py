"""Reading the State Council's holiday notice (国务院办公厅关于…年部分节假日安排的通知).

    notice = read_notice(text)
    notice.year, notice.number            # 2026, "国办发明电〔2025〕7号"
    notice.days_of(2026)                  # what differs from Monday to Friday: True worked, False off
    notice.faults                         # where the text contradicts itself or the calendar

What stands in brackets after a date (周四, 星期四) and "共3天" are checked, never used: a slip in copying
shows as a contradiction and not as a wrong calendar.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mingcha.kernel.refusal import gettext_noop, interpolate

__all__ = ["FESTIVALS", "Fault", "Holiday", "Notice", "read_notice"]

#: The festivals of 全国年节及纪念日放假办法 (2024) 第二条; every notice has a word on each.
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
_LONGEST = 20
_WEEKDAYS = "一二三四五六日"
# The text is read in compatibility form: full-width figures, brackets and colons become plain ones.
_NUMBER = re.compile(r"国办发[^\s\d]{0,4}[〔\[(](?P<year>\d{4})[〕\])]\s*\d+\s*号")
_YEAR = re.compile(r"(?P<year>\d{4})\s*年\s*(?:部分)?\s*(?:元旦|节假日)")
_PARAGRAPH = re.compile(
    r"(?:^|\n)\s*[一二三四五六七八九十]+、\s*(?P<name>[^:\n。]{1,20}?)\s*:\s*(?P<text>[^\n]*)"
)
_DATE = (
    r"(?:(?P<{0}year>\d{{4}})\s*年\s*)?(?:(?P<{0}month>\d{{1,2}})\s*月\s*)?"
    r"(?P<{0}day>\d{{1,2}})\s*日\s*(?:\((?P<{0}said>[^()]*)\))?"
)
_SPAN = re.compile(f"{_DATE.format('a')}(?:\\s*(?:至|到|-|—|–|~)\\s*{_DATE.format('b')})?")
_SINGLE = re.compile(_DATE.format(""))
_WEEKDAY = re.compile(r"(?:周|星期)\s*([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)\s*(?P<count>\d{1,2})\s*天")
_CLAUSE = re.compile(r"[。;\n]|,(?![^()]*\))")
#: Days that employers are only encouraged to give are work days.
_ADVICE = re.compile("鼓励|建议|可结合|提倡")


@dataclass(frozen=True)
class Fault:
    """Where a notice contradicts itself or the calendar; Chinese, with `%(name)s` places."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def shown(self, translate: Callable[[str], str]) -> str:
        """The clause in the reader's language."""
        return interpolate(translate(self.message), self.params)


@dataclass(frozen=True)
class Holiday:
    """A festival, or two that fall together: the days off from first to last, the weekend days worked."""

    name: str
    first: dt.date
    last: dt.date
    worked: tuple[dt.date, ...] = ()

    @property
    def days(self) -> list[dt.date]:
        """Every day off, weekend days too."""
        return [self.first + _DAY * step for step in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Notice:
    """What a notice says. `year` is None when the text names none; with faults it must not be used."""

    year: int | None
    number: str = ""
    holidays: tuple[Holiday, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def title(self) -> str:
        """How the notice is cited as a source."""
        name = f"国务院办公厅关于{self.year}年部分节假日安排的通知"
        return f"{name}（{self.number}）" if self.number else name

    def days_of(self, year: int) -> dict[dt.date, bool]:
        """The days of one year that the notice names: False for off, True for worked."""
        return {day: worked for day, worked, _name in self._days() if day.year == year}

    def names_of(self, year: int) -> dict[dt.date, str]:
        """What each of these days is called."""
        return {day: name for day, _worked, name in self._days() if day.year == year}

    def elsewhere(self) -> dict[dt.date, bool]:
        """Days of another year that are other than Monday to Friday makes them (元旦 reaching back)."""
        return {
            day: worked
            for day, worked, _name in self._days()
            if day.year != self.year and worked != (day.weekday() < _SATURDAY)
        }

    def _days(self) -> Iterator[tuple[dt.date, bool, str]]:
        for holiday in self.holidays:
            yield from ((day, False, holiday.name) for day in holiday.days)
            yield from ((day, True, f"{holiday.name}补班") for day in holiday.worked)


def read_notice(text: str) -> Notice:
    """Read a notice; what is wrong with it stands in its `faults`, never raised."""
    plain = unicodedata.normalize("NFKC", text).replace("\u3000", " ")
    number = _NUMBER.search(plain)
    year = _year_of(plain)
    written = number.group().translate(str.maketrans("[(])", "〔〔〕〕")) if number else ""
    if year is None:
        unnamed = Fault(gettext_noop("看不出是哪一年的安排：没有“…年部分节假日安排”字样"))
        return Notice(None, written, faults=(unnamed,))
    holidays: list[Holiday] = []
    faults: list[Fault] = []
    for paragraph in _PARAGRAPH.finditer(plain):
        found = _Paragraph(paragraph["name"].strip(), year)
        found.read(paragraph["text"])
        holidays += found.holidays()
        faults += found.faults
    if not holidays and not faults:
        faults.append(Fault(gettext_noop("没有找到“一、元旦：…”样式的放假安排")))
    elif holidays:
        faults += _across(holidays, year)
    return Notice(year, written, tuple(holidays), tuple(faults))


def _year_of(plain: str) -> int | None:
    found = _YEAR.search(plain)
    return int(found["year"]) if found is not None else None


class _Paragraph:
    """One paragraph "一、元旦：…": what it gives, and its faults."""

    def __init__(self, name: str, year: int) -> None:
        self.name, self.year = name, year
        self.span: tuple[dt.date, dt.date] | None = None
        self.worked: list[dt.date] = []
        self.count: int | None = None
        self.faults: list[Fault] = []

    def read(self, text: str) -> None:
        for clause in _CLAUSE.split(text):
            if _ADVICE.search(clause):
                continue
            if "放假" in clause:
                self._off(clause)
            elif "上班" in clause:
                self._worked(clause)
            self._counted(clause)
        if self.span is None:
            self._fault(gettext_noop("“%(name)s”一段看不出放假日期"))
        elif self.count is not None and self.count != (self.span[1] - self.span[0]).days + 1:
            days = (self.span[1] - self.span[0]).days + 1
            said = gettext_noop("“%(name)s”写作共%(said)s天，起止日期却是%(days)s天")
            self._fault(said, said=str(self.count), days=str(days))

    def holidays(self) -> Iterable[Holiday]:
        if self.span is not None:
            yield Holiday(self.name, *self.span, tuple(self.worked))

    def _off(self, clause: str) -> None:
        found = _SPAN.search(clause)
        if found is None or self.span is not None:
            return
        first = self._date(found["ayear"], found["amonth"], found["aday"], found["asaid"], None)
        if first is None:
            return
        last = first
        if found["bday"]:
            end = found["byear"], found["bmonth"], found["bday"], found["bsaid"]
            until = self._date(*end, first, follows=True)
            if until is None:
                return
            last = until
        if not 0 <= (last - first).days < _LONGEST:
            wrong = gettext_noop("“%(name)s”的起止日期不对：%(first)s 至 %(last)s")
            self._fault(wrong, first=first.isoformat(), last=last.isoformat())
            return
        self.span = (first, last)

    def _worked(self, clause: str) -> None:
        former: dt.date | None = self.span[0] if self.span else None
        for found in _SINGLE.finditer(clause):
            day = self._date(found["year"], found["month"], found["day"], found["said"], former)
            if day is None:
                continue
            former = day
            self.worked.append(day)
            if day.weekday() < _SATURDAY:
                self._fault(gettext_noop("%(day)s 写作补班，却本来就是工作日"), day=day.isoformat())

    def _counted(self, clause: str) -> None:
        found = _COUNT.search(clause)
        if found is not None and self.count is None:
            self.count = int(found["count"])

    def _date(
        self,
        year: str | None,
        month: str | None,
        day: str,
        said: str | None,
        former: dt.date | None,
        *,
        follows: bool = False,
    ) -> dt.date | None:
        """The day that is written; year and month that are not come from the one before it."""
        if month is None and former is None:
            self._fault(gettext_noop("“%(name)s”有一个日期没有写月份"))
            return None
        written = int(month) if month else former.month if former is not None else 0
        wanted = int(year) if year else self._year(written, former if follows else None)
        try:
            found = dt.date(wanted, written, int(day))
        except ValueError:
            wrong = gettext_noop("没有 %(year)s年%(month)s月%(day)s日 这一天")
            self._fault(wrong, year=str(wanted), month=str(written), day=day)
            return None
        weekday = _WEEKDAY.search(said or "")
        if weekday is not None and _WEEKDAYS.index(weekday[1].replace("天", "日")) != found.weekday():
            wrong = gettext_noop("%(day)s 写作周%(said)s，实际是周%(real)s")
            self._fault(wrong, day=found.isoformat(), said=weekday[1], real=_WEEKDAYS[found.weekday()])
        return found

    def _year(self, month: int, begun: dt.date | None) -> int:
        """The year of a month without one: a span that began in December goes on into the next year."""
        if begun is not None:
            return begun.year + (month < begun.month)
        return self.year - 1 if month == 12 and "元旦" in self.name else self.year

    def _fault(self, message: str, **params: str) -> None:
        self.faults.append(Fault(message, {"name": self.name, **params}))


def _across(holidays: list[Holiday], year: int) -> Iterator[Fault]:
    """What only shows when the whole notice is seen: festivals left out, days off that are also worked."""
    named = "、".join(holiday.name for holiday in holidays)
    missing = [festival for festival in FESTIVALS if festival.removesuffix("节") not in named]
    if missing:
        yield Fault(gettext_noop("没有 %(names)s 的安排"), {"names": "、".join(missing)})
    off = {day for holiday in holidays for day in holiday.days}
    for holiday in holidays:
        if year not in (holiday.first.year, holiday.last.year):
            params = {"name": holiday.name, "year": str(year)}
            yield Fault(gettext_noop("“%(name)s”的日期不在 %(year)s 年"), params)
        for day in holiday.worked:
            if day in off:
                yield Fault(gettext_noop("%(day)s 既放假又上班"), {"day": day.isoformat()})
