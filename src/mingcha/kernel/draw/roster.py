"""roster.csv, in memory or where it lies, checked and read in pieces (protocol 7.2 and Details).

A province has millions of subjects. So nothing here keeps the rows: the file is read from front to end in
blocks of whole lines, once to check and count it (`load_roster`), once for the tickets (selection.py), and
again by whoever asks for one row or for the excluded ones.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from itertools import compress
from operator import lt
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .errors import Rejected
from .tables import CODE, ID, MAX_LINE, check_lines, write_table
from .text import check_pieces

ROSTER_HEADER = "id,stratum,weight,skill,excluded"
ROSTER_ROW = re.compile(f"({ID}),({CODE}),([1-9]|1[0-6]),((?:{CODE})?),((?:{CODE})?)")
ROWS = re.compile(f"^({ID}),({CODE},(?:[1-9]|1[0-6])),(?:{CODE})?,((?:{CODE})?)\n".encode(), re.MULTILINE)
"""`ROSTER_ROW` for a block of lines: id, stratum with weight, excluded."""
EXCLUDED = re.compile(b"^.*[^,\n]$", re.MULTILINE)
BLOCK = 1 << 18
"""Bytes read at once: enough for speed, and a few megabytes when a block is taken apart."""

Contents = bytes | Path
"""A file's bytes, or the path of a regular file that nobody changes meanwhile."""


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


class Roster(NamedTuple):
    """A checked roster.csv: where it lies, its SHA-256, and how many rows each stratum has.

    `rows` counts all rows of a stratum; `weights` counts its eligible rows by weight, with the same strata.
    """

    where: Contents
    digest: str
    rows: dict[str, int]
    weights: dict[str, dict[int, int]]
    block: int = BLOCK

    @property
    def eligible(self) -> dict[str, int]:
        """Eligible rows of each stratum, the e_s of protocol 7.5."""
        return {stratum: sum(counts.values()) for stratum, counts in self.weights.items()}

    def blocks(self) -> Iterator[bytes]:
        """The rows again in blocks of whole lines, without the header.

        Raises Rejected `roster-digest` at the end when the file is no longer the one that was checked, so
        what was made of the blocks is good only if this ended well.
        """
        again = sha256()
        for number, block in enumerate(_blocks(self.where, self.block)):
            again.update(block)
            if number:
                yield block
        if again.hexdigest() != self.digest:
            raise Rejected("roster-digest", "roster.csv 在读取过程中被改动")

    def scan(self) -> Iterator[RosterRow]:
        """All rows in order."""
        return (row_of(line) for block in self.blocks() for line in block.splitlines())

    def excluded(self) -> Iterator[RosterRow]:
        """The excluded rows in order."""
        return (row_of(line) for block in self.blocks() for line in EXCLUDED.findall(block))

    def find(self, id: str) -> RosterRow | None:
        """The row of one id, None when there is none; reads to the end all the same, see `blocks`."""
        if not re.fullmatch(ID, id):
            return None
        found, begins = None, f"\n{id},".encode("ascii")
        for block in self.blocks():
            at = (b"\n" + block).find(begins)
            if at >= 0:
                found = row_of(block[at : block.index(b"\n", at)])
        return found


def row_of(line: bytes) -> RosterRow:
    """One checked line without its LF as a row; codes that repeat in millions of rows are kept once."""
    id, stratum, weight, skill, excluded = line.decode("ascii").split(",")
    return RosterRow(id, sys.intern(stratum), int(weight), sys.intern(skill), sys.intern(excluded))


def opened(where: Contents) -> BinaryIO:
    """The contents as a file, to be read from the front."""
    return io.BytesIO(where) if isinstance(where, bytes) else where.open("rb")


def _blocks(where: Contents, size: int) -> Iterator[bytes]:
    """The header line, then blocks of about `size` bytes that end where a line ends.

    Lines longer than any row are cut, which the check of their form notices.
    """
    try:
        with opened(where) as file:
            yield file.readline(len(ROSTER_HEADER) + 1)
            while block := file.read(size):
                yield block + file.readline(MAX_LINE)
    except OSError:
        raise Rejected("file-unreadable", "roster.csv 无法读取") from None


def load_roster(where: Contents, block: int = BLOCK) -> Roster:
    """Check form and order of a roster.csv, count its strata and take its digest, in one reading.

    Raises Rejected `roster-…` or `file-…` (protocol 7.2). Whole blocks are checked at once; only when one
    does not pass is the file read again for the first fault in the order of the rules.
    """
    digest, rows, out = sha256(), Counter[bytes](), Counter[bytes]()
    last = b""
    for number, lines in enumerate(_blocks(where, block)):
        digest.update(lines)
        if number == 0:
            right = lines == ROSTER_HEADER.encode() + b"\n"
        else:
            found = ROWS.findall(lines)
            right = lines.endswith(b"\n") and len(found) == lines.count(b"\n")
            if right:
                ids, kinds, excluded = zip(*found, strict=True)
                right = all(map(lt, (last, *ids), ids))
                rows.update(kinds)
                out.update(compress(kinds, excluded))
                last = ids[-1]
        if not right:
            _reject(where)
    return Roster(where, digest.hexdigest(), *_per_stratum(rows, out), block)


def _per_stratum(
    rows: Counter[bytes], out: Counter[bytes]
) -> tuple[dict[str, int], dict[str, dict[int, int]]]:
    """Rows of each stratum, and its eligible rows by weight, from counts of `stratum,weight`."""
    counts: dict[str, int] = {}
    weights: dict[str, dict[int, int]] = {}
    for kind in sorted(rows):
        stratum, weight = kind.decode("ascii").split(",")
        counts[stratum] = counts.get(stratum, 0) + rows[kind]
        weights.setdefault(stratum, {})[int(weight)] = rows[kind] - out[kind]
    return counts, weights


def _reject(where: Contents) -> None:
    """Raise what is wrong with a roster.csv that did not pass: first encoding and line ends, then the lines
    in order."""
    with opened(where) as file:
        check_pieces("roster.csv", iter(partial(file.read, BLOCK), b""))
    with opened(where) as file:
        # Four bytes a character: a line that is cut here is longer than MAX_LINE and refused for it.
        raw = iter(partial(file.readline, 4 * MAX_LINE + 2), b"")
        lines = (line.decode("utf-8", "replace").removesuffix("\n") for line in raw)
        for _ in check_lines("roster", lines, ROSTER_HEADER, ROSTER_ROW, 1):
            pass
    raise AssertionError("the two readings of roster.csv disagree")


def parse_roster(data: bytes) -> list[RosterRow]:
    """All rows of roster.csv as a list (protocol 7.2). Raises Rejected `roster-…`/`file-…`."""
    return list(load_roster(data).scan())


def write_roster(rows: Iterable[RosterRow]) -> bytes:
    """roster.csv of these rows in any order (protocol 7.2).

    The bytes are checked before they are returned, so a row with a wrong field or an id given twice
    raises Rejected here and not at the next bureau.
    """
    data = write_table(ROSTER_HEADER, [roster_line(r) for r in sorted(rows)])
    load_roster(data)
    return data


def roster_line(row: RosterRow) -> str:
    """One line of roster.csv without its LF; also the text of a Merkle leaf (protocol 7.2, 7.9)."""
    return f"{row.id},{row.stratum},{row.weight},{row.skill},{row.excluded}"
