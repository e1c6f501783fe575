"""Drawing from a roster of millions of rows with DuckDB, to the same bytes as the kernel (protocol 7.2–7.6).

The kernel stays the judge. This module answers only for a roster that it has found canonical to the last
byte; whatever it does not like raises `Unfit`, and the caller lets the kernel look, which names the line
or draws by itself. So nothing here decides on a rejection, and nothing here can accept what the kernel
would not.

The file is read three times: its bytes (digest, and nothing but permitted characters, so that no quote, CR
or NUL is left for a CSV reader to interpret), its lines (each against the kernel's own pattern), and its
columns, which stay in memory, about 50 bytes a row, so that the draw itself touches no file.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import os
import stat
import sys
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from mingcha.kernel.draw.plan import Plan
from mingcha.kernel.draw.roster import ROSTER_HEADER, ROSTER_ROW, Roster, RosterRow
from mingcha.kernel.draw.selection import (
    LCM16,
    TICKETS,
    Stratum,
    Ticketed,
    key_limit,
    multiplier,
    wanted_rows,
)

LARGE_BYTES = 16 * 1024 * 1024
"""From this size on DuckDB is the quicker way (about 600,000 rows); below, starting it costs more."""
THREADS = 2
"""The server has pages to serve meanwhile."""
MEMORY = "1GiB"
"""Most that DuckDB may use; beyond it it gives up (`Unfit`) instead of writing to a disk."""
CHUNK = 1024 * 1024
ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.-,\n"
"""Every byte that a canonical roster may hold (protocol 7.2)."""
TICKET_DIGITS = 64
EVERY = "g"
"""A bound above all tickets: greater than any text of hexadecimal digits."""

_OPTIONS = (
    "auto_detect = false, header = false, skip = 1, quote = '', escape = '', comment = '', nullstr = '*',"
    " new_line = '\\n', compression = 'none', null_padding = false, strict_mode = true, ignore_errors = false"
)
LINES = f"read_csv(?, {_OPTIONS}, delim = '|', columns = {{'line': 'VARCHAR'}})"
_COLUMNS = ", ".join(f"'{name}': 'VARCHAR'" for name in RosterRow._fields)
FIELDS = f"read_csv(?, {_OPTIONS}, delim = ',', columns = {{{_COLUMNS}}})"
"""A roster.csv as DuckDB reads it; the one parameter is its path."""

# Nothing in these texts comes from outside; what does is a parameter.
_FORM = f"SELECT count(*), count(*) FILTER (WHERE regexp_full_match(line, ?)) FROM {LINES}"  # noqa: S608
_TAKE = f"""
CREATE TABLE roster AS
SELECT id, concat(stratum, ',', weight, ',', skill, ',', excluded) AS rest FROM {FIELDS}
"""  # noqa: S608
_COUNT = """
SELECT rest, count(*), count(*) FILTER (WHERE id <= before)
FROM (SELECT *, lag(id) OVER () AS before FROM roster) GROUP BY rest
"""
_KEEP = """
SELECT rest, string_agg(ticket, '' ORDER BY ticket), string_agg(id, ',' ORDER BY ticket)
FROM (SELECT *, sha256(concat(?, id)) AS ticket FROM roster)
JOIN (SELECT unnest(?::VARCHAR[]) AS rest, unnest(?::VARCHAR[]) AS bound) USING (rest)
WHERE ticket < ? AND ticket < bound
GROUP BY rest
"""

WEIGHTS = {str(weight): weight for weight in range(1, 17)}


class Unfit(Exception):
    """DuckDB cannot answer for this roster; the kernel has to look at it. The text says why."""


class EngineMissing(Exception):
    """DuckDB is not installed; the text says what to do."""


def available() -> bool:
    """True when DuckDB is installed."""
    return importlib.util.find_spec("duckdb") is not None


def _duckdb() -> Any:
    """The module. Raises EngineMissing."""
    if not available():
        raise EngineMissing(
            _(
                "没有安装 DuckDB，不能用它核验大名录。请安装：pip install 'mingcha[large]'，"
                "或改用 --engine kernel（结果相同，用时较长）。"
            )
        )
    import duckdb

    return duckdb


class LargeRoster:
    """An opened roster.csv; a context manager. `load` checks and counts, `select` selects.

    The file is opened once and DuckDB reads the same open file, so both see one content, and no path that
    somebody typed reaches a query. Raises Unfit for anything but a regular file, EngineMissing.
    """

    def __init__(self, path: Path) -> None:
        self._engine = _duckdb()
        self._path = path
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise Unfit("not a regular file")
            self._file: BinaryIO = path.open("rb")
        except (OSError, ValueError) as error:
            raise Unfit(str(error)) from error
        self._name = f"/dev/fd/{self._file.fileno()}"
        self._state = self._fingerprint()
        self._rests: list[str] = []
        try:
            self._connection = self._connect()
        except self._engine.Error as error:
            self._file.close()
            raise Unfit(str(error)) from error

    def __enter__(self) -> LargeRoster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._file.close()

    def load(self) -> Roster:
        """Check the canonical form and the order, count and hash: what the kernel's `load_roster` gives.

        Raises Unfit.
        """
        digest, lines = _bytes_pass(self._file)
        ((rows, wellformed),) = self._query(_FORM, [ROSTER_ROW.pattern, self._name])
        ((taken,),) = self._query(_TAKE, [self._name])
        if not rows == wellformed == taken == lines - 1:
            raise Unfit("not canonical")
        counts: dict[str, int] = {}
        weights: dict[str, dict[int, int]] = {}
        unordered = 0
        for rest, number, misplaced in self._query(_COUNT, []):
            self._rests.append(rest)
            stratum, weight, _skill, excluded = rest.split(",")
            counts[stratum] = counts.get(stratum, 0) + number
            eligible = weights.setdefault(stratum, {})
            eligible[WEIGHTS[weight]] = eligible.get(WEIGHTS[weight], 0) + (0 if excluded else number)
            unordered += misplaced
        if unordered:
            raise Unfit("not in order")
        return Roster(self._path, digest, counts, weights)

    def select(self, plan: Plan, draw_key: str, roster: Roster) -> list[Stratum]:
        """Drawn and reserve rows of every stratum, strata ascending: what the kernel's `select` gives.

        `roster` is what `load` returned. Raises Unfit.
        """
        wanted = wanted_rows(plan, roster)
        eligible = roster.eligible
        first = {s: min(k + spare, eligible[s]) for s, (k, spare) in wanted.items() if k}
        limits = {s: key_limit(first[s], roster.weights[s], plan.weighting) for s in first}
        factors = {weight: multiplier(number, plan.weighting) for weight, number in WEIGHTS.items()}
        strata: list[Stratum] = []
        with _nothing_to_collect():
            kept = self._kept(draw_key, roster, limits, factors)
            few = {s: TICKETS * LCM16 for s in first if len(kept[s]) < first[s]}
            kept.update(self._kept(draw_key, roster, few, factors))
            for s, (k, _spare) in wanted.items():
                rows = _in_order(kept.pop(s), factors)[: first[s]] if k else []
                cutoff = rows[k - 1].key if k else None
                strata.append(Stratum(s, roster.rows[s], eligible[s], rows[:k], rows[k:], cutoff))
        return strata

    def _kept(
        self, draw_key: str, roster: Roster, limits: Mapping[str, int], factors: Mapping[str, int]
    ) -> dict[str, list[Ticketed]]:
        """Every eligible row of these strata whose key is below the limit of its stratum."""
        kept: dict[str, list[Ticketed]] = {s: [] for s in limits}
        bounds: dict[str, str] = {}
        for rest in self._rests:
            stratum, weight, _skill, excluded = rest.split(",")
            if stratum in limits and not excluded:
                bounds[rest] = _ticket_bound(limits[stratum], factors[weight])
        if not bounds:
            return kept
        parameters = [draw_key, list(bounds), list(bounds.values()), max(bounds.values())]
        for rest, tickets, ids in self._query(_KEEP, parameters):
            kept[rest.partition(",")[0]] += _ticketed(rest, tickets, ids.split(","), factors)
        return kept

    def _connect(self) -> Any:
        """A database in memory that can read this one file and nothing else, and fetches no extensions."""
        connection = self._engine.connect(
            ":memory:",
            config={
                "threads": THREADS,
                "memory_limit": MEMORY,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        connection.execute("SET temp_directory = ''")
        connection.execute(f"SET allowed_paths = ['{self._name}']")  # no parameters here; our own name
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def _fingerprint(self) -> tuple[int, int]:
        """What changes when somebody writes to the file."""
        now = os.fstat(self._file.fileno())
        return now.st_size, now.st_mtime_ns

    def _query(self, sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """Rows of a query. Raises Unfit when DuckDB gives up or the file was written to meanwhile."""
        try:
            rows: list[tuple[Any, ...]] = self._connection.execute(sql, parameters).fetchall()
        except self._engine.Error as error:
            raise Unfit(str(error)) from error
        if self._fingerprint() != self._state:
            raise Unfit("the file was changed while it was read")
        return rows


def _bytes_pass(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and number of lines of a roster in which only permitted bytes occur. Raises Unfit."""
    header = f"{ROSTER_HEADER}\n".encode()
    digest, lines, last = hashlib.sha256(), 0, b""
    file.seek(0)
    if file.read(len(header)) != header:
        raise Unfit("header")
    file.seek(0)
    while chunk := file.read(CHUNK):
        if chunk.translate(None, ALPHABET):
            raise Unfit("a byte that no canonical roster holds")
        digest.update(chunk)
        lines += chunk.count(b"\n")
        last = chunk
    if not last.endswith(b"\n"):
        raise Unfit("the last line does not end")
    return digest.hexdigest(), lines


