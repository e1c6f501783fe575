"""What the canonical tables share, inspectors.csv and recusals.csv (protocol 7.2 and Details).

Rows are named tuples, not frozen dataclasses: equally immutable and typed, and cheaper to make, which counts
where there are millions (roster.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from .errors import Rejected
from .text import decoded, shown

INSPECTORS_HEADER = "id,skills,capacity"
RECUSALS_HEADER = "target,inspector"
ID = "[0-9A-Z]{1,32}"
CODE = "[0-9A-Za-z_.-]{1,32}"
INSPECTOR_ROW = re.compile(f"({ID}),((?:{CODE}(?:[+]{CODE})*)?),(0|[1-9][0-9]{{0,8}})")
RECUSAL_ROW = re.compile(f"({ID}),({ID})")
MAX_LINE = 4096
"""Longest line that is looked at, in characters; only a list of more than a hundred skills is longer."""


class InspectorRow(NamedTuple):
    """One inspector: code of this draw, skills, and the most targets this person may take (protocol 7.2)."""

    id: str
    skills: tuple[str, ...]
    capacity: int


class Recusal(NamedTuple):
    """One pair that may not meet (protocol 7.2); a pair that names an unknown id has no effect (Details)."""

    target: str
    inspector: str


class Visited(Protocol):
    """What a pairing must know of a drawn subject (protocol 7.7); a drawn row itself will do."""

    @property
    def id(self) -> str:
        """Id of the subject."""

    @property
    def skill(self) -> str:
        """The skill that one member of its team must have; "" none."""


def check_lines(
    stem: str, lines: Iterable[str], header: str, row: re.Pattern[str], key: int
) -> Iterator[tuple[str, ...]]:
    """Fields of every row of a canonical table; the first `key` columns must ascend strictly (protocol 7.2).

    Raises Rejected with the stem in front `-header`, `-pattern`, `-duplicate` and `-order`, naming the line
    (the header is line 1).
    """
    last: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if number == 1:
            if line != header:
                raise Rejected(f"{stem}-header", f"{stem}.csv 第 1 行应为 {header}，实为 {shown(line)}")
            continue
        found = row.fullmatch(line) if len(line) <= MAX_LINE else None
        if found is None:
            raise Rejected(f"{stem}-pattern", f"{stem}.csv 第 {number} 行格式不符：{shown(line)}")
        fields = found.groups()
        if fields[:key] <= last:
            code, what = (
                ("duplicate", "与上一行重复") if fields[:key] == last else ("order", "未按编号升序排列")
            )
            raise Rejected(f"{stem}-{code}", f"{stem}.csv 第 {number} 行{what}：{shown(line)}")
        last = fields[:key]
        yield fields


def parse_table(stem: str, data: bytes, header: str, row: re.Pattern[str], key: int) -> list[tuple[str, ...]]:
    """Read one canonical table strictly (protocol 7.2). Raises Rejected as `decoded` and `check_lines`."""
    return list(check_lines(stem, decoded(f"{stem}.csv", data).split("\n")[:-1], header, row, key))


def parse_inspectors(data: bytes) -> list[InspectorRow]:
    """Rows of inspectors.csv, ascending by id (protocol 7.2). Raises Rejected `inspectors-…`/`file-…`."""
    rows = parse_table("inspectors", data, INSPECTORS_HEADER, INSPECTOR_ROW, 1)
    return [InspectorRow(i, tuple(s.split("+")) if s else (), int(most)) for i, s, most in rows]


def parse_recusals(data: bytes) -> list[Recusal]:
    """Pairs of recusals.csv, strictly ascending (protocol 7.2). Raises Rejected `recusals-…`/`file-…`."""
    return [Recusal(*pair) for pair in parse_table("recusals", data, RECUSALS_HEADER, RECUSAL_ROW, 2)]


def write_table(header: str, lines: Iterable[str]) -> bytes:
    """A canonical table: header, the given lines, LF after each (protocol 7.2)."""
    return ("\n".join([header, *lines]) + "\n").encode("utf-8")


def write_inspectors(rows: Iterable[InspectorRow]) -> bytes:
    """inspectors.csv of these rows in any order, skills sorted and unique (protocol 7.2).

    Raises Rejected `inspectors-…` when a field has a wrong form or an id occurs twice.
    """
    lines = [f"{r.id},{'+'.join(sorted(set(r.skills)))},{r.capacity}" for r in sorted(rows)]
    data = write_table(INSPECTORS_HEADER, lines)
    parse_inspectors(data)
    return data


def write_recusals(pairs: Iterable[Recusal]) -> bytes:
    """recusals.csv of these pairs in any order, each once (protocol 7.2). Raises Rejected `recusals-…`.

    A confidential list is salted by the caller with a decoy row: a random 32-character target (Details).
    """
    data = write_table(RECUSALS_HEADER, [f"{p.target},{p.inspector}" for p in sorted(set(pairs))])
    parse_recusals(data)
    return data
