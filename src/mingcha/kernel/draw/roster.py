"""The three canonical tables: roster.csv, inspectors.csv, recusals.csv (protocol 7.2 and Details).

Rows are named tuples, not frozen dataclasses: equally immutable and typed, and cheaper to make, where
reading a roster of millions of rows is most of the time of a replay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .errors import Rejected
from .text import check_encoding, shown

ROSTER_HEADER = "id,stratum,weight,skill,excluded"
INSPECTORS_HEADER = "id,skills,capacity"
RECUSALS_HEADER = "target,inspector"
ID = "[0-9A-Z]{1,32}"
CODE = "[0-9A-Za-z_.-]{1,32}"
ROSTER_ROW = re.compile(f"({ID}),({CODE}),([1-9]|1[0-6]),((?:{CODE})?),((?:{CODE})?)")
INSPECTOR_ROW = re.compile(f"({ID}),((?:{CODE}(?:[+]{CODE})*)?),(0|[1-9][0-9]{{0,8}})")
RECUSAL_ROW = re.compile(f"({ID}),({ID})")
MAX_LINE = 4096
"""Longest line that is looked at, in characters; only a list of more than a hundred skills is longer."""


class RosterRow(NamedTuple):
    """One subject of the frozen roster (protocol 7.2).

    `id` is public and never an identity number; `stratum` decides the quota; `weight` is 1..16 and only
    counts under weighting "w16"; `skill` is what one member of the team must have ("" = none needed);
    `excluded` is the reason code of an excluded subject, "" for an eligible one.
    """

    id: str
    stratum: str
    weight: int
    skill: str
    excluded: str


class InspectorRow(NamedTuple):
    """One inspector: code of this draw, skills, and the most targets this person may take (protocol 7.2)."""

    id: str
    skills: tuple[str, ...]
    capacity: int


class Recusal(NamedTuple):
    """One pair that may not meet (protocol 7.2); a pair that names an unknown id has no effect (Details)."""

    target: str
    inspector: str


def parse_table(stem: str, data: bytes, header: str, row: re.Pattern[str], key: int) -> list[tuple[str, ...]]:
    """Read one canonical table strictly (protocol 7.2); the first `key` columns must ascend strictly.

    Returns the fields of every row. Raises Rejected for encoding and line ends, and with the stem in front
    `-header`, `-pattern`, `-duplicate` and `-order`, naming the line (the header is line 1).
    """
    lines = check_encoding(f"{stem}.csv", data).split("\n")
    lines.pop()
    if lines[0] != header:
        raise Rejected(f"{stem}-header", f"{stem}.csv 第 1 行应为 {header}，实为 {shown(lines[0])}")
    rows: list[tuple[str, ...]] = []
    last: tuple[str, ...] = ()
    for number, line in enumerate(lines[1:], 2):
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
        rows.append(fields)
    return rows


def parse_roster(data: bytes) -> list[RosterRow]:
    """Rows of roster.csv, strictly ascending by id (protocol 7.2). Raises Rejected `roster-…`/`file-…`."""
    rows = parse_table("roster", data, ROSTER_HEADER, ROSTER_ROW, 1)
    return [RosterRow(i, stratum, int(weight), skill, out) for i, stratum, weight, skill, out in rows]


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


def write_roster(rows: Iterable[RosterRow]) -> bytes:
    """roster.csv of these rows in any order (protocol 7.2).

    The bytes are parsed again before they are returned, so a row with a wrong field or an id given twice
    raises Rejected here and not at the next bureau.
    """
    data = write_table(ROSTER_HEADER, [roster_line(r) for r in sorted(rows)])
    parse_roster(data)
    return data


def roster_line(row: RosterRow) -> str:
    """One line of roster.csv without its LF; also the text of a Merkle leaf (protocol 7.2, 7.9)."""
    return f"{row.id},{row.stratum},{row.weight},{row.skill},{row.excluded}"


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
