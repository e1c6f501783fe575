"""Where the header of a sheet is: the row, or two rows, in which the most headings are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mingcha.registry.sheets.headings import joined, plain, units_row
from mingcha.registry.sheets.meanings import ORDINALS, by_synonym
from mingcha.registry.sheets.model import Row

SEARCHED: Final = 40
"""So many of the first rows are looked at."""

_DATA: Final = re.compile(r"\d{4}[-/.年]\d|\d{6,}|^\d+(\.\d+)?$")
_LONGEST_HEADING: Final = 60


@dataclass(frozen=True)
class Header:
    """The rows of a header (as Excel numbers them), its headings, the first row of data, the units above."""

    rows: tuple[int, ...]
    headings: list[str]
    first_row: int
    unit: str = ""


def find_header(
    register: str, sample: Sequence[tuple[int, Row]], remembered: Mapping[str, str]
) -> Header | None:
    """The header of a sheet, or None when no row holds headings that are known."""
    said = {plain(heading) for heading in remembered}
    best: tuple[int, int] | None = None
    for place, (_number, row) in enumerate(sample[:SEARCHED]):
        score = _known(register, row, said)
        if score and (best is None or score > best[0]):
            best = (score, place)
    if best is None or not _enough(best[0], sample[best[1]][1]):
        return None
    place = best[1]
    candidates = [(place, place + 1)]
    if place + 1 < len(sample):
        candidates.append((place, place + 2))
    if place > 0:
        candidates.append((place - 1, place + 1))
    chosen = max(candidates, key=lambda span: _span_score(register, sample[span[0] : span[1]], said))
    rows = sample[chosen[0] : chosen[1]]
    headings = headings_of([row for _number, row in rows])
    following = sample[chosen[1]][0] if chosen[1] < len(sample) else rows[-1][0] + 1
    return Header(
        tuple(number for number, _row in rows), headings, following, _unit_above(sample[: chosen[0]])
    )


def headings_of(rows: Sequence[Row]) -> list[str]:
    """One heading a column, joined over the rows; blanks of merged cells above are filled from the left."""
    if len(rows) == 1:
        return [" ".join(cell.split()) for cell in rows[0]]
    width = max(map(len, rows))
    above, below = (list(row) + [""] * (width - len(row)) for row in rows)
    filled = ""
    for index in range(width):
        filled = above[index].strip() or (filled if below[index].strip() else "")
        above[index] = filled
    return [joined([above[index], below[index]]) for index in range(width)]


def _known(register: str, row: Row, said: set[str]) -> int:
    """How many different fields and remembered headings a row names; an ordinal counts a little."""
    forms = {cell: plain(cell) for cell in row if cell and len(cell) <= _LONGEST_HEADING}
    fields = {found[0] for cell in forms if (found := by_synonym(register, cell))}
    return 2 * (len(fields) + len(said & set(forms.values()))) + bool(ORDINALS & set(forms.values()))


def _enough(score: int, row: Row) -> bool:
    """Two headings, or one in a list that has hardly more."""
    filled = {cell for cell in row if cell.strip()}
    return score >= 4 or (score >= 2 and len(filled) <= 2)


def _span_score(register: str, rows: Sequence[tuple[int, Row]], said: set[str]) -> float:
    """Two rows are one header when together they name more than one alone and neither holds data."""
    if len(rows) == 1:
        return _known(register, rows[0][1], said) + 0.5
    if rows[1][0] != rows[0][0] + 1 or any(holds_data(row) for _number, row in rows):
        return 0
    (_n, above), (_m, below) = rows
    if len({cell.strip() for cell in above if cell.strip()}) < 2 or not _complements(above, below):
        return 0
    return _known(register, tuple(headings_of([above, below])), said)


def holds_data(row: Row) -> bool:
    """Whether a row holds dates, numbers or long texts, which no heading does."""
    return any(_DATA.search(cell.strip()) for cell in row) or any(
        len(cell) > _LONGEST_HEADING for cell in row
    )


def _complements(above: Row, below: Row) -> bool:
    """Whether the two rows share merged cells: one repeats the other or fills its blanks."""
    pairs = [(above[i].strip(), below[i].strip() if i < len(below) else "") for i in range(len(above))]
    same_or_blank = sum(1 for upper, lower in pairs if upper == lower or not lower or not upper)
    return any(lower and lower != upper for upper, lower in pairs) and same_or_blank * 3 >= len(pairs)


def _unit_above(rows: Sequence[tuple[int, Row]]) -> str:
    for _number, row in reversed(rows):
        for cell in row:
            if cell and (unit := units_row(cell)):
                return unit
    return ""
