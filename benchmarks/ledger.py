"""What the ledger costs a writer, and what it would cost to append at once instead of last.

Three ways of doing the same work, by the same number of writers on the same database:

- `last`: our service; the events of a unit of work are appended as the last statement of its transaction;
- `midway`: at the moment something is said, in the middle of the transaction: the chain's lock is then held
  while further rows are locked, and whoever holds one of those waits for the lock (PostgreSQL finds such a
  deadlock after one second);
- `none`: no ledger, as the lower bound.

One unit of work changes a row that other writers want too and three of its own, and says one thing. Half of
the units change the shared row before they say it and half after, as verbs of different apps do.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import OperationalError, connection, connections

from mingcha.base import clock
from mingcha.base import service as services
from mingcha.base.events import Event, Thing
from mingcha.base.service import Happening, emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.ledger.appending import append
from mingcha.ledger.verification import Report, verify

TABLE = "benchmark_row"
SHARED_ROWS = 3
OWN_ROWS = 3
#: PostgreSQL lets writers run side by side; SQLite lets them queue.
WRITERS = {"postgresql": 8, "sqlite": 4}
#: Every way is measured in several rounds, in turn, so that a busy moment of the machine meets all of them.
ROUNDS = 3
SECONDS = 3.0
WAYS = ("none", "last", "midway")


@dataclass(frozen=True, kw_only=True)
class Measured(Event):
    """One thing said by a unit of work."""

    code = "benchmark.measured"
    label = "测量"


@dataclass
class Result:
    """What one way achieved over all rounds."""

    seconds: float = 0.0
    refused: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Units of work that were committed, per second."""
        return len(self.waits) / self.seconds

    def milliseconds(self, share: float) -> float:
        """How long the given share of the committed units took at most."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))] * 1000


@dataclass(frozen=True)
class Measurement:
    """Results by way, how many writers there were, and the verification of the chain they wrote."""

    writers: int
    results: dict[str, Result]
    verified: Report


def measure() -> Measurement:
    """Measure all ways on the configured (throw-away) database."""
    writers = WRITERS[connection.vendor]
    with rows(writers):
        results = {way: Result() for way in WAYS}
        for number in range(ROUNDS):
            for way in WAYS:
                run_round(way, writers, number, results[way])
    report = verify()
    if not report.intact:
        raise RuntimeError("the chain that was written does not verify")
    return Measurement(writers, results, report)


@contextmanager
def rows(writers: int) -> Iterator[None]:
    """The rows that are changed: a few that all want, and three for each writer."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, value integer NOT NULL)")
        ids = range(-SHARED_ROWS, writers * OWN_ROWS)
        cursor.executemany(f"INSERT INTO {TABLE} VALUES (%s, 0)", [(number,) for number in ids])
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def touch(row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET value = value + 1 WHERE id = %s", [row])


def say_last(actor: Viewer, writer: int) -> None:
    emit(Measured(thing=Thing(type="benchmark.writer", id=writer), after={"writer": writer}))


def say_midway(actor: Viewer, writer: int) -> None:
    event = Measured(thing=Thing(type="benchmark.writer", id=writer), after={"writer": writer})
    append([Happening(event=event, actor=actor, at=clock.now())])


def say_nothing(actor: Viewer, writer: int) -> None:
    """The lower bound."""


SAY: dict[str, Callable[[Viewer, int], None]] = {
    "last": say_last,
    "midway": say_midway,
    "none": say_nothing,
}


@service
def work(*, actor: Viewer, way: str, writer: int, shared: int, shared_first: bool) -> None:
    """One unit of work."""
    if shared_first:
        touch(-shared)
    SAY[way](actor, writer)
    for own in range(OWN_ROWS):
        touch(writer * OWN_ROWS + own)
    if not shared_first:
        touch(-shared)


def run_round(way: str, writers: int, number: int, result: Result) -> None:
    """Let all writers work for a while in one way, and add up what they did."""
    start = threading.Barrier(writers + 1)
    parts = [Result() for _ in range(writers)]
    threads = [
        threading.Thread(target=run_writer, args=(way, writer, number, start, parts[writer]))
        for writer in range(writers)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    result.seconds += time.perf_counter() - began
    for part in parts:
        result.refused += part.refused
        result.waits += part.waits


def run_writer(way: str, writer: int, number: int, start: threading.Barrier, part: Result) -> None:
    """Work until the time is over. What the database refuses (a deadlock) is counted and not tried again."""
    chance = random.Random(f"{number}/{writer}")
    actor = System("benchmark")
    try:
        connection.ensure_connection()
        start.wait()
        end = time.perf_counter() + SECONDS
        count = 0
        while (began := time.perf_counter()) < end:
            count += 1
            shared = chance.randint(1, SHARED_ROWS)
            try:
                work(actor=actor, way=way, writer=writer, shared=shared, shared_first=count % 2 == 0)
            except OperationalError:
                part.refused += 1
            else:
                part.waits.append(time.perf_counter() - began)
    finally:
        connections.close_all()


def table(measurement: Measurement) -> str:
    """The results as a table for docs/benchmarks.md."""
    if append not in services._sinks:
        raise RuntimeError("the ledger was not connected: `last` measured nothing")
    words = {
        "none": "不记存证链（下限）",
        "last": "**事务末尾追加（本系统）**",
        "midway": "事务中间追加（发生时立即写链）",
    }
    lines = [
        "| 做法 | 每秒完成 | 中位毫秒 | 99% 毫秒 | 最长毫秒 | 被数据库拒绝 |",
        "|---|---|---|---|---|---|",
    ]
    for way, result in measurement.results.items():
        times = " | ".join(f"{result.milliseconds(share):.1f}" for share in (0.5, 0.99, 1))
        lines.append(f"| {words[way]} | {result.per_second:.0f} | {times} | {result.refused} |")
    report = measurement.verified
    return "\n".join(
        [
            f"{measurement.writers} 个同时写入者，每种做法 {ROUNDS} 轮、每轮 {SECONDS:g} 秒，轮流进行。",
            "每件事改三行自己的和一行大家都要的，说一件事；一半先改大家的那一行，一半后改。被拒绝的（死锁）不重试。",
            "",
            *lines,
            "",
            f"写下的 {report.count:,} 条随后逐条核对：完整，每秒 {report.rate:,} 条。",
        ]
    )
