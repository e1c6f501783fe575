"""A 回填清单 as the file that the platform takes in: its own blank, filled."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from mingcha.base.viewers import Viewer
from mingcha.basics.services import attachments
from mingcha.inspection.backfill.filling import Cells, fill
from mingcha.inspection.backfill.selectors import current_values
from mingcha.inspection.models import ReturnSheet, ReturnTemplate


def filled(sheet: ReturnSheet, viewer: Viewer) -> bytes:
    """The blank with a row for each inspection as it stands now. Of an .xls, a new .xlsx with its headings.

    Raises ValueError for a list without template, `Unfillable` for a blank that holds no rows.
    """
    template = sheet.template
    if template is None or template.file is None:
        raise ValueError("nothing to be filled")
    columns = template.fields
    listed = list(sheet.rows.order_by("place"))
    now = current_values(sheet, listed, viewer)
    rows: list[Cells] = [
        {index: now[row.pk].get(name, "") for index, name in columns.items()} for row in listed
    ]
    if template.old:
        return _anew(template, rows)
    with attachments.opened(template.file) as blank:
        return fill(blank.read(), template.sheet, template.first_row, rows)


def _anew(template: ReturnTemplate, rows: Sequence[Cells]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(template.sheet[:31])
    heading = max(template.header_rows, default=1) - 1
    for column in template.columns:
        sheet.write_string(heading, column["index"], column["heading"])
    for place, cells in enumerate(rows, start=template.first_row - 1):
        for column, text in cells.items():
            sheet.write_string(place, column, text)
    book.close()
    return made.getvalue()
