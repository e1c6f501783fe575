"""Read any list a bureau has: files, headings and values; no database.

A book (`open_book`) is a file with sheets. A layout (`guess_layout`) says where the header of each sheet
is and which field each column means; it goes through JSON, so that a clerk can correct it. `read_rows` then
gives each row as it stood and as it was understood, with everything that is doubtful about it, in words for
the clerk. Nothing is guessed silently: what cannot be read is refused or warned about, with cell and reason.

    book = open_book(path, "名单.xlsx")
    layout = guess_layout(book, "subjects", remembered={})
    for row in read_rows(book, layout, "subjects", defaults={"division_code": "130111"}):
        row.verdict, row.values, row.problems
"""

from mingcha.registry.sheets.fields import FIELDS
from mingcha.registry.sheets.layout import guess_layout, missing
from mingcha.registry.sheets.model import (
    Book,
    Cell,
    Column,
    FieldSpec,
    Formula,
    Known,
    Layout,
    Parsed,
    Problem,
    ReadRow,
    RegisterFields,
    Sheet,
    SheetLayout,
    verdict_of,
)
from mingcha.registry.sheets.normalise import name_form
from mingcha.registry.sheets.numbers import read_yuan
from mingcha.registry.sheets.opening import open_book
from mingcha.registry.sheets.rows import read_rows, reread
from mingcha.registry.sheets.short_lists import read_short_list

__all__ = [
    "FIELDS",
    "Book",
    "Cell",
    "Column",
    "FieldSpec",
    "Formula",
    "Known",
    "Layout",
    "Parsed",
    "Problem",
    "ReadRow",
    "RegisterFields",
    "Sheet",
    "SheetLayout",
    "guess_layout",
    "missing",
    "name_form",
    "open_book",
    "read_rows",
    "read_short_list",
    "read_yuan",
    "reread",
    "verdict_of",
]
