"""How many are drawn: the arithmetic of a legal minimum."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.draw.quotas import apportion, quotas

STRATA = "ABCDE"
COUNTS = st.dictionaries(
    st.sampled_from(STRATA), st.tuples(st.integers(1, 300), st.integers(0, 300)), min_size=1
)


def split(counts: dict[str, tuple[int, int]]) -> tuple[dict[str, int], dict[str, int]]:
    return {s: n for s, (n, _) in counts.items()}, {s: min(n, e) for s, (n, e) in counts.items()}


def test_a_legal_minimum_is_rounded_up() -> None:
    quota = {"mode": "rate", "base": "all", "bp": {"A": 300}}
    assert quotas(quota, {"A": 150}, {"A": 150}) == {"A": 5}
    assert quotas(quota, {"A": 1}, {"A": 1}) == {"A": 1}
    assert quotas(quota, {"A": 100}, {"A": 100}) == {"A": 3}


def test_excluded_rows_count_for_the_base_all_only() -> None:
    rows, able = {"A": 200}, {"A": 100}
    assert quotas({"mode": "rate", "base": "all", "bp": {"A": 300}}, rows, able) == {"A": 6}
    assert quotas({"mode": "rate", "base": "eligible", "bp": {"A": 300}}, rows, able) == {"A": 3}


def test_the_case_worked_by_hand_in_the_protocol() -> None:
    quota = {"mode": "total", "base": "all", "bp": 2500, "factor": {"A": 1, "B": 2, "C": 4, "D": 8}}
    rows, able = {"A": 17, "B": 13, "C": 7, "D": 2}, {"A": 16, "B": 12, "C": 6, "D": 2}
    assert quotas(quota, rows, able) == {"A": 2, "B": 3, "C": 3, "D": 2}


def test_a_stratum_not_named_is_not_drawn_unless_the_mode_is_total() -> None:
    rows = {"A": 10, "B": 10}
    assert quotas({"mode": "rate", "base": "all", "bp": {"A": 1000}}, rows, rows)["B"] == 0
    assert quotas({"mode": "fixed", "base": "all", "k": {"A": 3}}, rows, rows)["B"] == 0
    assert quotas({"mode": "total", "base": "all", "k": 4}, rows, rows) == {"A": 2, "B": 2}


def test_what_remains_when_every_stratum_with_a_factor_is_full_is_not_drawn() -> None:
    quota = {"mode": "total", "base": "all", "k": 9, "factor": {"B": 0}}
    assert quotas(quota, {"A": 4, "B": 10}, {"A": 4, "B": 10}) == {"A": 4, "B": 0}


def test_equal_remainders_go_to_the_smaller_code() -> None:
    assert apportion(1, {"B": 1, "A": 1}, {"A": 5, "B": 5}) == {"A": 1, "B": 0}


@given(
    COUNTS,
    st.dictionaries(st.sampled_from(STRATA), st.integers(0, 10000)),
    st.sampled_from(["all", "eligible"]),
)
def test_every_legal_minimum_is_met_by_ceiling_or_everybody_is_drawn(
    counts: dict[str, tuple[int, int]], bp: dict[str, int], base: str
) -> None:
    rows, able = split(counts)
    k = quotas({"mode": "rate", "base": base, "bp": bp}, rows, able)
    for s in rows:
        least = math.ceil(Fraction((rows if base == "all" else able)[s] * bp.get(s, 0), 10000))
        assert k[s] == min(least, able[s])


@given(COUNTS, st.integers(0, 2000), st.dictionaries(st.sampled_from(STRATA), st.integers(1, 9)))
def test_quotas_of_a_total_add_up(
    counts: dict[str, tuple[int, int]], wanted: int, factor: dict[str, int]
) -> None:
    rows, able = split(counts)
    k = quotas({"mode": "total", "base": "all", "k": wanted, "factor": factor}, rows, able)
    assert sum(k.values()) == min(wanted, sum(able.values()))
    assert all(0 <= k[s] <= able[s] for s in rows)
