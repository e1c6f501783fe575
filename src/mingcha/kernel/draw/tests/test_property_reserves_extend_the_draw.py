"""A larger draw contains the smaller one, and the reserves are the next tickets in line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import RosterRow, replay
from mingcha.kernel.draw.roster import parse_roster
from mingcha.kernel.draw.selection import ticket
from mingcha.kernel.draw.tests.support import draw, random_bundle

NUMBER = st.integers(0, 10**9)


def rows_of(count: int) -> list[RosterRow]:
    return [RosterRow(f"E{n:03}", "AB"[n % 2], n % 16 + 1, "", "") for n in range(count)]


def drawn_ids(number: int, k: int, percent: int, weighting: str) -> tuple[set[str], list[str]]:
    quota = {"base": "all", "mode": "fixed", "k": {"A": k, "B": k}}
    found = draw(rows_of(60), quota, number=number, reserve_pct=percent, weighting=weighting).draw
    return {t.id for t in found.drawn}, [t.id for s in found.strata for t in s.reserves if s.code == "A"]


@settings(max_examples=60)
@given(NUMBER, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["none", "w16"]))
def test_a_larger_quota_extends_the_smaller_one(number: int, less: int, more: int, weighting: str) -> None:
    less, more = sorted((less, more))
    assert drawn_ids(number, less, 0, weighting)[0] <= drawn_ids(number, more, 0, weighting)[0]


@settings(max_examples=60)
@given(NUMBER, st.integers(1, 15), st.sampled_from(["none", "w16"]))
def test_the_reserves_are_who_a_larger_quota_would_have_drawn_next(
    number: int, k: int, weighting: str
) -> None:
    drawn, reserves = drawn_ids(number, k, 100, weighting)
    for place in range(1, len(reserves) + 1):
        larger = drawn_ids(number, k + place, 0, weighting)[0]
        assert {i for i in larger - drawn if int(i[1:]) % 2 == 0} == set(reserves[:place])


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_in_every_stratum_the_drawn_come_first_then_the_reserves_then_the_rest(seed: int) -> None:
    """Recomputed from the definition of ticket and key with whole fractions, for drawn, reserves and rest."""
    files = random_bundle(seed)
    found, rows = replay(files), parse_roster(files["roster.csv"])
    for stratum in found.strata:
        weighted = found.plan.weighting == "w16"
        line = sorted(
            (int(own[:16], 16) * 720720 // (r.weight if weighted else 720720), own, r.id)
            for r in rows
            if r.stratum == stratum.code and not r.excluded
            for own in [ticket(found.keys.draw_key, r.id)]
        )
        order = [id for _, _, id in line]
        k, reserves = len(stratum.drawn), len(stratum.reserves)
        assert [t.id for t in stratum.drawn] == order[:k]
        assert [t.id for t in stratum.reserves] == order[k : k + reserves]
        assert reserves == min(-(-k * found.plan.reserve_pct // 100), len(order) - k)
