"""Days in all the shapes in which lists hold them.

Known shapes: 2014-01-13, 2014/1/13, 2014.1.13, 20140113, 2014年1月13日, 二〇一四年一月十三日, 2014-01,
2014年1月, 201401, 2014年, 2014, 13-Jan-14, Jan-14, 1/13/2014, 14-1-13, each with a time of day behind it,
and the bare serial number that a spreadsheet leaves where nobody formatted the cell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from mingcha.registry.sheets.model import Fault, Parsed
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder

EPOCH_1904_DAYS: Final = 1462
"""What must be added to a serial number of the 1904 system to count from 1899-12-30."""

_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME: Final = re.compile(
    r"[ T]+(?:上午|下午|星期.)?\s*\d{1,2}(?::|时|点)\d{1,2}.*$"
    r"|[ T]+\d{1,2}[时点]?$|\s*星期[一二三四五六日天]$|Z$"
)
_SPACED: Final = re.compile(r"\s+([年月日号])|(?<=[年月])\s+")
_FULL: Final = re.compile(r"(\d{4})[-/.年。、·\\ ]+(\d{1,2})[-/.月。、·\\ ]+(\d{1,2})[日号]?")
_SHORT: Final = re.compile(r"'?(\d\d)[-/.年]+(\d{1,2})[-/.月]+(\d{1,2})[日号]?")
_MONTH: Final = re.compile(r"(\d{4})[-/.年。]+(\d{1,2})月?(?:份|底|初)?")
_YEAR: Final = re.compile(r"(\d{4})年?")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_COMPACT_MONTH: Final = re.compile(r"((?:19|20)\d\d)(\d\d)")
_COMPACT_SHORT: Final = re.compile(r"(\d\d)(\d\d)(\d\d)")
_ABROAD: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_BETWEEN: Final = re.compile(r"至|到|~|—+|--+|(?<=日)\s*-\s*|(?<=\d)\s+-\s*|(?<=\d)\s*-\s+")
_HYPHENED: Final = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2}|\d[\d./年月]{5,})-(\d{4}-\d{1,2}-\d{1,2}|\d[\d./年月]{2,}日?)"
)
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_NAME_MONTH: Final = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4}|\d\d)")
_NAME_DAY_YEAR: Final = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_NAME_YEAR: Final = re.compile(r"([A-Za-z]{3})[a-z]*[- ](\d{4}|\d\d)")
_CHINESE: Final = re.compile(r"[〇○零一二三四五六七八九十两廿卅OОo]")
_DIGITS: Final = {"〇": "0", "○": "0", "零": "0", "O": "0", "О": "0", "o": "0", "两": "2"} | {
    character: str(value) for value, character in enumerate("一二三四五六七八九", 1)
}
_OPEN_END: Final = frozenset(
    [
        "长期",
        "长期有效",
        "永久",
        "永久有效",
        "永续",
        "无期限",
        "无固定期限",
        "不约定期限",
        "无限期",
        "至今",
        "今",
    ]
)
_EARLIEST, _LATEST = 1800, 2200


def read_day(text: str) -> tuple[date | None, tuple[Fault, ...]]:
    """The day that a text names, and what is doubtful or wrong about it. Never raises."""
    if (plain := _ISO.fullmatch(text)) is None:
        text = _SPACED.sub(lambda found: found[1] or "", half_width(clean(text)))
        text = _TIME.sub("", text).strip()
        plain = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if plain:
        return _day(text, int(plain[1]), int(plain[2]), int(plain[3]))
    for shape in (_month, _year, _serial, _abroad, _named, _two_digit_year):
        if (found := shape(text)) is not None:
            return found
    if _CHINESE.search(text) and (arabic := _arabic(text)) != text:
        return read_day(arabic)
    return None, (Fault(_("看不懂这个日期，请写成 2014-01-13 的样子"), "error"),)


def parse_day(text: str) -> Parsed:
    """A day, ISO text; an unreadable or impossible one is an error."""
    cleaned = clean(text)
    if is_placeholder(cleaned) or cleaned in _OPEN_END:
        return Parsed()
    day, problems = read_day(cleaned)
    return Parsed(day.isoformat() if day else "", problems)


def parse_past_day(text: str) -> Parsed:
    """A day on which something happened long ago may be a machine's empty date: that is asked about."""
    parsed = parse_day(text)
    if parsed.value and parsed.value < "1949-10-01" and not parsed.problems:
        return Parsed(parsed.value, (Fault(_("日期早于1949年，像是系统自动填的空日期，请核对")),))
    return parsed


def parse_first_day(text: str) -> Parsed:
    """A day; of a period its first day, with a warning."""
    parsed = parse_day(text)
    parts = _two_ends(half_width(clean(text))) if parsed.problems and not parsed.value else []
    if len(parts) == 2 and (first := parse_day(parts[0])).value:
        return Parsed(first.value, (*first.problems, Fault(_("原文是一段时间，按第一天登记"))))
    return parsed


