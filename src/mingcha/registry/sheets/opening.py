"""Open any list a bureau has."""

from __future__ import annotations

from pathlib import Path

from mingcha.base import limits
from mingcha.registry.sheets.book_csv import CsvBook
from mingcha.registry.sheets.book_excel import ExcelBook
from mingcha.registry.sheets.book_html import HtmlBook
from mingcha.registry.sheets.detect import format_of
from mingcha.registry.sheets.model import Book


def open_book(path: str, name: str) -> Book:
    """Open the file at `path`; `name` is what its owner calls it, for messages.

    What it is is decided by its content. Raises Refused, with one sentence, for files that are no lists, that
    are locked, damaged, or larger than the limits.
    """
    size = Path(path).stat().st_size
    limits.check("import_file_bytes", size)
    format_ = format_of(path, name)
    if format_ == "csv":
        return CsvBook(path, name)
    limits.check("import_book_bytes", size)
    if format_ == "html":
        return HtmlBook(path, name)
    return ExcelBook(path, name, old=format_ == "xls")
