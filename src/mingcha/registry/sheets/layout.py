"""How a book is to be read: guessed here, corrected by the clerk, remembered for the next list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _

from mingcha.registry.sheets.content import guess_by_content
from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.headers import SEARCHED, Header, find_header, headings_of, holds_data
from mingcha.registry.sheets.meanings import columns_of
from mingcha.registry.sheets.model import Book, Column, Layout, Row, Sheet, SheetLayout

_SAMPLE = SEARCHED + 60


def guess_layout(book: Book, register: str, remembered: Mapping[str, str]) -> Layout:
    """What the sheets of a book look like. `remembered` maps headings of this source to fields.

    A sheet is used when its columns say at least what the register cannot do without, or a sure part of it;
    hidden sheets are not used until somebody says so. Raises Refused when the book turns out unreadable.
    """
    sheets: list[SheetLayout] = []
    for sheet in book.sheets:
        guessed = _guess_sheet(book, sheet, register, remembered)
        before = next((known for known in reversed(sheets) if known.used), None)
        if not guessed.header_rows and before and _continues(before, guessed):
            columns = tuple(replace(column) for column in before.columns)
            guessed = replace(
                guessed, columns=columns, used=not sheet.hidden, remark=_("没有表头，按前一张表的列读取")
            )
        sheets.append(guessed)
    return Layout(tuple(sheets))


def missing(layout: Layout, register: str) -> list[str]:
    """Labels of required fields that no column of the used sheets fills."""
    used = [sheet for sheet in layout.sheets if sheet.used]
    return [
        str(spec.label)
        for spec in FIELDS[register].fields
        if spec.required and not all(spec.code in sheet.fields() for sheet in used)
    ]


def _guess_sheet(book: Book, sheet: Sheet, register: str, remembered: Mapping[str, str]) -> SheetLayout:
    sample = _sample(book, sheet.title)
    if not sample:
        return SheetLayout(sheet.title, False, (), 1, (), _("空表"), book.epoch1904)
    header = find_header(register, sample, remembered) or _no_header(sample)
    columns = columns_of(register, header.headings, remembered)
    data = [row for number, row in sample if number >= header.first_row]
    columns = guess_by_content(register, columns, data)
    if header.unit:
        columns = [_with_unit(register, column, header.unit) for column in columns]
    layout = SheetLayout(sheet.title, True, header.rows, header.first_row, tuple(columns), "", book.epoch1904)
    if sheet.hidden:
        return replace(layout, used=False, remark=_("隐藏的工作表，默认不读取"))
    if not _useful(register, layout):
        return replace(layout, used=False, remark=_("没有找到认识的列，请指定各列的含义，或不读取这张表"))
    return layout


def _sample(book: Book, title: str) -> list[tuple[int, Row]]:
    """The first rows that are not empty."""
    filled = ((number, row) for number, row in book.rows(title) if any(cell.strip() for cell in row))
    return list(islice(filled, _SAMPLE))


def _no_header(sample: list[tuple[int, Row]]) -> Header:
    """Without a known heading: a first row of words over rows of data is a header of unknown headings."""
    width = max(len(row) for _number, row in sample)
    (first, row), *rest = sample
    several = sum(bool(cell.strip()) for cell in row) > 1
    if rest and several and not holds_data(row) and holds_data(rest[0][1]):
        headings = headings_of([row + ("",) * (width - len(row))])
        return Header((first,), headings, rest[0][0])
    return Header((), [""] * width, first)


def _with_unit(register: str, column: Column, unit: str) -> Column:
    money = bool(column.field) and FIELDS[register][column.field].money
    return replace(column, unit=unit) if money and not column.unit else column


def _useful(register: str, layout: SheetLayout) -> bool:
    fields = layout.fields()
    required = {spec.code for spec in FIELDS[register].fields if spec.required}
    named = {"name", "credit_code"} & fields
    return bool(named) or bool(required and required <= fields)


def _continues(before: SheetLayout, sheet: SheetLayout) -> bool:
    """Whether a sheet without header goes on where another stopped: what is recognised agrees with it."""
    guessed = {column.index: column.field for column in sheet.columns if column.field}
    known = {column.index: column.field for column in before.columns}
    return bool(guessed) and all(known.get(index) == field for index, field in guessed.items())
