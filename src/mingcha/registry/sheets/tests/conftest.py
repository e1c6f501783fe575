"""Files as a bureau has them, made on the spot; the day stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mingcha.base import clock
from mingcha.registry.sheets import Known, ReadRow, guess_layout, open_book, read_rows

TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.using(clock.FixedClock(TODAY)):
        yield


Table = Sequence[Sequence[Any]]


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., str]:
    def make(text: str, encoding: str = "utf-8") -> str:
        path = tmp_path / "名单.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return make


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Callable[..., str]:
    """Sheets by title; numbers stay numbers, texts texts. `also` may do more with the workbook."""

    def make(sheets: Mapping[str, Table], also: Callable[[Any], None] | None = None) -> str:
        path = tmp_path / "名单.xlsx"
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
            for title, table in sheets.items():
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(table):
                    for column, cell in enumerate(cells):
                        if cell != "":
                            sheet.write(row, column, cell)
            if also:
                also(book)
        return str(path)

    return make


@pytest.fixture
def read() -> Callable[..., list[ReadRow]]:
    """The rows of a file, as an import would get them."""

    def run(
        path: str, register: str = "subjects", known: Known | None = None, **options: Any
    ) -> list[ReadRow]:
        book = open_book(path, Path(path).name)
        layout = guess_layout(book, register, options.get("remembered", {}))
        return list(read_rows(book, layout, register, options.get("defaults", {}), known))

    return run
