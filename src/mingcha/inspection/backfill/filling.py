"""Write texts into the cells of an .xlsx blank; whatever else the file holds stays byte for byte.

A library that reads a workbook and writes it anew loses what it does not know: drop-down lists that point to
another sheet, protection, the platform's own marks. So only the rows of one sheet are touched, where they
stand in its XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

Cells = Mapping[int, str]
"""Texts of one row by column, counted from 0."""

_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")


class Unfillable(ValueError):
    """The file is no .xlsx workbook in which rows can be written; it has been opened as a list before."""


@dataclass
class _Cell:
    column: int
    style: str
    start: int
    end: int = 0


@dataclass
class _Row:
    number: int
    start: int
    #: Where its opening tag ends, and where the whole row does.
    head: int = 0
    end: int = 0
    cells: list[_Cell] = field(default_factory=list)


def fill(blank: bytes, sheet: str, first_row: int, rows: Sequence[Cells]) -> bytes:
    """The workbook with the texts written from `first_row` on (as Excel counts), one row after another.

    A cell keeps the look that the blank gave it, or that of the same column in the first row; a cell with a
    formula is the platform's and is left alone. Raises Unfillable.
    """
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        part = _part_of(archive, sheet)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                data = archive.read(entry)
                target.writestr(entry, _filled(data, first_row, rows) if entry.filename == part else data)
    return made.getvalue()


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The path of a sheet's XML inside the workbook."""
    names = archive.namelist()
    workbook = next((name for name in names if name.endswith("workbook.xml")), "")
    folder = workbook.rpartition("/")[0]
    relations = f"{folder}/_rels/workbook.xml.rels"
    if relations not in names:
        raise Unfillable("no workbook")
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target")
        for tag in _RELATION.findall(archive.read(relations).decode("utf-8", "replace"))
    }
    for tag in _SHEET.findall(archive.read(workbook).decode("utf-8", "replace")):
        if _attribute(tag, "name") == sheet:
            target = targets.get(_attribute(tag, r"\w*:?id"), "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            if path in names:
                return path
    raise Unfillable("no such sheet")


def _attribute(tag: str, name: str) -> str:
    found = re.search(r"\s" + name + r"""=("[^"]*"|'[^']*')""", tag)
    text = found[1][1:-1] if found else ""
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text


class _Reader:
    """Where rows and cells stand in a sheet's XML, in bytes."""

    def __init__(self, data: bytes) -> None:
        self.rows: dict[int, _Row] = {}
        self.prefix = ""
        self.body_start = self.body_end = -1
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._after: _Row | None = None
        self._data = data
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.StartDoctypeDeclHandler = self._refuse
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Unfillable(str(error)) from error
        if self.body_start < 0:
            raise Unfillable("no sheet data")

    def _refuse(self, *_declared: object) -> None:
        raise Unfillable("a sheet declares no document type")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        prefix, _colon, tag = name.rpartition(":")
        if tag == "sheetData":
            self.prefix = f"{prefix}:" if prefix else ""
            self.body_start = self._after_tag(at)
        elif tag == "row" and self.body_end < 0:
            number = int(attributes.get("r") or max(self.rows, default=0) + 1)
            self._row = self.rows[number] = _Row(number, at, head=self._after_tag(at))
        elif tag == "c" and self._row is not None:
            letters = re.match(r"[A-Z]{1,3}", attributes.get("r", ""))
            if letters is None:
                raise Unfillable("a cell without its place")
            self._cell = _Cell(_column(letters[0]), attributes.get("s", ""), at)

    def _finish(self, name: str) -> None:
        at = self._parser.CurrentByteIndex
        tag = name.rpartition(":")[2]
        if tag == "sheetData":
            self.body_end = at
        elif tag == "row" and self._row is not None:
            self._row.end = self._after_tag(at)
            self._row = None
        elif tag == "c" and self._cell is not None and self._row is not None:
            self._cell.end = self._after_tag(at)
            self._row.cells.append(self._cell)
            self._cell = None

    def _after_tag(self, start: int) -> int:
        """Behind the tag at `start`; quoted attributes may hold a ">"."""
        quote = 0
        for place in range(start, len(self._data)):
            byte = self._data[place]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == ord(">"):
                return place + 1
        raise Unfillable("a tag without end")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _filled(data: bytes, first_row: int, rows: Sequence[Cells]) -> bytes:
    read = _Reader(data)
    if data[read.body_start - 2 : read.body_start] == b"/>":
        return _into_empty(data, read, first_row, rows)
    looks = {cell.column: cell.style for cell in _cells_at(read, first_row)}
    wanted = {first_row + place: cells for place, cells in enumerate(rows)}
    pieces: list[bytes] = [data[: read.body_start]]
    for number in sorted({*read.rows, *wanted}):
        pieces.append(_row(data, read, number, wanted.get(number), looks))
    pieces.append(data[read.body_end :])
    return b"".join(pieces)


def _cells_at(read: _Reader, number: int) -> list[_Cell]:
    row = read.rows.get(number)
    return row.cells if row is not None else []


def _into_empty(data: bytes, read: _Reader, first_row: int, rows: Sequence[Cells]) -> bytes:
    """A sheet whose data element is closed at once."""
    body = b"".join(_row(data, read, first_row + place, cells, {}) for place, cells in enumerate(rows))
    opened = data[: read.body_start - 2] + b">"
    return opened + body + f"</{read.prefix}sheetData>".encode() + data[read.body_start :]


def _row(data: bytes, read: _Reader, number: int, cells: Cells | None, looks: Mapping[int, str]) -> bytes:
    """One row: as it stood, or with these texts in place of the cells they concern."""
    known = read.rows.get(number)
    if cells is None and known is not None:
        return data[known.start : known.end]
    there = {cell.column: cell for cell in known.cells} if known is not None else {}
    made: dict[int, bytes] = {column: data[cell.start : cell.end] for column, cell in there.items()}
    for column, text in (cells or {}).items():
        if _FORMULA.search(made.get(column, b"")):
            continue
        style = there[column].style if column in there else looks.get(column, "")
        made[column] = _cell(read.prefix, column, number, style, text)
    body = b"".join(made[column] for column in sorted(made))
    return _head(data, read.prefix, known, number) + body + f"</{read.prefix}row>".encode()


def _head(data: bytes, prefix: str, known: _Row | None, number: int) -> bytes:
    if known is None:
        return f'<{prefix}row r="{number}">'.encode()
    head = data[known.start : known.head]
    return head[:-2] + b">" if head.endswith(b"/>") else head


def _cell(prefix: str, column: int, row: int, style: str, text: str) -> bytes:
    place = f"{column_letters(column)}{row}"
    look = f' s="{style}"' if style else ""
    if not text:
        return f'<{prefix}c r="{place}"{look}/>'.encode()
    words = escape(_CONTROL.sub("", text))
    return (
        f'<{prefix}c r="{place}"{look} t="inlineStr"><{prefix}is>'
        f'<{prefix}t xml:space="preserve">{words}</{prefix}t></{prefix}is></{prefix}c>'
    ).encode()