def parse_period(text: str) -> Parsed:
    """A period in one cell (2020-01-01至2025-12-31): its two days go to valid_from and valid_until.

    A single day is the last one.
    """
    cleaned = half_width(clean(text))
    if is_placeholder(cleaned) or cleaned in _OPEN_END:
        return Parsed()
    parts = _two_ends(cleaned)
    if len(parts) > 2:
        return Parsed("", (Fault(_("看不懂这个有效期，请写成 2020-01-01至2025-12-31 的样子"), "error"),))
    first, last = map(parse_day, parts if len(parts) == 2 else ["", cleaned])
    also = {"valid_from": first.value, "valid_until": last.value}
    return Parsed("", first.problems + last.problems, {code: day for code, day in also.items() if day})


def _two_ends(text: str) -> list[str]:
    """The two days of a period, or the text alone where it is none; more than two where it is unclear."""
    parts = [part.strip().removeprefix("自").removeprefix("从") for part in _BETWEEN.split(text)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and (found := _HYPHENED.fullmatch(parts[0])):
        return [found[1], found[2]]
    return parts


def from_1904(text: str) -> str:
    """A bare serial number of the 1904 system as one of the 1900 system; other texts unchanged."""
    return str(int(text) + EPOCH_1904_DAYS) if _SERIAL.fullmatch(text) and text.isdecimal() else text


_Found = tuple[date | None, tuple[Fault, ...]]


def _day(text: str, year: int, month: int, day: int, *doubts: Fault) -> _Found:
    if not _EARLIEST <= year <= _LATEST:
        return None, (Fault(_("年份“%(year)s”不合理，请核对") % {"year": year}, "error"),)
    try:
        return date(year, month, day), doubts
    except ValueError:
        return None, (Fault(_("“%(text)s”不是真实存在的日期，请核对") % {"text": text}, "error"),)


def _month(text: str) -> _Found | None:
    found = _MONTH.fullmatch(text)
    if not found and (found := _COMPACT_MONTH.fullmatch(text)) and not 1 <= int(found[2]) <= 12:
        return None
    if not found:
        return None
    return _day(text, int(found[1]), int(found[2]), 1, Fault(_("只写到月，按当月1日登记")))


def _year(text: str) -> _Found | None:
    found = _YEAR.fullmatch(text)
    return _day(text, int(found[1]), 1, 1, Fault(_("只写到年，按当年1月1日登记"))) if found else None


def _serial(text: str) -> _Found | None:
    found = _SERIAL.fullmatch(text)
    return (date(1899, 12, 30) + timedelta(days=int(found[1])), ()) if found else None


def _abroad(text: str) -> _Found | None:
    found = _ABROAD.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first > 12:
        return _day(text, year, second, first)
    doubts = () if second > 12 or first == second else (Fault(_("按“月/日/年”理解，请核对月和日")),)
    return _day(text, year, first, second, *doubts)


def _named(text: str) -> _Found | None:
    if found := _DAY_NAME_MONTH.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif found := _NAME_DAY_YEAR.fullmatch(text):
        name, day, year = found[1], found[2], found[3]
    elif found := _NAME_YEAR.fullmatch(text):
        name, day, year = found[1], "", found[2]
    else:
        return None
    if name.lower() not in _MONTHS:
        return None
    doubts = [_guessed_century(year)] if len(year) == 2 else []
    if not day:
        doubts.append(Fault(_("只写到月，按当月1日登记")))
    return _day(text, _century(year), _MONTHS.index(name.lower()) + 1, int(day or 1), *doubts)


def _two_digit_year(text: str) -> _Found | None:
    found = _SHORT.fullmatch(text) or _COMPACT_SHORT.fullmatch(text)
    if not found:
        return None
    return _day(text, _century(found[1]), int(found[2]), int(found[3]), _guessed_century(found[1]))


def _century(year: str) -> int:
    value = int(year)
    if len(year) == 4:
        return value
    return 2000 + value if value < 50 else 1900 + value


def _guessed_century(year: str) -> Fault:
    return Fault(_("年份只写了两位，按%(year)s年理解，请核对") % {"year": _century(year)})


def _arabic(text: str) -> str:
    """Chinese numerals of a day to digits: 二〇一四年一月十三日 → 2014年1月13日."""
    return re.sub(
        r"[〇○零一二三四五六七八九十两廿卅OОo]+",
        lambda found: _numeral(found[0]),
        text.replace("廿", "二十").replace("卅", "三十"),
    )


def _numeral(text: str) -> str:
    if "十" not in text:
        return "".join(_DIGITS.get(character, character) for character in text)
    tens, _sep, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return text
    return (_DIGITS.get(tens, "1") if tens else "1") + (_DIGITS.get(ones, "0") if ones else "0")
