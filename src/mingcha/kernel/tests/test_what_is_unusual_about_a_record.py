"""录入真实性: minutes, metres, runs of equal answers, odd answers, pictures used twice (domain §12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.authenticity import (
    Place,
    metres_between,
    minutes_between,
    odd_answer,
    run_of_same,
)

_PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


def test_minutes_are_whole_and_rounded_down() -> None:
    start = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert minutes_between(start, start + timedelta(minutes=9, seconds=59)) == 9


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        # A degree of latitude; the same of longitude at the latitude of Luancheng; the two ends of a street.
        (Place(37.9, 114.65), Place(38.9, 114.65), 111_195),
        (Place(37.9, 114.65), Place(37.9, 115.65), 87_741),
        (Place(37.90000, 114.65000), Place(37.90449, 114.65000), 499),
    ],
)
def test_metres_are_those_of_a_map(one: Place, other: Place, metres: int) -> None:
    assert abs(metres_between(one, other) - metres) <= max(1, metres // 1000)


@given(_PLACES, _PLACES)
def test_the_way_back_is_as_long_and_no_way_is_longer_than_half_round_the_earth(
    one: Place, other: Place
) -> None:
    way = metres_between(one, other)
    assert way == metres_between(other, one)
    assert 0 <= way <= 20_016_000
    assert metres_between(one, one) == 0


def test_a_run_ends_where_somebody_answered_otherwise() -> None:
    assert run_of_same("a", ["a", "a", "b", "a"]) == 3
    assert run_of_same("a", ["b"]) == run_of_same("a", []) == 1


@pytest.mark.parametrize(
    ("answer", "others", "odd"),
    [
        ("ok", {"bad": 18, "ok": 2}, True),
        ("ok", {"bad": 17, "ok": 3}, False),
        ("ok", {"bad": 19}, False),
        ("na", {"ok": 20}, True),
        ("ok", {}, False),
    ],
)
def test_an_answer_is_odd_only_against_enough_firms_and_a_large_share(
    answer: str, others: dict[str, int], odd: bool
) -> None:
    assert odd_answer(answer, others, least=20, share_pct=90) is odd
