"""A list as an Excel workbook: the rows, order and columns of the screen, every cell as text.

Codes stay text, so that 91130124… does not become 9.11E+17. Text that starts like a formula is marked
with Excel's own quote prefix: it is shown as it is and never calculated, also after the cell was edited.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.viewers import Viewer

#: Excel holds 1,048,576 rows a sheet; what is more goes on to the next sheet.
ROWS_A_SHEET = 1_000_000
#: The longest text that a cell can hold.
CELL_LIMIT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHEET_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def watermark_of(viewer: Viewer, reason: str) -> str:
    """What stands on every sheet of an export with personal data: who took it, when and what for (N10)."""
    return gettext("含个人信息，仅限所写用途使用｜导出人：%(who)s｜时间：%(when)s｜用途：%(why)s") % {
        "who": viewer.name,
        "when": clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "why": " ".join(reason.split()),
    }


@dataclass
class _Sheet:
    sheet: Any
    row: int


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, watermark: str = ""
) -> IO[bytes]:
    """Write the rows into a temporary file, rewound for reading; memory use does not grow with rows.

    A `watermark` stands on top of every sheet and in the header of every printed page.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115  the response that sends it closes it
    # Row by row and text only: nothing is kept in memory, nothing is guessed from a cell's look.
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "num_format": "@"}),
        "mark": book.add_format({"italic": True, "font_color": "#9B1C1C"}),
        "cell": book.add_format({"num_format": "@"}),
        "quoted": book.add_format({"num_format": "@", "quote_prefix": True}),
    }
    current = _new_sheet(book, title, 1, headings, formats, watermark)
    number, written = 1, 0
    for row in rows:
        if written == ROWS_A_SHEET:
            number, written = number + 1, 0
            current = _new_sheet(book, title, number, headings, formats, watermark)
        for column, text in enumerate(row):
            style = "quoted" if text.startswith(_FORMULA_STARTS) else "cell"
            current.sheet.write_string(current.row, column, text[:CELL_LIMIT], formats[style])
        current.row += 1
        written += 1
    book.close()
    target.seek(0)
    return target


def _new_sheet(
    book: Any, title: str, number: int, headings: Sequence[str], formats: dict[str, Any], watermark: str
) -> _Sheet:
    """A sheet with its heading row, which stays in view and repeats on every printed page."""
    name = title.translate(_SHEET_FORBIDDEN).strip()[:25] or "Sheet"
    sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(12, min(40, 2 * len(heading) + 6)))
    row = 0
    if watermark:
        sheet.set_header("&L" + watermark.replace("&", "&&")[:200])
        sheet.write_string(row, 0, watermark, formats["mark"])
        row += 1
    for column, heading in enumerate(headings):
        sheet.write_string(row, column, heading, formats["head"])
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return _Sheet(sheet=sheet, row=row + 1)
