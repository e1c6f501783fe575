"""Tables of web pages that old systems hand out as ".xls": read as they would look in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from mingcha.base import limits
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.encoding import encoding_of
from mingcha.registry.sheets.hostile import check_rows
from mingcha.registry.sheets.model import Row, Sheet
from mingcha.registry.sheets.refusals import refused

_CHUNK: Final = 1 << 18
_MOST_SPANNED: Final = 1000


class HtmlBook:
    """A web page as a book: each table that is not empty is a sheet."""

    epoch1904 = False

    def __init__(self, path: str, name: str) -> None:
        reader = _Tables()
        with Path(path).open(encoding=encoding_of(path, name), newline="") as file:
            while text := file.read(_CHUNK):
                reader.feed(text)
        reader.close()
        tables = [table for table in reader.tables if any(any(row) for row in table)]
        if not tables:
            raise refused(
                "html",
                gettext_noop("文件“%(name)s”是网页，里面没有表格"),
                gettext_noop("请在来源系统重新导出；如导出的是登录页面，请重新登录后再导出"),
                name=name,
            )
        self._tables = {f"表{number}": table for number, table in enumerate(tables, 1)}
        self.sheets: tuple[Sheet, ...] = tuple(
            Sheet(title, len(table)) for title, table in self._tables.items()
        )

    def rows(self, title: str) -> Iterator[tuple[int, Row]]:
        """The rows of one table, spanned cells repeated."""
        for number, cells in enumerate(self._tables[title], 1):
            yield number, tuple(cells)


class _Tables(HTMLParser):
    """Collects the cells of tables; a table inside a cell counts as text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._carried: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._carried = {}
                self.tables.append([])
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            check_rows(len(self.tables[-1]) + 1)
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables[-1]:
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(self._depth - 1, 0)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()
            if tag == "tr" and self.tables[-1]:
                self._carry(self.tables[-1][-1])

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        self._text = None
        row = self.tables[-1][-1]
        self._carry(row)
        down, across = self._span
        for _ in range(across):
            if down > 1:
                self._carried[len(row)] = (down - 1, text)
            row.append(text)
        limits.check("import_columns", len(row))

    def _carry(self, row: list[str]) -> None:
        """Cells of earlier rows that reach down into this one, where they come next."""
        while (carried := self._carried.get(len(row))) is not None:
            left, text = carried
            if left > 1:
                self._carried[len(row)] = (left - 1, text)
            else:
                del self._carried[len(row)]
            row.append(text)


def _span(text: str | None) -> int:
    return min(int(text), _MOST_SPANNED) if text and text.isascii() and text.isdecimal() and int(text) else 1
