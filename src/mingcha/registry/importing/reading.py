"""Rows of a large file, read by a process of its own while this one compares and stages.

Understanding a row takes about as long as staging it, so two cores halve the time (docs/benchmarks.md). The
reader gets its orders as JSON on standard input and gives rows in pieces on standard output; when this
process is killed, its next piece finds no taker and it ends. Small files are read right here: starting the
reader takes longer than reading them.
"""

from __future__ import annotations

import json
import marshal
import queue
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from threading import Event, Thread
from typing import IO, Any

from mingcha.kernel.refusal import Refusal, Refused
from mingcha.registry.importing.drafts import Packed
from mingcha.registry.importing.files import descriptor_of
from mingcha.registry.importing.subject_rows import pack
from mingcha.registry.models import ImportBatch
from mingcha.registry.sheets import FIELDS, Known, Layout, Problem, ReadRow, open_book, read_rows

#: Rows from which on a second process pays.
LARGE = 50_000
#: Rows in one piece, and pieces that wait here: two of the taker's transactions (`staging.CHUNK`).
_PIECE = 1_000
_AHEAD = 10
_LENGTH = 4
_LOOKS_UP = 0.2
Rows = Iterator[ReadRow | Packed]


def estimate(path: str, name: str) -> int:
    """About how many rows a file has, for the progress bar."""
    return sum(sheet.rows for sheet in open_book(path, name).sheets)


@contextmanager
def rows_of(
    path: str,
    name: str,
    layout: Mapping[str, Any],
    register: str,
    defaults: Mapping[str, str],
    known: Known,
    *,
    skip: int,
    apart: bool,
) -> Iterator[Rows]:
    """The rows of a file after the first `skip`, clean ones of subjects packed; `apart` has another process
    read. Raises Refused."""
    order = {
        "path": path,
        "name": name,
        "layout": layout,
        "register": register,
        "defaults": defaults,
        "known": asdict(known),
        "skip": skip,
    }
    if not apart:
        yield read(order)
        return
    inherited = descriptor_of(path)
    reader = subprocess.Popen(
        [sys.executable, "-m", "mingcha.registry.importing.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=() if inherited is None else (inherited,),
    )
    assert reader.stdin is not None  # noqa: S101  asked for above
    assert reader.stdout is not None  # noqa: S101
    try:
        with reader.stdin as orders:
            orders.write(json.dumps(order, ensure_ascii=False).encode())
        with _read_ahead(reader.stdout) as pieces:
            try:
                yield _taken(pieces)
            finally:
                reader.terminate()
    finally:
        reader.stdout.close()
        reader.wait()


def read(order: Mapping[str, Any]) -> Rows:
    """The rows that an order asks for."""
    known = Known(**{**order["known"], "towns": tuple(order["known"]["towns"])})
    book = open_book(order["path"], order["name"])
    layout = Layout.from_json(order["layout"])
    rows = read_rows(book, layout, order["register"], order["defaults"], known)
    wanted = islice(rows, order["skip"], None)
    if order["register"] != ImportBatch.Register.SUBJECTS:
        return wanted
    key_of = FIELDS[order["register"]].identify
    return (pack(row, key_of(row.values)) or row for row in wanted)


@contextmanager
def _read_ahead(stream: IO[bytes]) -> Iterator[Iterator[bytes]]:
    """The pieces of a stream, taken from it by a thread of its own.

    A pipe holds less than one piece: without somebody who empties it all the time, the reader would stand
    still whenever the taker works, and two processes would be no quicker than one. When the block ends,
    whoever writes into the stream must have ended too.
    """
    waiting: queue.Queue[bytes] = queue.Queue(_AHEAD)
    ended = Event()

    def take() -> None:
        while piece := _piece(stream):
            if not _put(waiting, piece, ended):
                return
        _put(waiting, b"", ended)

    thread = Thread(target=take, name="reading ahead", daemon=True)
    thread.start()
    try:
        yield iter(waiting.get, b"")
    finally:
        ended.set()
        thread.join()


def _piece(stream: IO[bytes]) -> bytes:
    """The next piece, whole; empty when there is none."""
    length = int.from_bytes(stream.read(_LENGTH), "big")
    piece = stream.read(length)
    return piece if len(piece) == length else b""


def _put(waiting: queue.Queue[bytes], piece: bytes, ended: Event) -> bool:
    """Put a piece where it waits; False when nobody wants it any more."""
    while not ended.is_set():
        try:
            waiting.put(piece, timeout=_LOOKS_UP)
        except queue.Full:
            continue
        return True
    return False


def _taken(pieces: Iterator[bytes]) -> Rows:
    """Rows as they come; the refusals of the reader are raised here."""
    for piece in pieces:
        kind, content = marshal.loads(piece)  # noqa: S302  our own child
        if kind == "end":
            return
        if kind == "refused":
            raise Refused(*(Refusal(*parts) for parts in content))
        for row in content:
            yield row if isinstance(row, tuple) else _unpacked(*row)
    raise OSError("the reader ended before its last row")


def _unpacked(sheet: str, row: int, raw: Any, values: Any, problems: Any, verdict: Any) -> ReadRow:
    return ReadRow(sheet, row, raw, values, [Problem(*parts) for parts in problems], verdict)


def give(rows: Rows, out: IO[bytes]) -> None:
    """Write rows in pieces: packed ones as the tuples that they are, others as lists."""
    while piece := list(islice(rows, _PIECE)):
        send(out, "rows", [_plain(row) if isinstance(row, ReadRow) else row for row in piece])
    send(out, "end", None)


def _plain(row: ReadRow) -> list[Any]:
    problems = [(p.column, p.value, p.reason, p.severity, p.field) for p in row.problems]
    return [row.sheet, row.row, row.raw, row.values, problems, row.verdict]


def send(out: IO[bytes], kind: str, content: Any) -> None:
    """One piece: rows, the end, or refusals."""
    packed = marshal.dumps((kind, content))
    out.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    out.flush()
