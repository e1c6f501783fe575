"""Excel workbooks, .xlsx and .xls, read by calamine once they have been found harmless."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.hostile import Extent, check_archive, check_extent, examine, inflate, locked
from mingcha.registry.sheets.model import Cell, Formula, Row, Sheet
from mingcha.registry.sheets.ole import BrokenContainer, Container, Records
from mingcha.registry.sheets.refusals import refused

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_EXACT: Final = 1e15
"""Whole numbers above this were rounded when the spreadsheet made them numbers (15 digits)."""

_SHEET_TAG: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION_TAG: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_1904: Final = re.compile(rb'date1904="(?:1|true|on)"')
_SMALL_PART: Final = 16 * 1024 * 1024


class ExcelBook:
    """A workbook; one sheet at a time stands in memory."""

    def __init__(self, path: str, name: str, old: bool) -> None:
        self._name = name
        self.epoch1904 = False
        self._extents: dict[str, Extent] = {}
        order = self._examine_old(path) if old else self._examine_zip(path)
        self._workbook = self._open(path)
        self._loaded: tuple[str, CalamineSheet] | None = None
        self.sheets: tuple[Sheet, ...] = tuple(self._describe(order))

    def rows(self, title: str) -> Iterator[tuple[int, Row]]:
        """The rows down to the last filled one; a merged cell's value stands in each of its cells."""
        if title not in {sheet.title for sheet in self.sheets}:
            raise KeyError(title)
        sheet = self._load(title)
        if sheet.start is None:
            return
        formulas = self._extents.get(title, Extent()).formulas
        with_formulas = {row for row, _column in formulas}
        pad = ("",) * sheet.start[1]
        merges = _Merges(sheet)
        for number, values in enumerate(sheet.iter_rows(), 1):
            cells = [*pad, *map(shown, values)]
            if number in with_formulas:
                cells = [Formula(cell) if (number, i) in formulas else cell for i, cell in enumerate(cells)]
            if merges:
                merges.fill(number - 1, cells)
            yield number, tuple(cells)

    def _open(self, path: str) -> CalamineWorkbook:
        from python_calamine import load_workbook

        # Given a path, calamine would believe the file's extension.
        with self._refusing(), Path(path).open("rb") as file:
            return load_workbook(file)

    def _load(self, title: str) -> CalamineSheet:
        if self._loaded is None or self._loaded[0] != title:
            self._loaded = None
            with self._refusing():
                self._loaded = (title, self._workbook.get_sheet_by_name(title))
        return self._loaded[1]

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Whatever calamine stumbles over is a refusal; its panics are no `Exception` and have no name."""
        from python_calamine import CalamineError, PasswordError

        try:
            yield
        except PasswordError as error:
            raise locked(self._name) from error
        except (CalamineError, OSError, ValueError) as error:
            raise self._damaged() from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":
                raise self._damaged() from error
            raise

    def _describe(self, order: list[Extent]) -> Iterator[Sheet]:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        for index, data in enumerate(self._workbook.sheets_metadata):
            if data.typ != SheetTypeEnum.WorkSheet:
                continue
            extent = order[index] if index < len(order) else Extent()
            self._extents[data.name] = extent
            hidden = data.visible != SheetVisibleEnum.Visible
            yield Sheet(data.name, extent.last_row, hidden, formulas=bool(extent.formulas))

    def _examine_zip(self, path: str) -> list[Extent]:
        """The extents of the sheets in the order of the workbook."""
        try:
            check_archive(path, self._name)
            with zipfile.ZipFile(path) as archive, Path(path).open("rb") as file:
                entries = {entry.filename: entry for entry in archive.infolist()}
                workbook = next(name for name in entries if name.endswith("workbook.xml"))
                book = _part(file, entries, workbook)
                self.epoch1904 = bool(_1904.search(book))
                folder = workbook.rpartition("/")[0]
                targets = _targets(_part(file, entries, f"{folder}/_rels/workbook.xml.rels"))
                order: list[Extent] = []
                for tag in _SHEET_TAG.findall(book):
                    title = _attribute(tag, b"name")
                    target = targets.get(_attribute(tag, rb"\w*:?id"), "")
                    entry = entries.get(
                        target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                    )
                    order.append(examine(file, entry, title) if entry else Extent())
                self._check_rest(file, entries)
                return order
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, StopIteration) as error:
            raise self._damaged() from error

    def _check_rest(self, file: Any, entries: dict[str, zipfile.ZipInfo]) -> None:
        """Parts that are read whole: their true size is the declared one."""
        for name, entry in entries.items():
            if name.endswith(("sharedStrings.xml", "styles.xml")):
                for _data in inflate(file, entry):
                    pass

    def _examine_old(self, path: str) -> list[Extent]:
        try:
            container = Container(Path(path).read_bytes())
            names = container.streams
            if "EncryptedPackage" in names:
                raise locked(self._name)
            if "WordDocument" in names or "PowerPoint Document" in names:
                raise refused(
                    "foreign",
                    gettext_noop("文件“%(name)s”的内容是%(what)s，不是名单表格"),
                    name=self._name,
                    what=gettext_noop("Word 或演示文稿"),
                )
            stream = next((known for known in ("Workbook", "Book", "WORKBOOK", "BOOK") if known in names), "")
            if not stream:
                raise self._damaged()
            records = Records(container.stream(stream))
        except BrokenContainer as error:
            raise self._damaged() from error
        if records.locked:
            raise locked(self._name)
        self.epoch1904 = records.epoch1904
        for extent in records.extents:
            check_extent(extent, self._name)
        return records.extents

    def _damaged(self) -> Exception:
        return refused(
            "truncated",
            gettext_noop("文件“%(name)s”不完整或已损坏，打不开"),
            gettext_noop("可能没有下载或上传完；请用 Excel 或 WPS 打开核对，“另存为”.xlsx 后重新上传"),
            name=self._name,
        )


class _Merges:
    """Merged cells of a sheet, filled in row by row."""

    def __init__(self, sheet: CalamineSheet) -> None:
        ranges = sheet.merged_cell_ranges or []
        self._coming = sorted(ranges, key=lambda found: found[0], reverse=True)
        self._open: list[tuple[int, int, int, Cell]] = []

    def __bool__(self) -> bool:
        return bool(self._coming or self._open)

    def fill(self, row: int, cells: list[Cell]) -> None:
        """Put the value of each merged range into its cells of `row` (both counted from 0)."""
        while self._coming and self._coming[-1][0][0] <= row:
            (top, left), (bottom, right) = self._coming.pop()
            if top == row and left < len(cells):
                self._open.append((bottom, left, right, cells[left]))
        for _bottom, left, right, value in self._open:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = value
        self._open = [merge for merge in self._open if merge[0] > row]


def shown(value: Any) -> Cell:
    """A cell's value as a person sees it."""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if abs(value) >= _EXACT:
        # What a spreadsheet shows of it; the last digits are lost and must not look as if they were not.
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else format(value, ".15g")


def _part(file: Any, entries: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    entry = entries.get(name)
    if entry is None or entry.file_size > _SMALL_PART:
        raise ValueError(name)
    return b"".join(inflate(file, entry))


def _targets(relations: bytes) -> dict[str, str]:
    return {_attribute(tag, b"Id"): _attribute(tag, b"Target") for tag in _RELATION_TAG.findall(relations)}


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"""=["']([^"']*)["']""", tag)
    return found[1].decode("utf-8", "replace") if found else ""
