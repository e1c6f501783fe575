"""The parts of an article: 款 are its paragraphs, 项 the numbered items within one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingcha.kernel.chinese_numbers import read_number

_CLAUSE = re.compile(r"\s*[（(]\s*(?P<number>[一二三四五六七八九十]+)\s*[）)]")
#: 1. or 1． or （1）: what stands below a 项 (目).
_POINT = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]\d{1,2}[）)])")


@dataclass(frozen=True)
class Line:
    """One printed line of an article; `below` when it is a 项 or stands below one."""

    text: str
    below: bool


def lines_of(body: str) -> list[Line]:
    """The printed lines of an article."""
    return [
        Line(line, place > 0 and bool(_CLAUSE.match(line) or _POINT.match(line)))
        for place, line in enumerate(body.splitlines())
    ]


def paragraphs_of(body: str) -> list[str]:
    """The 款 of an article, each with the lines of its 项; the lead-in and its items are one 款."""
    paragraphs: list[str] = []
    for line in lines_of(body):
        if line.below:
            paragraphs[-1] += f"\n{line.text}"
        else:
            paragraphs.append(line.text)
    return paragraphs


def clauses_of(paragraph: str) -> dict[int, str]:
    """The 项 of a 款 by their numbers, each with the points below it."""
    clauses: dict[int, str] = {}
    last = 0
    for line in paragraph.splitlines():
        found = _CLAUSE.match(line)
        if found is not None:
            last = read_number(found["number"])
            clauses[last] = line
        elif last:
            clauses[last] += f"\n{line}"
    return clauses


def find_clause(paragraphs: Sequence[str], number: int) -> str | None:
    """The 项 of that number in the first 款 that has one; None where there is none."""
    return next((found for text in paragraphs if (found := clauses_of(text).get(number)) is not None), None)
