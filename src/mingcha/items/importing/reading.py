"""The rows of a superior's list as they were understood, with what is doubtful about their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from mingcha.items.importing.fields import REGISTER
from mingcha.kernel.citations import parse
from mingcha.kernel.refusal import Refused
from mingcha.laws import selectors as library
from mingcha.registry.sheets import Problem, ReadRow, read_short_list, verdict_of


@dataclass(frozen=True)
class ReadItem:
    """One row: where it stood, its values by field, what is doubtful, the verdict."""

    sheet: str
    row: int
    values: dict[str, Any]
    problems: list[dict[str, str]]
    verdict: str


def read_items(file: File[Any], name: str, *, on: date) -> tuple[str, list[ReadItem]]:
    """The file's SHA-256 and its rows. Refused for a file that is no such list or is far too long."""
    digest, rows = read_short_list(file, name, REGISTER)
    return digest, [_item(row, on) for row in rows]


def _item(row: ReadRow, on: date) -> ReadItem:
    problems = [*row.problems, *_doubtful_articles(str(row.values.get("bases", "")), on)]
    said = [problem.to_json() for problem in problems]
    return ReadItem(row.sheet, row.row, row.values, said, verdict_of(problems))


def _doubtful_articles(bases: str, on: date) -> Iterator[Problem]:
    """A warning for each article that the library does not know, with the library's own words."""
    if not bases:
        return
    column, field = _("检查依据"), "bases"
    cited = list(dict.fromkeys(parse(bases)))
    if not cited:
        yield Problem(column, bases[:200], _("看不出是哪部法律的哪一条"), "warning", field)
    for citation in cited:
        try:
            library.passage(library.resolve(citation, on), citation)
        except Refused as refused:
            reason = refused.refusals[0].shown("message")
            yield Problem(column, str(citation), reason, "warning", field)
