"""What all measurements share: a process for each run, one at a time, and how figures are written."""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


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
        """The best run of each name: how often, and the arguments of benchmarks/worker.py; in turn."""
        best: dict[str, dict[str, Any]] = {}
        for turn in range(max(count for count, _arguments in runs.values())):
            for name, (count, arguments) in runs.items():
                if turn < count:
                    found = self.run(arguments)
                    known = best.setdefault(name, found)
                    known["peak"] = min(known["peak"], found["peak"])
                    for step, took in found["steps"].items():
                        known["steps"][step] = min(known["steps"][step], took)
                    if {**found, "steps": 0, "peak": 0, "before": 0} != {
                        **known, "steps": 0, "peak": 0, "before": 0
                    }:  # fmt: skip
                        raise RuntimeError(f"{name} gave another result the second time")
        return best

    def run(self, arguments: list[str]) -> dict[str, Any]:
        """One run of the worker in a process of its own. Raises RuntimeError with what it said."""
        command = [sys.executable, "-m", "benchmarks.worker", *arguments]
        sys.stderr.write(f"· {' '.join(arguments)}\n")
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        with self._locked():
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment
            )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone, as far as others ask for the same lock."""
        if self.lock is None:
            yield
            return
        with self.lock.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def seconds(value: float) -> str:
    """Three digits that count, no more than thousandths."""
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; all columns but the first are right-aligned."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, rule, *lines])
