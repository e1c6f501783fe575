"""Tickets, order, drawn and reserve rows (protocol 7.4 and 7.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from .plan import Plan
from .quotas import quotas
from .roster import RosterRow
from .text import sha256_text

LCM16 = 720720
"""Least common multiple of 1..16: makes ticket × (LCM16 / weight) an exact integer (protocol 3)."""


class Ticketed(NamedTuple):
    """A roster row with its key and ticket; tuples of this class sort in the order of protocol 7.4."""

    key: int
    ticket: str
    id: str
    row: RosterRow


class Stratum(NamedTuple):
    """One stratum after the draw (protocol 7.5, 7.6).

    `rows` and `eligible` are counts; `drawn` and `reserves` are in order; `cutoff` is the largest key drawn,
    None when nobody was drawn.
    """

    code: str
    rows: int
    eligible: int
    drawn: list[Ticketed]
    reserves: list[Ticketed]
    cutoff: int | None


def ticket(draw_key: str, id: str) -> str:
    """The 64-digit ticket of one id (protocol 7.4): what `printf %s KEYID | sha256sum` prints."""
    return sha256_text(draw_key + id)


def ticket_key(ticket: str, weight: int, weighting: str) -> int:
    """The integer by which rows are ordered, smallest first (protocol 7.4); weights count under "w16"."""
    return int(ticket[:16], 16) * (LCM16 // weight if weighting == "w16" else 1)


def ticketed(draw_key: str, row: RosterRow, weighting: str) -> Ticketed:
    """One row with key and ticket (protocol 7.4)."""
    own = ticket(draw_key, row.id)
    return Ticketed(ticket_key(own, row.weight, weighting), own, row.id, row)


def in_order(draw_key: str, rows: Sequence[RosterRow], weighting: str, wanted: int) -> list[Ticketed]:
    """The first `wanted` of these rows in the order (key, ticket, id) of protocol 7.4.

    Unweighted keys are spread evenly, so rows far above the expected cut-off are dropped before sorting; in
    the rare case that too few remain, all are kept. A million rows take about one second.
    """
    everything = 1 << 64
    bound = everything
    if weighting == "none" and rows:
        bound = min(everything, (wanted * 5 // 4 + 64) * everything // len(rows))
    keyed = _below(draw_key, rows, weighting, bound)
    if len(keyed) < wanted and bound < everything:
        keyed = _below(draw_key, rows, weighting, everything)
    keyed.sort()
    return [Ticketed(key, own, row.id, row) for key, own, row in keyed[:wanted]]


def _below(
    draw_key: str, rows: Sequence[RosterRow], weighting: str, bound: int
) -> list[tuple[int, str, RosterRow]]:
    """(key, ticket, row) of the rows whose first 16 ticket digits are below `bound`."""
    weighted = weighting == "w16"
    found: list[tuple[int, str, RosterRow]] = []
    for row in rows:
        own = sha256((draw_key + row.id).encode("ascii")).hexdigest()
        number = int(own[:16], 16)
        if number < bound:
            found.append((number * (LCM16 // row.weight) if weighted else number, own, row))
    return found


def select(plan: Plan, draw_key: str, roster: Iterable[RosterRow]) -> list[Stratum]:
    """Drawn and reserve rows of every stratum, strata ascending by code (protocol 7.5, 7.6).

    Excluded rows count for the base "all" and are never drawn.
    """
    rows: dict[str, int] = {}
    eligible: dict[str, list[RosterRow]] = {}
    for row in roster:
        rows[row.stratum] = rows.get(row.stratum, 0) + 1
        if not row.excluded:
            eligible.setdefault(row.stratum, []).append(row)
    counts = {s: len(eligible.get(s, [])) for s in rows}
    numbers = quotas(plan.quota, rows, counts)
    strata: list[Stratum] = []
    for code in sorted(rows):
        k = numbers[code]
        wanted = k + -(-k * plan.reserve_pct // 100)
        first = in_order(draw_key, eligible.get(code, []), plan.weighting, wanted) if k else []
        cutoff = first[k - 1].key if k else None
        strata.append(Stratum(code, rows[code], counts[code], first[:k], first[k:], cutoff))
    return strata


def numbered(strata: Iterable[Stratum]) -> list[Ticketed]:
    """The drawn rows of all strata by (ticket, id): position + 1 is the 抽取序号 (protocol 7.6)."""
    return sorted((t for s in strata for t in s.drawn), key=lambda t: (t.ticket, t.id))