def _ticket_bound(limit: int, factor: int) -> str:
    """The text below which a ticket stays exactly when its key, times `factor`, is below `limit`."""
    bound = -(-limit // factor)
    return EVERY if bound >= TICKETS else f"{bound:016x}"


def _ticketed(rest: str, tickets: str, ids: list[str], factors: Mapping[str, int]) -> Iterator[Ticketed]:
    """Rows that share everything but their id, as the kernel has them; `tickets` are 64 digits each."""
    stratum, weight, skill, _excluded = rest.split(",")
    shared = repeat(stratum), repeat(WEIGHTS[weight]), repeat(skill), repeat("")
    # What the classes' own constructors do, without their calls in between: there may be 300,000 rows.
    rows = map(partial(tuple.__new__, RosterRow), zip(ids, *shared))  # noqa: B905  repeat() never ends
    each = [tickets[at : at + TICKET_DIGITS] for at in range(0, len(tickets), TICKET_DIGITS)]
    factor = factors[weight]
    keys = _first_words(tickets) if factor == 1 else [key * factor for key in _first_words(tickets)]
    return map(partial(tuple.__new__, Ticketed), zip(keys, each, ids, rows, strict=True))


def _first_words(tickets: str) -> list[int]:
    """The number in the first 16 digits of every ticket: the key of weight 1 (protocol 7.4)."""
    words = array("Q", bytes.fromhex(tickets))
    if sys.byteorder == "little":
        words.byteswap()
    return words[:: TICKET_DIGITS // 16].tolist()


def _in_order(rows: list[Ticketed], factors: Mapping[str, int]) -> list[Ticketed]:
    """These rows in the order (key, ticket, id) of protocol 7.4, which without weights is that of tickets:
    a key is the beginning of its ticket, and equal tickets belong to one id. They come as a few runs that
    are in order already, which is what Python's sorting is quick at."""
    plain = len(set(factors.values())) == 1
    return sorted(rows, key=attrgetter("ticket") if plain else None)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Without the garbage collector, which would look at every new row again and again: a quarter of the time
    of a large draw, and rows hold no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
