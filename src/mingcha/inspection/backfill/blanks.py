"""Files of the superior's platform, read before any transaction: its blank and its export."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File

from mingcha.base import limits
from mingcha.inspection.backfill.fields import PLACE, REGISTER, given
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.sheets import Column, ReadRow, SheetLayout, guess_layout, open_book, read_short_list
from mingcha.registry.sheets.detect import format_of
from mingcha.registry.sheets.headings import plain
from mingcha.registry.sheets.meanings import ORDINALS

_BASIS = gettext_noop("省监管平台的批量录入模板")


@dataclass(frozen=True)
class Blank:
    """What was understood of a blank; `old` for an .xls. Columns are index, heading and our field."""

    sha256: str
    old: bool
    sheet: str
    header_rows: tuple[int, ...]
    first_row: int
    columns: list[dict[str, Any]]


@dataclass(frozen=True)
class Export:
    """Every row of an export, with the file's name and digest."""

    name: str
    sha256: str
    rows: list[ReadRow]


def read_export(file: File[bytes], name: str) -> Export:
    """Read the platform's export. Refused for what is too large or no such list."""
    limits.check("import_book_bytes", file.size)
    digest, rows = read_short_list(file, name, REGISTER)
    return Export(name[:200], digest, rows)


def read_blank(file: File[bytes], name: str) -> Blank:
    """Find the headings of a blank. Refused for what is too large, no workbook, or shows none known."""
    limits.check("return_blank_bytes", file.size)
    made = hashlib.sha256()
    with NamedTemporaryFile(prefix="mingcha-blank-") as copy:
        for chunk in file.chunks():
            made.update(chunk)
            copy.write(chunk)
        copy.flush()
        kind = format_of(copy.name, name)
        if kind not in ("xlsx", "xls"):
            raise Refused(_no_workbook(name))
        book = open_book(copy.name, name)
        used = [sheet for sheet in guess_layout(book, REGISTER, remembered={}).sheets if sheet.used]
    if not used:
        raise Refused(_no_headings(name))
    sheet = max(used, key=lambda one: len(one.fields()))
    return Blank(
        made.hexdigest(), kind == "xls", sheet.title, sheet.header_rows, sheet.first_row, _columns(sheet)
    )


def _columns(sheet: SheetLayout) -> list[dict[str, Any]]:
    ours = {spec.code for spec in given()}
    columns = [_column(column, ours) for column in sheet.columns if column.heading or column.field]
    ordinal = next((one for one in columns if plain(one["heading"]) in ORDINALS), None)
    if ordinal is not None:
        ordinal["field"] = PLACE
    return columns


def _column(column: Column, ours: set[str]) -> dict[str, Any]:
    kept = asdict(column)
    field = column.field if column.field in ours else ""
    return {"index": kept["index"], "heading": kept["heading"], "field": field}


def _no_workbook(name: str) -> Refusal:
    return Refusal(
        "return.no_workbook",
        gettext_noop("“%(name)s”不是 Excel 工作簿，不能作为回填模板"),
        _BASIS,
        gettext_noop("请上传从省平台下载的 .xlsx 或 .xls 空白模板；平台没有批量模板的，用“逐项复制”"),
        {"name": name},
    )


def _no_headings(name: str) -> Refusal:
    return Refusal(
        "return.no_headings",
        gettext_noop("在“%(name)s”里没有找到认识的表头"),
        _BASIS,
        gettext_noop("请上传从省平台下载的空白模板，表头应有检查对象名称、检查结果等列"),
        {"name": name},
    )
