"""Sealing: canonical files, the plan digest, and what speaks against publishing it."""

# ruff: noqa: E501  (one case a line reads as a table)

from __future__ import annotations

from typing import Any

import pytest

from mingcha.kernel.draw import (
    PATTERNS,
    InspectorRow,
    Recusal,
    Rejected,
    RosterRow,
    Source,
    Value,
    entropy_centibits,
    parse_plan,
    plan_digest,
    seal,
    sealed_commitment,
    sealing_problems,
    value_problems,
)
from mingcha.kernel.draw.roster import parse_roster, write_roster
from mingcha.kernel.draw.tables import (
    parse_inspectors,
    parse_recusals,
    write_inspectors,
    write_recusals,
)
from mingcha.kernel.draw.tests.support import DICE, roster, vector

KL8 = ".".join(f"{n:02}" for n in range(1, 21))


def sealed(**options: Any) -> dict[str, bytes]:
    settings: dict[str, Any] = {
        "draw_id": "T-1", "title": "试", "quota": {"base": "all", "mode": "fixed", "k": {"A": 3}},
        "entropy": [DICE], "roster": roster({"A": 5}), **options,
    }  # fmt: skip
    return seal(**settings).files


@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V5"])
def test_reading_and_writing_a_table_gives_the_same_bytes(name: str) -> None:
    files = vector(name)
    assert write_roster(reversed(parse_roster(files["roster.csv"]))) == files["roster.csv"]
    assert write_inspectors(reversed(parse_inspectors(files["inspectors.csv"]))) == files["inspectors.csv"]
    assert write_recusals(reversed(parse_recusals(files["recusals.csv"]))) == files["recusals.csv"]


def test_a_row_with_a_wrong_field_cannot_be_written() -> None:
    with pytest.raises(Rejected, match="roster-pattern"):
        write_roster([RosterRow("a", "A", 1, "", "")])
    with pytest.raises(Rejected, match="roster-duplicate"):
        write_roster([RosterRow("A", "A", 1, "", ""), RosterRow("A", "B", 1, "", "")])
    with pytest.raises(Rejected, match="inspectors-pattern"):
        write_inspectors([InspectorRow("I1", ("a b",), 1)])
    with pytest.raises(Rejected, match="inspectors-duplicate"):
        write_inspectors([InspectorRow("I1", (), 1), InspectorRow("I1", (), 2)])
    with pytest.raises(Rejected, match="recusals-pattern"):
        write_recusals([Recusal("A", "I1\n")])


def test_the_digest_is_that_of_the_bytes_and_covers_every_table() -> None:
    first = seal(
        draw_id="T-1", title="试", quota={"base": "all", "mode": "fixed", "k": {}}, entropy=[DICE], roster=[]
    )
    assert first.plan_digest == plan_digest(first.files["plan.json"])
    other = seal(
        draw_id="T-1", title="试", quota={"base": "all", "mode": "fixed", "k": {}}, entropy=[DICE], roster=[],
        recusals=[Recusal("Z" * 32, "I1")],
    )  # fmt: skip
    assert other.plan_digest != first.plan_digest


def test_extra_fields_are_kept_but_cannot_replace_those_of_the_protocol() -> None:
    plan = parse_plan(sealed(extra={"deadline": "2026-12-01", "spec": "X"})["plan.json"])
    assert plan.raw["deadline"] == "2026-12-01"
    assert plan.raw["spec"] == "SSJ-1"
    for value in (1.5, object(), -1, 2**60, {1, 2}):
        with pytest.raises(Rejected):
            sealed(extra={"x": value})


@pytest.mark.parametrize(
    ("name", "pattern", "centibits"),
    [
        ("kl8", PATTERNS["kl8"], 6161), ("ssq", PATTERNS["ssq"], 2407), ("dlt", PATTERNS["dlt"], 2435),
        ("3d", PATTERNS["3d"], 996), ("pl5", PATTERNS["pl5"], 1660), ("dice", "[0-9]{20}", 6643),
        ("witness", PATTERNS["witness"], 0), ("sealed", PATTERNS["sealed"], 0), ("hsi", "[0-9]+", 0),
    ],
)  # fmt: skip
def test_the_entropy_of_a_source_is_counted_without_floats(name: str, pattern: str, centibits: int) -> None:
    assert entropy_centibits([Source(name, "1", pattern, "")]) == centibits


def test_one_issue_counts_once() -> None:
    assert entropy_centibits([DICE, DICE]) == entropy_centibits([DICE])


def test_a_sound_plan_has_no_problems() -> None:
    people = [InspectorRow(f"I{n}", (), 3) for n in range(3)]
    assert sealing_problems(sealed(inspectors=people, per_target=2)) == []


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"entropy": [Source("3d", "2026001", PATTERNS["3d"])]}, "9.96 比特"),
        ({"entropy": [DICE, Source("kl8", "2026001", "[0-9.]+")]}, "pattern 与通用写法不同"),
        ({"entropy": [DICE, DICE]}, "列了两次"),
        ({"quota": {"base": "all", "mode": "fixed", "k": {"B": 3}}}, "一个对象也抽不到"),
        ({"per_target": 2, "inspectors": [InspectorRow(f"I{n}", (), 1) for n in range(3)]}, "上限合计只有 3 人次"),
        ({"per_target": 2, "inspectors": [InspectorRow("I1", (), 9), InspectorRow("I2", (), 0)]}, "可派人员不足"),
        (
            {
                "per_target": 1, "inspectors": [InspectorRow("I1", ("y",), 9)],
                "roster": [RosterRow("A", "A", 1, "x", "")],
            },
            "没有具备专长 x",
        ),
    ],
)  # fmt: skip
def test_what_speaks_against_sealing_is_said(options: dict[str, Any], part: str) -> None:
    assert part in "；".join(sealing_problems(sealed(**options)))


@pytest.mark.parametrize(
    ("name", "value", "fine"),
    [
        ("kl8", KL8, True), ("kl8", KL8.replace("20", "81"), False), ("kl8", KL8.replace("02", "01"), False),
        ("kl8", ".".join(reversed(KL8.split("."))), False), ("kl8", KL8[:-3], False), ("kl8", KL8.replace("01", "00"), False),
        ("ssq", "01.02.03.04.05.33+16", True), ("ssq", "01.02.03.04.05.34+16", False), ("ssq", "01.02.03.04.05.33+17", False),
        ("dlt", "01.02.03.04.35+01.12", True), ("dlt", "01.02.03.04.35+12.01", False),
        ("3d", "0.0.7", True), ("3d", "007", False), ("dice", "3" * 20, True), ("dice", "3.3", False), ("hsi", "any", True),
    ],
)  # fmt: skip
def test_a_typed_value_is_checked_as_its_lottery_draws_it(name: str, value: str, fine: bool) -> None:
    assert (value_problems([Value(name, "1", value)]) == []) is fine


def test_a_secret_is_sixty_four_digits() -> None:
    for secret in ("", "ab", "A" * 64, "g" * 64):
        with pytest.raises(Rejected, match="argument"):
            sealed_commitment(secret)
