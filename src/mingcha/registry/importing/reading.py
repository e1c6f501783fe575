"""Rows of a large file, read by a process of its own while this one compares and stages.

Understanding a row takes about as long as staging it, so two cores halve the time (docs/benchmarks.md). The
reader gets its orders as JSON on standard input and gives rows in pieces on standard output; when this
process is killed, its next piece finds no taker and it ends. Small files are read right here: starting the
reader takes longer than reading them.
"""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import IO, Any

from mingcha.kernel.refusal import Refusal, Refused
from mingcha.registry.sheets import Known, Layout, Problem, ReadRow, open_book, read_rows

#: Rows from which on a second process pays.
LARGE = 50_000
#: Rows in one piece.
_PIECE = 1_000
_LENGTH = 4


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
) -> Iterator[Iterator[ReadRow]]:
    """The rows of a file after the first `skip`; `apart` has another process read. Raises Refused."""
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
        yield _read(order)
        return
    reader = subprocess.Popen(
        [sys.executable, "-m", "mingcha.registry.importing.reading"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert reader.stdin is not None  # noqa: S101  asked for above
    assert reader.stdout is not None  # noqa: S101
    try:
        with reader.stdin as orders:
            orders.write(json.dumps(order, ensure_ascii=False).encode())
        yield _taken(reader.stdout)
    finally:
        reader.stdout.close()
        reader.terminate()
        reader.wait()


def _read(order: Mapping[str, Any]) -> Iterator[ReadRow]:
    known = Known(**{**order["known"], "towns": tuple(order["known"]["towns"])})
    book = open_book(order["path"], order["name"])
    layout = Layout.from_json(order["layout"])
    rows = read_rows(book, layout, order["register"], order["defaults"], known)
    return islice(rows, order["skip"], None)


def _taken(stream: IO[bytes]) -> Iterator[ReadRow]:
    """Rows as they come; the refusals of the reader are raised here."""
    while True:
        length = stream.read(_LENGTH)
        if len(length) < _LENGTH:
            raise OSError("the reader ended before its last row")
        kind, content = marshal.loads(stream.read(int.from_bytes(length, "big")))  # noqa: S302  our own child
        if kind == "end":
            return
        if kind == "refused":
            raise Refused(*(Refusal(*parts) for parts in content))
        for sheet, row, raw, values, problems, verdict in content:
            yield ReadRow(sheet, row, raw, values, [Problem(*parts) for parts in problems], verdict)


def _given(rows: Iterator[ReadRow], out: IO[bytes]) -> None:
    """Write rows in pieces; cells as they stood only where something is doubtful: nobody else asks."""
    while piece := list(islice(rows, _PIECE)):
        said = [
            (
                row.sheet,
                row.row,
                row.raw if row.problems else {},
                row.values,
                [(p.column, p.value, p.reason, p.severity, p.field) for p in row.problems],
                row.verdict,
            )
            for row in piece
        ]
        _send(out, "rows", said)
    _send(out, "end", None)


def _send(out: IO[bytes], kind: str, content: Any) -> None:
    packed = marshal.dumps((kind, content))
    out.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    out.flush()


def main() -> int:
    """The reader: one order, its rows."""
    import gc

    import django

    django.setup()
    gc.disable()
    order = json.loads(sys.stdin.buffer.read())
    out = sys.stdout.buffer
    try:
        _given(_read(order), out)
    except Refused as refused:
        parts = [
            (r.code, str(r.message), str(r.basis), str(r.remedy), dict(r.params)) for r in refused.refusals
        ]
        _send(out, "refused", [(c, m, b, y, {k: str(v) for k, v in p.items()}) for c, m, b, y, p in parts])
    except BrokenPipeError:
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
