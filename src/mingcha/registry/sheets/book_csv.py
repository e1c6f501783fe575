"""Text files of separated values, streamed: a million rows need no more memory than one."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from mingcha.base import limits
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.encoding import encoding_of
from mingcha.registry.sheets.hostile import AROUND, check_rows
from mingcha.registry.sheets.model import Row, Sheet
from mingcha.registry.sheets.refusals import refused

_SEPARATORS: Final = ("\t", ",", ";", "|", "，")
_SAMPLE: Final = 60
_DECLARED: Final = re.compile(r'"?sep=(.)"?\s*', re.I)
_TITLE: Final = "CSV"
_MARKUP_QUOTES: Final = gettext_noop(
    "请用 Excel 或 WPS 打开，检查该行的双引号是否成对，“另存为”.xlsx 后重新上传"
)


class CsvBook:
    """A text file as a book of one sheet."""

    epoch1904 = False

    def __init__(self, path: str, name: str) -> None:
        self._path, self._name = path, name
        self._encoding = encoding_of(path, name)
        self._separator, self._declared = self._find_separator()
        self.sheets: tuple[Sheet, ...] = (Sheet(_TITLE, self._estimate()),)

    def rows(self, title: str) -> Iterator[tuple[int, Row]]:
        """Records, numbered as Excel numbers them: blank lines count, line breaks inside quotes do not."""
        if title != _TITLE:
            raise KeyError(title)
        columns, most = limits.limit("import_columns"), limits.limit("import_rows") + AROUND
        with Path(self._path).open(encoding=self._encoding, newline="") as file:
            if self._declared:
                next(file)
            reader = csv.reader(file, delimiter=self._separator)
            row = line = 0
            try:
                for cells in reader:
                    row += 1
                    if reader.line_num != line + 1:
                        self._check_quotes(cells, row, reader.line_num - line)
                    line = reader.line_num
                    if len(cells) > columns:
                        limits.check("import_columns", len(cells))
                    if row > most:
                        check_rows(row)
                    yield row, tuple(cells)
            except csv.Error as error:
                raise self._broken_quotes(row + 1) from error

    def _check_quotes(self, cells: list[str], row: int, lines: int) -> None:
        """A quote that is never closed swallows the rows after it into one cell."""
        separators = sum(cell.count(self._separator) for cell in cells if "\n" in cell or "\r" in cell)
        if lines > 200 or (lines > 1 and separators >= (lines - 1) * max(self._width - 1, 1)):
            raise self._broken_quotes(row)

    def _broken_quotes(self, row: int) -> Exception:
        return refused(
            "quotes",
            gettext_noop("文件“%(name)s”第%(row)s行的双引号不成对，其后的内容无法分列"),
            _MARKUP_QUOTES,
            name=self._name,
            row=row,
        )

    def _find_separator(self) -> tuple[str, bool]:
        """The separator that cuts most of the first lines into equally many cells."""
        with Path(self._path).open(encoding=self._encoding, newline="") as file:
            sample = [line[:20_000] for line in islice(iter(lambda: file.readline(1 << 20), ""), _SAMPLE)]
        declared = _DECLARED.fullmatch(sample[0]) if sample else None
        if declared:
            self._width = 2
            return declared[1], True
        best, best_score, self._width = ",", 0, 1
        for separator in _SEPARATORS:
            width, score = _fit(sample, separator)
            if score > best_score:
                best, best_score, self._width = separator, score, width
        return best, False

    def _estimate(self) -> int:
        """How many rows, from the length of the first ones."""
        size = Path(self._path).stat().st_size
        with Path(self._path).open("rb") as file:
            head = file.read(1 << 18)
        lines = max(head.count(b"\n"), 1)
        return lines if len(head) == size else size * lines // len(head)


def _fit(sample: list[str], separator: str) -> tuple[int, int]:
    """The commonest number of cells above one, and how much speaks for the separator."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator) if len(cells) > 1)
    except csv.Error:
        return 1, 0
    if not widths:
        return 1, 0
    width, rows = max(widths.items(), key=lambda item: item[0] * item[1])
    return width, rows * (width - 1)
