"""One measurement in a process of its own: `python -m benchmarks.worker METHOD …` prints it as JSON.

Times are seconds by the wall; `peak` is the most memory the process ever held, in MiB. Steps: `load` reads
what the method wants in memory, `check` makes sure of the canonical form, order and digest, `draw` selects.
A method that streams has nothing to load and reads the file again while it draws.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.pairing_case import Case
from benchmarks.roster import DRAW_KEY, drawn_of, plan

Steps = dict[str, float]


class Watch:
    """Seconds since the last look."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        passed, self._began = now - self._began, now
        return passed


def peak_mib() -> float:
    """The most memory this process held. The kernel's own count of this program: the maximum that getrusage
    gives begins with what the parent process held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kib / 1024


def digest_of(ids: Iterable[str]) -> str:
    """What tells two samples apart, whatever their order."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def kernel(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
    """Our kernel, streamed from the file; standard library only, one core."""
    from mingcha.kernel.draw.roster import load_roster
    from mingcha.kernel.draw.selection import select

    rules, watch = plan(), Watch()
    roster = load_roster(path)
    check = watch.lap()
    strata = select(rules, DRAW_KEY, roster)
    draw = watch.lap()
    return {"check": check, "draw": draw}, [t.id for s in strata for t in s.drawn]


def large(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
    """Our way for large rosters: DuckDB, two threads."""
    from mingcha.planning.large_roster import LargeRoster

    rules, watch = plan(), Watch()
    with LargeRoster(path) as file:
        load = watch.lap()
        roster = file.load()
        check = watch.lap()
        strata = file.select(rules, DRAW_KEY, roster)
        draw = watch.lap()
    return {"load": load, "check": check, "draw": draw}, [t.id for s in strata for t in s.drawn]


def ids_of(path: Path) -> list[str]:
    """The ids of a roster in memory, as the peers want them."""
    with path.open(encoding="ascii") as file:
        next(file)
        return [line.partition(",")[0] for line in file]


def consistent_sampler(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
    """PyPI consistent_sampler: a SHA-256 ticket for each id, a heap; only ids asked for (output="id")."""
    from consistent_sampler import sampler

    watch = Watch()
    ids = ids_of(path)
    load = watch.lap()
    sample = list(sampler(ids, seed=DRAW_KEY, take=drawn_of(rows), output="id"))
    return {"load": load, "draw": watch.lap()}, sample


def _cryptorandom(method: str) -> Callable[[Path, int], tuple[Steps, Iterable[str]]]:
    def run(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
        from cryptorandom.cryptorandom import SHA256
        from cryptorandom.sample import random_sample

        watch = Watch()
        ids = ids_of(path)
        load = watch.lap()
        places = random_sample(rows, drawn_of(rows), method=method, prng=SHA256(DRAW_KEY))
        sample = [ids[place] for place in places]
        return {"load": load, "draw": watch.lap()}, sample

    return run


def python_floor(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
    """The file read once and hashed, nothing else: what no check in Python can go below."""
    watch, digest = Watch(), hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return {"draw": watch.lap()}, []


def duckdb_floor(path: Path, rows: int) -> tuple[Steps, Iterable[str]]:
    """DuckDB's own reading of the file: its five columns as text, rows counted, two threads."""
    import duckdb

    from mingcha.planning.large_roster import FIELDS, THREADS

    connection = duckdb.connect(":memory:", config={"threads": THREADS})
    watch = Watch()
    found = connection.execute(f"SELECT count(*), max(length(id)) FROM {FIELDS}", [str(path)]).fetchone()
    seconds = watch.lap()
    if found != (rows, 18):
        raise RuntimeError(f"DuckDB read {found}")
    return {"draw": seconds}, []


DRAWS: dict[str, Callable[[Path, int], tuple[Steps, Iterable[str]]]] = {
    "kernel": kernel,
    "large": large,
    "consistent_sampler": consistent_sampler,
    "cryptorandom_pikk": _cryptorandom("PIKK"),
    "cryptorandom_fisher_yates": _cryptorandom("Fisher-Yates"),
    "python_floor": python_floor,
    "duckdb_floor": duckdb_floor,
}


def measure_draw(method: str, path: str, rows: str) -> dict[str, Any]:
    """One draw. `sample` is the digest of the drawn ids, empty where nothing is drawn."""
    steps, ids = DRAWS[method](Path(path), int(rows))
    peak = peak_mib()
    sample = list(ids)
    if sample and len(set(sample)) != drawn_of(int(rows)):
        raise RuntimeError(f"{method} drew {len(set(sample))}")
    return {"steps": steps, "peak": peak, "sample": digest_of(sample) if sample else ""}


def measure_pairing(targets: str, inspectors: str, kind: str) -> dict[str, Any]:
    """One pairing; `unserved` slots must be none, or the case measured something else."""
    case = Case(int(targets), int(inspectors), scarce=kind == "scarce")
    before, watch = peak_mib(), Watch()
    pairing = case.pairing().run()
    seconds = watch.lap()
    loads = [len(held) for held in pairing.held]
    return {
        "steps": {"draw": seconds},
        "peak": peak_mib(),
        "before": before,
        "chains": len(pairing.chains),
        "unserved": sum(u.slots for u in pairing.unserved),
        "spread": max(loads) - min(loads),
    }


def main() -> int:
    """Measure what the arguments name."""
    kind, *arguments = sys.argv[1:]
    found = {"draw": measure_draw, "pairing": measure_pairing}[kind](*arguments)
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
