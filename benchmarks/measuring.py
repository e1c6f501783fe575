"""What all measurements share: a process for each run, one at a time, and how figures are written."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: Seconds after which others may use the machine in between.
PATIENCE = 120


@dataclass(frozen=True)
class Bench:
    """One run of the benchmarks: where its files go, whether only small cases are measured, and the lock
    that is held around each measurement where other work shares the machine."""

    folder: Path
    quick: bool = False
    lock: Path | None = None

    @staticmethod
    def installed(package: str) -> bool:
        """True when a peer can be measured."""
        return importlib.util.find_spec(package) is not None

    def in_turn(self, runs: Mapping[str, tuple[int, list[str]]]) -> dict[str, dict[str, Any]]:
        """The best run of each name: how often, and the arguments of benchmarks/worker.py; in turn.

        Raises RuntimeError when a run fails, or when it comes to another result than the one before.
        """
        best: dict[str, dict[str, Any]] = {}
        with alone(self.lock) as breathe:
            for turn in range(max(count for count, _arguments in runs.values())):
                for name, (count, arguments) in runs.items():
                    if turn < count:
                        best[name] = better(best.get(name), worker(arguments))
                        breathe()
        return best


@contextmanager
def one_site(**settings: Any) -> Iterator[None]:
    """The platform as a test client asks it: its files under their plain names; with further settings."""
    from django.conf import settings as standing
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**standing.STORAGES, "staticfiles": plain}
    with override_settings(STORAGES=storages, ALLOWED_HOSTS=["testserver"], **settings):
        yield


def better(known: dict[str, Any] | None, found: dict[str, Any]) -> dict[str, Any]:
    """The shorter times and the smaller memory of two runs. Raises RuntimeError where they differ else."""
    if known is None:
        return found
    for field in set(found) - {"steps", "peak", "before"}:
        if known[field] != found[field]:
            raise RuntimeError(f"{field}: {known[field]} and then {found[field]}")
    steps = {step: min(took, known["steps"][step]) for step, took in found["steps"].items()}
    return {**found, "steps": steps, "peak": min(known["peak"], found["peak"])}


def worker(arguments: list[str]) -> dict[str, Any]:
    """One run of benchmarks/worker.py in a process of its own. Raises RuntimeError with what it said."""
    sys.stderr.write(f"· {' '.join(arguments)}\n")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "benchmarks.worker", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def alone(lock: Path | None) -> Iterator[Callable[[], None]]:
    """Alone on the machine, as far as others ask for the same lock. What is given back lets them in after
    every two minutes; to be called between two measurements."""
    if lock is None:
        yield lambda: None
        return
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        since = time.monotonic()

        def breathe() -> None:
            nonlocal since
            if time.monotonic() - since > PATIENCE:
                fcntl.flock(file, fcntl.LOCK_UN)
                time.sleep(1)
                fcntl.flock(file, fcntl.LOCK_EX)
                since = time.monotonic()

        yield breathe


def seconds(value: float) -> str:
    """Three digits that count, no more than thousandths."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; all columns but the first are right-aligned."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, rule, *lines])
