"""What an .xlsx file would do to the machine, found out before anything is built in memory.

The zip directory is held against the limits; then each sheet is inflated once as a stream, which tells the
extent of its filled cells (declared dimensions lie, and a grid is as large as its farthest cell) and where
its formulas are.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from mingcha.base import limits
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.refusals import refused

_CHUNK: Final = 1 << 18
_HARMLESS: Final = 64 * 1024 * 1024
"""Below this size no ratio of compression hurts; rows that are all alike compress a hundredfold."""
_FILLED: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
"""A cell that is not closed at once, so that something stands in it."""
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_ANY_CELL: Final = re.compile(rb'<(?:\w+:)?c(?=[ >/])(?![^>]* r=")')


AROUND: Final = 50
"""Rows of titles, headings and notes around a table, which do not count against the limit."""


@dataclass
class Extent:
    """The filled part of a sheet (counted from 1) and its formula cells as (row, column index from 0)."""

    first_row: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)

    @property
    def cells(self) -> int:
        return (self.last_row - self.first_row + 1) * self.last_column


def check_archive(path: str, name: str) -> None:
    """Hold the directory of a zip file against the limits. Raises Refused."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    limits.check("zip_entries", len(entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked(name)
    inflated = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    limits.check("zip_bytes", inflated)
    if inflated > _HARMLESS:
        limits.check("zip_ratio", inflated // max(packed, 1))


def inflate(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry, never more than its directory declares. Raises zlib.error, ValueError."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise ValueError("no local header")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    left, given = entry.compress_size, 0
    decompressor = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if decompressor is None and entry.compress_type != zipfile.ZIP_STORED:
        raise ValueError("unknown compression")
    pending = b""
    while left or pending:
        packed = pending or file.read(min(_CHUNK, left))
        left -= 0 if pending else len(packed)
        if not packed:
            raise ValueError("truncated")
        data = packed if decompressor is None else decompressor.decompress(packed, 8 * _CHUNK)
        pending = b"" if decompressor is None else decompressor.unconsumed_tail
        given += len(data)
        if given > entry.file_size:
            raise ValueError("more than declared")
        yield data
    if given != entry.file_size:
        raise ValueError("less than declared")


def examine(file: IO[bytes], entry: zipfile.ZipInfo, sheet: str) -> Extent:
    """The extent of one sheet. Raises Refused when it is larger than the limits."""
    extent = Extent()
    rest = b""
    for data in inflate(file, entry):
        text = rest + data
        cut = _last_whole(text)
        _look(text[:cut], extent, sheet)
        rest = text[cut:]
        if len(rest) > 64 * _CHUNK:
            raise refused("cell", gettext_noop("工作表“%(sheet)s”有一格内容超过 16 MiB"), sheet=sheet)
    _look(rest, extent, sheet)
    check_extent(extent, sheet)
    return extent


def check_extent(extent: Extent, sheet: str) -> None:
    """Raise Refused when a sheet is too long, too wide, or its filled cells lie too far apart."""
    limits.check("import_columns", extent.last_column)
    check_rows(extent.last_row - extent.first_row)
    limits.check("import_cells", extent.cells)


def check_rows(rows: int) -> None:
    """Raise Refused when a sheet has more rows than may come in even if some are titles, headings and notes.

    How many rows of data there are is counted exactly where they are read.
    """
    if rows > limits.limit("import_rows") + AROUND:
        limits.check("import_rows", rows)


def locked(name: str) -> Exception:
    """The refusal for a file behind a password."""
    return refused(
        "password",
        gettext_noop("文件“%(name)s”设有打开密码，系统无法读取"),
        gettext_noop("请用 Excel 或 WPS 打开，取消打开密码并另存后重新上传"),
        name=name,
    )


def _last_whole(text: bytes) -> int:
    """Where to cut so that no cell is seen in two halves: before the last cell, unless its row has ended."""
    start = max(text.rfind(b"<c "), text.rfind(b":c "))
    if start < 0 or b"row>" in text[start:]:
        return max(text.rfind(b"<"), 0)
    return text.rfind(b"<", 0, start + 1)


def _look(text: bytes, extent: Extent, sheet: str) -> None:
    """Add what a piece of a sheet's XML says."""
    found = _FILLED.findall(text)
    if found:
        extent.last_column = max(extent.last_column, *map(column_number, {column for column, _row in found}))
        rows = list(map(int, {row for _column, row in found}))
        extent.first_row = min(extent.first_row or rows[0], *rows)
        extent.last_row = max(extent.last_row, *rows)
        limits.check("import_columns", extent.last_column)
    if _ANY_CELL.search(text):
        raise refused(
            "cells", gettext_noop("工作表“%(sheet)s”的单元格没有写明位置，无法确定行列"), sheet=sheet
        )
    if b"<f" in text or b":f" in text:
        _note_formulas(text, extent)


def _note_formulas(text: bytes, extent: Extent) -> None:
    for formula in _FORMULA.finditer(text):
        start = max(text.rfind(b"<c ", 0, formula.start()), text.rfind(b":c ", 0, formula.start()))
        if reference := re.search(rb'r="([A-Z]{1,3})([0-9]{1,7})"', text[start : formula.start()]):
            extent.formulas.add((int(reference[2]), column_number(reference[1]) - 1))


def column_number(letters: bytes) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
