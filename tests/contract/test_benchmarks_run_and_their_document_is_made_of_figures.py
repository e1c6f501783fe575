"""The measuring machinery works from end to end, and docs/benchmarks.md says what was measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.document import PICTURES, TEXTS, Document
from benchmarks.draw import slope
from benchmarks.goals import goals

ROOT = Path(__file__).resolve().parents[2]


def test_a_quick_run_measures_draws_and_pairings_and_writes_everything(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "benchmarks.run", "--quick", "--docs", str(tmp_path)]
    command += ["--part", "draw", "--part", "pairing", "--lock", str(tmp_path / "lock")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    document = Document(tmp_path)
    measured = document.measured()
    assert {(row["method"], row["rows"]) for row in measured["draw"]["rows"]} >= {
        (method, rows)
        for method in ("kernel", "large", "python_floor", "duckdb_floor")
        for rows in (10_000, 100_000)
    }
    assert all(step > 0 for row in measured["draw"]["rows"] for step in row["steps"].values())
    assert all(row["peak"] > 1 for part in measured.values() for row in part["rows"])
    pairings = measured["pairing"]["rows"]
    assert [(row["kind"], row["targets"]) for row in pairings] == [
        (kind, targets) for kind in ("ample", "scarce") for targets in (100, 1_000)
    ]
    assert all(row["chains"] for row in pairings if row["kind"] == "scarce")
    for name in (name for names in PICTURES.values() for name in names):
        assert (tmp_path / "benchmarks" / f"{name}.svg").read_bytes().startswith(b"<?xml")
    text = document.path.read_text(encoding="utf-8")
    assert text == document.rendered()
    assert "100,000 户抽 3,000 户" in text


def test_plots_of_the_same_figures_are_the_same_bytes(tmp_path: Path) -> None:
    figures = {
        "where": "",
        "rows": [{"kind": "ample", "targets": 2, "inspectors": 3, "steps": {"draw": 0.5}}],
    }
    written = []
    for name in ("one", "two"):
        document = Document(tmp_path / name)
        document.keep("pairing", figures)
        written.append((document.figures / "pairing-time.svg").read_bytes())
    assert written[0] == written[1]
    assert b"dc:date" not in written[0]


def test_the_document_says_what_the_figures_say() -> None:
    document = Document()
    measured = document.measured()
    assert set(measured) == set(TEXTS)
    assert document.path.read_text(encoding="utf-8") == document.rendered()


def test_a_goal_is_judged_by_the_figures() -> None:
    figures = json.loads((Document().figures / "pairing.json").read_text(encoding="utf-8"))
    for seconds, reached in ((0.05, True), (0.2, False)):
        figures["rows"] = [{**figures["rows"][0], "targets": 1_000, "steps": {"draw": seconds}}]
        (goal,) = goals({"pairing": figures})
        assert goal.reached is reached


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_slope_is_the_exponent(power: float) -> None:
    assert slope({n: 3 * n**power for n in (10, 100, 1_000)}) == pytest.approx(power)
