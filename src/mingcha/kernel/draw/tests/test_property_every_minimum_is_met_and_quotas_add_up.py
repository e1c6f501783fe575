"""Legal minima are rounded up and still hold after strata are rounded (N5); quotas add up and fit."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.draw.quotas import quotas

#: Rows of each stratum, and how many of them may be drawn.
COUNTS = st.dictionaries(
    st.sampled_from("ABCDEFGH"),
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
)
Counts = dict[str, tuple[int, int]]


def split(counts: Counts) -> tuple[dict[str, int], dict[str, int]]:
    return {s: n for s, (n, _) in counts.items()}, {s: e for s, (_, e) in counts.items()}


@given(COUNTS, st.integers(0, 10000), st.sampled_from(["all", "eligible"]))
def test_the_minimum_of_the_whole_county_holds_after_the_strata_were_rounded(
    counts: Counts, bp: int, base: str
) -> None:
    """3 % of everybody is reached by 3 % of each stratum, as far as anybody is left to be drawn."""
    rows, able = split(counts)
    k = quotas({"mode": "rate", "base": base, "bp": dict.fromkeys(rows, bp)}, rows, able)
    counted = rows if base == "all" else able
    full = sum(k[s] for s in rows if k[s] == able[s])
    others = [s for s in rows if k[s] < able[s]]
    assert sum(k.values()) >= full + ceil(Fraction(sum(counted[s] for s in others) * bp, 10000))
    assert all(k[s] >= ceil(Fraction(counted[s] * bp, 10000)) for s in others)


@given(COUNTS, st.integers(0, 10000))
def test_the_minimum_of_the_whole_county_is_met_exactly_when_the_total_is_shared_out(
    counts: Counts, bp: int
) -> None:
    rows, able = split(counts)
    k = quotas({"mode": "total", "base": "all", "bp": bp}, rows, able)
    assert sum(k.values()) == min(ceil(Fraction(sum(rows.values()) * bp, 10000)), sum(able.values()))


@given(COUNTS, st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 6000)))
def test_a_minimum_number_is_met_or_everybody_is_drawn(counts: Counts, least: dict[str, int]) -> None:
    rows, able = split(counts)
    k = quotas({"mode": "rate", "base": "all", "bp": {}, "min": least}, rows, able)
    assert k == {s: min(able[s], least.get(s, 0)) for s in rows}


@given(COUNTS, st.integers(0, 20000), st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 9)))
def test_a_total_adds_up_and_every_stratum_has_room_for_its_share(
    counts: Counts, wanted: int, factor: dict[str, int]
) -> None:
    rows, able = split(counts)
    k = quotas({"mode": "total", "base": "all", "k": wanted, "factor": factor}, rows, able)
    room = sum(able[s] for s in rows if factor.get(s, 1))
    assert sum(k.values()) == min(wanted, room)
    assert all(0 <= k[s] <= able[s] for s in rows)
    assert all(k[s] == 0 for s in rows if factor.get(s, 1) == 0)


@given(COUNTS, st.integers(0, 20000), st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 9)))
def test_a_share_is_the_exact_one_rounded_down_or_up_when_no_stratum_is_full(
    counts: Counts, wanted: int, factor: dict[str, int]
) -> None:
    rows, _ = split(counts)
    shares = {s: rows[s] * factor.get(s, 1) for s in rows}
    wanted = min(wanted, sum(rows.values()))
    k = quotas({"mode": "total", "base": "all", "k": wanted, "factor": factor}, rows, rows)
    exact = {s: Fraction(wanted * m, sum(shares.values())) for s, m in shares.items()}
    if all(exact[s] + 1 < rows[s] for s in rows):
        assert all(abs(k[s] - exact[s]) < 1 for s in rows)
