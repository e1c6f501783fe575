"""A few values of each column, for the page on which somebody says what the columns mean."""

from __future__ import annotations

from itertools import islice

from mingcha.registry.sheets import Book, Layout

_ROWS = 200
_SHOWN = 3
_LONGEST = 40


def samples_of(book: Book, layout: Layout) -> list[dict[str, list[str]]]:
    """For each sheet: column index (as text) → up to three different values from its first rows."""
    found: list[dict[str, list[str]]] = []
    for sheet in layout.sheets:
        values: dict[str, list[str]] = {str(column.index): [] for column in sheet.columns}
        rows = (row for number, row in book.rows(sheet.title) if number >= sheet.first_row)
        for row in islice(rows, _ROWS):
            for column in sheet.columns:
                shown = values[str(column.index)]
                text = row[column.index].strip()[:_LONGEST] if column.index < len(row) else ""
                if text and text not in shown and len(shown) < _SHOWN:
                    shown.append(text)
        found.append(values)
    return found
