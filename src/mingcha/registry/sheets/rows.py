"""Rows of a book as values of a register, each with its verdict: understood, warned, refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from mingcha.base import clock, limits
from mingcha.registry.sheets.dates import from_1904
from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.headings import plain
from mingcha.registry.sheets.model import (
    Book,
    Column,
    Formula,
    Known,
    Layout,
    Parse,
    Parsed,
    Problem,
    ReadRow,
    RegisterFields,
    Row,
    SheetLayout,
    Values,
    verdict_of,
)
from mingcha.registry.sheets.normalise import is_placeholder

_REMEMBERED_TEXTS: Final = 20_000
_LONGEST_HEADING: Final = 60
_BARE_NUMBER: Final = re.compile(r"\s*\d[\d,]*(\.\d+)?\s*")
_TOTALS: Final = re.compile(r"(合\s*计|总\s*计|小\s*计|共\s*计|本页小计|累\s*计)\s*[:：]?.*")
_SIGNED: Final = re.compile(
    r"\s*(?:(?:备?\s*注|(?:填表)?说\s*明|(?:制\s*表|填\s*表|填\s*报|审\s*核|复\s*核|经\s*办)(?:人|单位|日期|时间)?"
    r"|单位负责人|分管领导|联系人|联系电话|日期|时间)\s*[:：]|注\s*\d|第\s*\d+\s*页|[一二三四五六七八九十]+、)"
)
"""Lines under a table: notes, who made it, page numbers; and titles of sections within it."""

_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#####"})


class _Reader(NamedTuple):
    """One mapped column, ready to be read."""

    place: int
    field: str
    heading: str
    parse: Callable[[str], Parsed]


def read_rows(
    book: Book, layout: Layout, register: str, defaults: Mapping[str, str], known: Known | None = None
) -> Iterator[ReadRow]:
    """The rows of all used sheets in file order. `defaults` fill fields that a row leaves empty.

    Empty rows, repeated headers, totals and signatures are passed over; row numbers stay those of the file.
    Raises Refused when the file turns out unreadable on the way.
    """
    known = _today(known)
    given = _given(FIELDS[register], defaults)
    used = [sheet for sheet in layout.sheets if sheet.used]
    rows = chain.from_iterable(_read_sheet(book, sheet, FIELDS[register], given, known) for sheet in used)
    most = limits.limit("import_rows")
    yield from islice(rows, most)
    if next(rows, None) is not None:
        limits.check("import_rows", most + 1)


def reread(
    register: str, raw: Mapping[str, str], defaults: Mapping[str, str], known: Known | None = None
) -> ReadRow:
    """One row again, from field → text as somebody has corrected it; sheet and row are for the caller."""
    fields = FIELDS[register]
    values: Values = {}
    problems: list[Problem] = []
    kept = {code: text for code, text in raw.items() if code in fields}
    for code, text in kept.items():
        _take(values, problems, code, str(fields[code].label), text, fields[code].parse(text))
    _finish(fields, {}, values, problems, _given(fields, defaults), _today(known), kept)
    return ReadRow("", 0, dict(kept), values, problems, verdict_of(problems))


def _read_sheet(
    book: Book, sheet: SheetLayout, fields: RegisterFields, defaults: Values, known: Known
) -> Iterator[ReadRow]:
    readers = [_reader(column, fields, sheet.epoch1904) for column in sheet.columns if column.field in fields]
    headings = {reader.field: reader.heading for reader in readers}
    header = _Header(sheet)
    has_formulas = next((seen.formulas for seen in book.sheets if seen.title == sheet.title), False)
    for number, row in book.rows(sheet.title):
        if number < sheet.first_row:
            continue
        width = len(row)
        raw: dict[str, str] = {}
        values: Values = {}
        problems: list[Problem] = []
        for place, field, heading, parse in readers:
            text = row[place] if place < width else ""
            if not text:
                continue
            raw[field] = text
            parsed = parse(text)
            value, faults, also = parsed
            if faults or also:
                _take(values, problems, field, heading, text, parsed)
            elif value != "":
                values[field] = value
        if ("name" not in values or len(raw) < 3) and _no_data(row, raw, values):
            continue
        if header.repeated(row):
            continue
        if has_formulas:
            problems += _formulas(row, readers)
        _finish(fields, headings, values, problems, defaults, known, raw)
        yield ReadRow(sheet.title, number, raw, values, problems, verdict_of(problems))


def _reader(column: Column, fields: RegisterFields, epoch1904: bool) -> _Reader:
    spec = fields[column.field]
    parse: Parse = spec.parse
    if column.unit:
        parse = _in_unit(parse, column.unit)
    if spec.day and epoch1904:
        parse = _of_1904(parse)
    if spec.repeats:
        parse = lru_cache(maxsize=_REMEMBERED_TEXTS)(parse)
    return _Reader(column.index, column.field, column.heading or str(spec.label), parse)


def _in_unit(parse: Parse, unit: str) -> Parse:
    return lambda text: parse(text + unit if _BARE_NUMBER.fullmatch(text) else text)


def _of_1904(parse: Parse) -> Parse:
    return lambda text: parse(from_1904(text))


def _take(
    values: Values, problems: list[Problem], field: str, heading: str, text: str, parsed: Parsed
) -> None:
    """Put what was parsed where it belongs; what a column of its own says is not overruled by another."""
    if text[:1] == "#" and text.strip() in _ERRORS:
        reason = _("公式出错，没有结果；这一格按空白处理")
        problems.append(Problem(heading, text, reason, "warning", field))
        return
    problems.extend(Problem(heading, text, reason, severity, field) for reason, severity in parsed.problems)
    if parsed.value != "":
        values[field] = parsed.value
    for code, value in (parsed.also or {}).items():
        values.setdefault(code, value)


def _finish(
    fields: RegisterFields,
    headings: Mapping[str, str],
    values: Values,
    problems: list[Problem],
    defaults: Values,
    known: Known,
    raw: Mapping[str, str],
) -> None:
    """Defaults, then what the row says as a whole, then what it must not lack."""
    for code, value in defaults.items():
        values.setdefault(code, value)
    for problem in fields.check(values, known):
        heading = headings.get(problem.field) or _label(fields, problem.field)
        problems.append(replace(problem, column=heading, value=problem.value or raw.get(problem.field, "")))
    for code in _required_codes(fields.code):
        if code not in values and not any(p.field == code and p.severity == "error" for p in problems):
            label = _label(fields, code)
            reason = _("没有填写%(label)s") % {"label": label}
            problems.append(Problem(headings.get(code) or label, raw.get(code, ""), reason, "error", code))


@lru_cache(maxsize=32)
def _required_codes(register: str) -> tuple[str, ...]:
    return tuple(spec.code for spec in FIELDS[register].fields if spec.required)


def _label(fields: RegisterFields, code: str) -> str:
    return str(fields[code].label) if code in fields else ""


def _given(fields: RegisterFields, defaults: Mapping[str, str]) -> Values:
    """The defaults as values; what is not a field of the register, or says nothing, is left out."""
    parsed = {code: fields[code].parse(text).value for code, text in defaults.items() if code in fields}
    return {code: value for code, value in parsed.items() if value != ""}


def _today(known: Known | None) -> Known:
    known = known or Known()
    return known if known.today else replace(known, today=clock.today().isoformat())


class _Header:
    """Recognises the header where it is printed again on every page."""

    def __init__(self, sheet: SheetLayout) -> None:
        self._headings = {
            column.index: {plain(part) for part in (column.heading, *column.heading.split("/"))}
            for column in sheet.columns
            if column.heading and column.field
        }
        self._begins = {
            part.strip()[:1]
            for column in sheet.columns
            for part in (column.heading, *column.heading.split("/"))
            if column.index in self._headings
        }

    def repeated(self, row: Row) -> bool:
        """Whether every filled cell under a heading is that heading; nearly always one look says no."""
        filled = 0
        for index, forms in self._headings.items():
            text = row[index].lstrip() if index < len(row) else ""
            if text:
                if text[0] not in self._begins or len(text) > _LONGEST_HEADING or plain(text) not in forms:
                    return False
                filled += 1
        return filled > 0


def _no_data(row: Row, raw: Mapping[str, str], values: Values) -> bool:
    """Whether a row holds nothing, a total, or a line that is no entry of the list."""
    filled = [cell.strip() for cell in row if cell and not cell.isspace()]
    if all(is_placeholder(cell) for cell in filled):
        return True
    if any(len(cell) <= 12 and _TOTALS.fullmatch(cell) for cell in filled):
        return True
    if len(set(filled)) == 1 and not raw:
        return True
    return _SIGNED.match(filled[0]) is not None and len(set(filled)) <= 6 and "credit_code" not in values


def _formulas(row: Row, readers: list[_Reader]) -> list[Problem]:
    """A computed cell is read by its result; somebody should know that nobody typed it."""
    problems = []
    for reader in readers:
        cell = row[reader.place] if reader.place < len(row) else ""
        if isinstance(cell, Formula):
            reason = (
                _("这一格是公式，按计算结果读取，请核对") if cell else _("这一格是公式，文件里没有计算结果")
            )
            problems.append(Problem(reader.heading, str(cell), reason, "warning", reader.field))
    return problems
