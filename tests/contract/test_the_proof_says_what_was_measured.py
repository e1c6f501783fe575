"""docs/draw-proof.md, its plots and its data agree, and the data come from this kernel."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scripts.proof import page
from scripts.proof.__main__ import DATA, FOLDER, PAGE
from scripts.proof.experiments import DRAWS, probe

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "src" / "mingcha" / "kernel" / "draw" / "tests"
data = json.loads(DATA.read_text(encoding="utf-8"))
text = PAGE.read_text(encoding="utf-8")


def test_the_page_says_what_the_data_say() -> None:
    assert page.filled(text, data) == text


def test_the_page_would_change_with_the_data() -> None:
    other = json.loads(json.dumps(data))
    other["firms"]["counts"][0] = 1
    assert page.filled(text, other) != text


def test_the_data_come_from_this_kernel_and_from_the_numbers_of_draws_that_are_said() -> None:
    assert data["probe"] == probe()
    assert {name: data[name]["draws"] for name in ("firms", "weights", "pairs")} == {
        name: DRAWS[name] for name in ("firms", "weights", "pairs")
    }
    assert sum(data["firms"]["counts"]) == 100 * DRAWS["firms"]
    assert sum(row[2] for row in data["pairs"]["pairs"]) == 10 * DRAWS["pairs"]
    assert all(one["possible"] + one["impossible"] == DRAWS["solver"] for one in data["solver"])


def test_nothing_failed_and_the_peers_show_their_faults() -> None:
    assert "未通过" not in text
    assert {one[name] for one in data["solver"] for name in ("wrong", "uneven", "unproved")} == {0}
    assert (data["firms"]["today"]["outcomes"], data["firms"]["today"]["never"]) == (2, 99)
    assert (data["pairs"]["met"], data["pairs"]["met_today"]) == (45, 10)


def test_every_test_that_the_page_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)`", text)
    assert len(named) > 10
    assert [name for name in named if not (TESTS / name).is_file()] == []
    assert {path.name for path in TESTS.glob("test_property_*.py")} <= set(named)
    elsewhere = re.findall(r"`(tests/\S+\.py)`", text)
    assert [name for name in elsewhere if not (ROOT / name).is_file()] == []
    functions = re.findall(r"`(test_\w+)`", text)
    everything = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py"))
    assert [name for name in functions if f"def {name}(" not in everything] == []


@pytest.mark.parametrize("name", ["firms", "pairs", "twins", "weights"])
def test_every_plot_is_there_and_carries_no_date(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert "<dc:date>" not in svg
    assert f"draw-proof/{name}.svg" in text
