"""Who is drawn: by ticket alone, whatever the order of the input."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import RosterRow, excluded_within_cutoff, explain, parse_plan
from mingcha.kernel.draw.roster import load_roster, write_roster
from mingcha.kernel.draw.selection import LCM16, Ticketed, select, ticket
from mingcha.kernel.draw.tests.support import digits as number_text
from mingcha.kernel.draw.tests.support import draw, random_bundle, roster

ALL = {"base": "all", "mode": "rate", "bp": {"A": 2000, "B": 5000}}


def ids(revealed: Any, kind: str) -> list[str]:
    lines = revealed.files["result.csv"].decode().split("\n")[1:-1]
    return [line.split(",")[2] for line in lines if line.split(",")[1] == kind]


@settings(max_examples=30)
@given(st.integers(0, 10**9), st.randoms())
def test_the_order_of_the_input_does_not_matter(number: int, shuffler: random.Random) -> None:
    rows = roster({"A": 20, "B": 15})
    mixed = rows[:]
    shuffler.shuffle(mixed)
    assert draw(rows, ALL, number=number).files == draw(mixed, ALL, number=number).files


@settings(max_examples=30)
@given(st.integers(0, 10**9), st.integers(0, 150), st.integers(0, 150))
def test_more_reserves_extend_and_never_change_the_draw(number: int, less: int, more: int) -> None:
    less, more = sorted((less, more))
    rows = roster({"A": 20})
    quota = {"base": "all", "mode": "fixed", "k": {"A": 6}}
    first = draw(rows, quota, number=number, reserve_pct=less)
    second = draw(rows, quota, number=number, reserve_pct=more)
    assert ids(first, "S") == ids(second, "S")
    assert ids(second, "R")[: len(ids(first, "R"))] == ids(first, "R")


def test_reserves_are_the_next_tickets() -> None:
    found = draw(roster({"A": 30}), {"base": "all", "mode": "fixed", "k": {"A": 10}}, reserve_pct=25)
    key = found.draw.keys.draw_key
    order = sorted((r.id for r in roster({"A": 30})), key=lambda i: ticket(key, i))
    assert ids(found, "S") + ids(found, "R") == order[:13]


def test_an_excluded_company_is_never_drawn_but_reported_when_it_would_have_been() -> None:
    quota = {"base": "all", "mode": "fixed", "k": {"A": 30}}
    rows = [r._replace(excluded="CHK" if n % 2 else "") for n, r in enumerate(roster({"A": 30}))]
    found = draw(rows, {**quota, "k": {"A": 10}})
    assert not set(ids(found, "S")) & {r.id for r in rows if r.excluded}
    cutoff = found.draw.strata[0].cutoff
    key = found.draw.keys.draw_key
    within = [r.id for r in rows if r.excluded and int(ticket(key, r.id)[:16], 16) <= cutoff]  # type: ignore[operator]
    assert within
    assert [t.id for t in excluded_within_cutoff(found.draw)] == within
    assert explain(found.draw, within[0]).would_be_drawn


def test_weights_are_ignored_unless_the_plan_says_w16() -> None:
    rows = [r._replace(weight=n % 16 + 1) for n, r in enumerate(roster({"A": 40}))]
    quota = {"base": "all", "mode": "fixed", "k": {"A": 8}}
    assert draw(rows, quota).files["result.csv"] == draw(roster({"A": 40}), quota).files["result.csv"]
    assert ids(draw(rows, quota, weighting="w16"), "S") != ids(draw(rows, quota), "S")


def first(key: str, rows: list[RosterRow], weighting: str, wanted: int) -> list[Ticketed]:
    """The rows drawn under a draw key that no entropy has to lead to."""
    quota = {"base": "all", "mode": "fixed", "k": {"A": wanted}}
    plan = parse_plan(draw(rows, quota, weighting=weighting).files["plan.json"])
    return select(plan, key, load_roster(write_roster(rows)))[0].drawn


@pytest.mark.parametrize("weighting", ["none", "w16"])
@pytest.mark.parametrize("wanted", [0, 1, 7, 299, 300])
def test_the_fast_selection_equals_sorting_everything(weighting: str, wanted: int) -> None:
    rows = [RosterRow(f"E{n}", "A", n % 16 + 1, "", "") for n in range(300)]
    for key in ("ab", "cd", "ef"):
        plain = sorted(
            (int(ticket(key, r.id)[:16], 16) * (LCM16 // r.weight if weighting == "w16" else 1), r.id)
            for r in rows
        )
        assert [(t.key, t.id) for t in first(key, rows, weighting, wanted)] == plain[:wanted]


def test_the_fast_selection_keeps_everybody_when_all_tickets_are_large() -> None:
    candidates = (RosterRow(f"E{n}", "A", 1, "", "") for n in range(9000))
    rows = [r for r in candidates if ticket("ab", r.id) >= "f"][:400]
    assert len(rows) == 400
    assert [t.id for t in first("ab", rows, "none", 10)] == sorted(
        (r.id for r in rows), key=lambda i: ticket("ab", i)
    )[:10]


def test_a_draw_over_hundreds_of_seeds_is_uniform() -> None:
    """Chi-square over 30 companies, 6 drawn, 500 fixed seeds; limit = 99.9 % point for 29 degrees, 58.3.

    Drawing without replacement shrinks the statistic by the factor 1 - 6/30, which is put back here.
    """
    quota = {"base": "all", "mode": "fixed", "k": {"A": 6}}
    rows, rounds = roster({"A": 30}), 500
    counts = dict.fromkeys((r.id for r in rows), 0)
    for number in range(rounds):
        for id in ids(draw(rows, quota, number=number), "S"):
            counts[id] += 1
    expected = rounds * 6 / 30
    statistic = sum((c - expected) ** 2 / expected for c in counts.values()) / (1 - 6 / 30) * 29 / 30
    assert statistic < 58.3


def test_random_bundles_use_every_kind_of_rule() -> None:
    """The generator that holds kernel and single file together must reach all modes."""
    plans = b"".join(random_bundle(n)["plan.json"] for n in range(30))
    for word in (b'"rate"', b'"fixed"', b'"total"', b'"w16"', b'"none"', b'"eligible"', b'"all"'):
        assert word in plans
    assert number_text(3) == "0" * 19 + "3"
