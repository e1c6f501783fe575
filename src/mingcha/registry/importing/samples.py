"""A few values of each column, for the page on which somebody says what the columns mean."""

from __future__ import annotations

import re
from itertools import islice

from mingcha.registry.sheets import Book, Layout

_ROWS = 200
_SHOWN = 3
_LONGEST = 40
#: Telephone and identity numbers: whatever a column is called, nobody needs them to tell what it means.
_PERSONAL = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|[1-6]\d{5}(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx])(?!\d)"
)


def samples_of(book: Book, layout: Layout) -> list[dict[str, list[str]]]:
    """For each sheet: column index (as text) → up to three different values from its first rows."""
    found: list[dict[str, list[str]]] = []
    for sheet in layout.sheets:
        values: dict[str, list[str]] = {str(column.index): [] for column in sheet.columns}
        rows = (row for number, row in book.rows(sheet.title) if number >= sheet.first_row)
        for row in islice(rows, _ROWS):
            for column in sheet.columns:
                shown = values[str(column.index)]
                text = row[column.index].strip() if column.index < len(row) else ""
                text = _without_people(text)[:_LONGEST]
                if text and text not in shown and len(shown) < _SHOWN:
                    shown.append(text)
        found.append(values)
    return found


def _without_people(text: str) -> str:
    """The text with such numbers masked: samples stay with the batch while somebody decides (N10)."""
    return _PERSONAL.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", text)
