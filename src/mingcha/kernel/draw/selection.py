"""Tickets, order, drawn and reserve rows (protocol 7.4 and 7.6).

Ten million tickets are neither kept nor sorted. Keys are spread evenly, so it is known beforehand below
which key a little more than the wanted number will lie; only these rows are kept, packed as bytes that sort
in the order of 7.4, and become `Ticketed` when the first of them are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from math import isqrt
from operator import attrgetter
from typing import NamedTuple

from .plan import Plan
from .quotas import quotas
from .roster import Roster, RosterRow, row_of
from .text import sha256_text

LCM16 = 720720
"""Least common multiple of 1..16: makes ticket × (LCM16 / weight) an exact integer (protocol 3)."""
TICKETS = 1 << 64
"""Number of different values of the first 16 ticket digits."""
KEY_BYTES = 11
"""A weighted key is below 2^64 × LCM16 < 2^84."""


class Ticketed(NamedTuple):
    """A roster row with its key and ticket; tuples of this class sort in the order of protocol 7.4."""

    key: int
    ticket: str
    id: str
    row: RosterRow

    @property
    def skill(self) -> str:
        """The skill that one member of its team must have; "" none."""
        return self.row.skill


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


Select = Callable[[Plan, str, Roster], list[Stratum]]
"""Anything that does what `select` does: plan, draw_key and a checked roster → strata ascending by code."""


def ticket(draw_key: str, id: str) -> str:
    """The 64-digit ticket of one id (protocol 7.4): what `printf %s KEYID | sha256sum` prints."""
    return sha256_text(draw_key + id)


def multiplier(weight: int, weighting: str) -> int:
    """What the first 16 ticket digits are multiplied by (protocol 7.4); weights count under "w16"."""
    return LCM16 // weight if weighting == "w16" else 1


def ticketed(draw_key: str, row: RosterRow, weighting: str) -> Ticketed:
    """One row with key and ticket (protocol 7.4)."""
    own = ticket(draw_key, row.id)
    return Ticketed(int(own[:16], 16) * multiplier(row.weight, weighting), own, row.id, row)


def wanted_rows(plan: Plan, roster: Roster) -> dict[str, tuple[int, int]]:
    """For every stratum, ascending, how many rows are drawn and how many reserves follow them at most
    (protocol 7.5, 7.6)."""
    numbers = quotas(plan.quota, roster.rows, roster.eligible)
    return {s: (numbers[s], -(-numbers[s] * plan.reserve_pct // 100)) for s in sorted(numbers)}


def select(plan: Plan, draw_key: str, roster: Roster) -> list[Stratum]:
    """Drawn and reserve rows of every stratum, strata ascending by code (protocol 7.5, 7.6).

    Excluded rows count for the base "all" and are never drawn. The roster is read once; in the rare case
    that too few keys lie below the expected limit, once more for these strata without a limit. Raises
    Rejected `roster-digest` or `file-unreadable` when the file changes meanwhile.
    """
    wanted = wanted_rows(plan, roster)
    eligible = roster.eligible
    first = {s: min(k + spare, eligible[s]) for s, (k, spare) in wanted.items() if k}
    limits = {s: key_limit(first[s], roster.weights[s], plan.weighting) for s in first}
    found = _below(draw_key, roster, limits, plan.weighting)
    few = {s: TICKETS * LCM16 for s in first if len(found[s]) < first[s]}
    if few:
        found.update(_below(draw_key, roster, few, plan.weighting))
    strata: list[Stratum] = []
    for s, (k, _) in wanted.items():
        rows = _in_order(found.pop(s), first[s]) if k else []
        cutoff = rows[k - 1].key if k else None
        strata.append(Stratum(s, roster.rows[s], eligible[s], rows[:k], rows[k:], cutoff))
    return strata


def key_limit(wanted: int, weights: Mapping[int, int], weighting: str) -> int:
    """A key below which almost certainly, and not many more than, `wanted` eligible rows lie.

    `weights` counts the rows by weight. The expected number is a little more than six standard deviations
    above `wanted`, so that fewer than one draw in a billion needs a second reading.
    """
    goal = (wanted + 6 * isqrt(wanted) + 64) * TICKETS
    factors = [(multiplier(weight, weighting), count) for weight, count in weights.items()]
    low, high = 0, TICKETS * LCM16
    while high - low > 1:
        middle = (low + high) // 2
        if sum(count * min(middle // factor, TICKETS) for factor, count in factors) < goal:
            low = middle
        else:
            high = middle
    return high


def _below(
    draw_key: str, roster: Roster, limits: Mapping[str, int], weighting: str
) -> dict[str, list[bytes]]:
    """The eligible rows of these strata whose key is below the limit of their stratum, packed as key, ticket
    and line."""
    found: dict[str, list[bytes]] = {s: [] for s in limits}
    if not limits:
        return found
    of_line = {s.encode("ascii"): (limit, found[s]) for s, limit in limits.items()}
    factor = {b"%d" % w: multiplier(w, weighting) for w in range(1, 17)}
    least = {s: min(multiplier(w, weighting) for w in roster.weights[s]) for s in limits}
    for digest, line in _tickets(draw_key, roster, max(-(-limits[s] // least[s]) for s in limits)):
        _, stratum, weight, _, excluded = line.split(b",")
        if stratum in of_line and not excluded:
            limit, packed = of_line[stratum]
            key = int.from_bytes(digest[:8], "big") * factor[weight]
            if key < limit:
                packed.append(key.to_bytes(KEY_BYTES, "big") + digest + line)
    return found


def _tickets(draw_key: str, roster: Roster, limit: int) -> Iterator[tuple[bytes, bytes]]:
    """Ticket (32 bytes) and line of every row whose first 16 ticket digits are below `limit`.

    This is the one loop that touches every row; copying the hash of the key is the fastest way to start.
    """
    highest = limit.to_bytes(8, "big") if limit < TICKETS else b"\xff" * 33
    start = sha256(draw_key.encode("ascii")).copy
    for block in roster.blocks():
        for line in block.splitlines():
            own = start()
            own.update(line.partition(b",")[0])
            digest = own.digest()
            if digest < highest:
                yield digest, line


def _in_order(packed: list[bytes], wanted: int) -> list[Ticketed]:
    """The first `wanted` of these rows in the order (key, ticket, id) of protocol 7.4.

    The id ends with a comma in the line, which is smaller than every character of an id, so bytes sort as
    ids do. `packed` is used up.
    """
    packed.sort()
    del packed[wanted:]
    return [_unpacked(entry) for entry in packed]


def _unpacked(entry: bytes) -> Ticketed:
    """What `_below` packed, as a row."""
    row = row_of(entry[KEY_BYTES + 32 :])
    own = entry[KEY_BYTES : KEY_BYTES + 32].hex()
    return Ticketed(int.from_bytes(entry[:KEY_BYTES], "big"), own, row.id, row)


def numbered(strata: Iterable[Stratum]) -> list[Ticketed]:
    """The drawn rows of all strata by (ticket, id): position + 1 is the 抽取序号 (protocol 7.6)."""
    drawn = [t for s in strata for t in s.drawn]
    drawn.sort(key=attrgetter("id"))  # two stable sorts need no tuple for each of 300,000 rows
    drawn.sort(key=attrgetter("ticket"))
    return drawn
