"""Optional salted roster root, for rosters whose rows may not be published (protocol 7.9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .errors import Rejected
from .roster import RosterRow, roster_line
from .text import sha256_text


class Step(NamedTuple):
    """One sibling on the way up; `side` "L" or "R" says on which side of our node it stands."""

    side: str
    digest: str


class Opening(NamedTuple):
    """What one company receives: its own row, the row's salt, and the siblings up to the root."""

    row: str
    salt: str
    siblings: tuple[Step, ...]


def salt(salt_key: str, id: str) -> str:
    """32-digit salt of one row; `salt_key` stays secret, so nobody can guess another row from its leaf."""
    return sha256_text(f"{salt_key}|{id}")[:32]


def leaf(own_salt: str, row: str) -> str:
    """Digest of one row of roster.csv (without LF) under its salt."""
    return sha256_text(f"L|{own_salt}|{row}")


def _levels(rows: Iterable[RosterRow], salt_key: str) -> list[list[str]]:
    """All levels of the tree, leaves first; an odd last node is promoted (RFC 9162 shape)."""
    level = [leaf(salt(salt_key, r.id), roster_line(r)) for r in rows]
    if not level:
        raise Rejected("argument", "空名录没有 Merkle 根")
    levels = [level]
    while len(level) > 1:
        paired = [sha256_text(f"N|{level[i]}|{level[i + 1]}") for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
        levels.append(level)
    return levels


def roster_root(rows: Iterable[RosterRow], salt_key: str) -> str:
    """The root for plan.json's `roster_root`, 64 digits; rows in roster order. Raises Rejected `argument`
    when there are no rows."""
    return _levels(rows, salt_key)[-1][0]


def openings(rows: Sequence[RosterRow], salt_key: str, ids: Iterable[str]) -> dict[str, Opening]:
    """Openings for some ids: publish those of all drawn rows and of all undrawn rows with key ≤ the largest
    cut-off (7.9). Raises Rejected `argument` for an id that is not in the roster."""
    levels = _levels(rows, salt_key)
    place = {r.id: n for n, r in enumerate(rows)}
    found: dict[str, Opening] = {}
    for id in ids:
        if id not in place:
            raise Rejected("argument", "名录中没有要打开的编号")
        at, steps = place[id], []
        for level in levels[:-1]:
            sibling = at ^ 1
            if sibling < len(level):
                steps.append(Step("L" if sibling < at else "R", level[sibling]))
            at //= 2
        found[id] = Opening(roster_line(rows[place[id]]), salt(salt_key, id), tuple(steps))
    return found


def opens(opening: Opening, root: str) -> bool:
    """True when an opening leads to the published root."""
    digest = leaf(opening.salt, opening.row)
    for side, sibling in opening.siblings:
        digest = sha256_text(f"N|{sibling}|{digest}" if side == "L" else f"N|{digest}|{sibling}")
    return digest == root
