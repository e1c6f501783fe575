"""Different firms over several lines: what is certain, what is expected (N5)."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.coverage import Group, LineDraw, cover, number_quotas, rate_quotas, weighted_rate


def test_lines_that_avoid_each_other_simply_add_up() -> None:
    lines = [LineDraw("a", {"QY": 10}, True), LineDraw("b", {"QY": 20}, True)]
    found = cover(lines, [Group((("a", "QY"), ("b", "QY")), 100)])
    assert (found.drawn, found.least, found.expected, found.exact) == (30, 30, 30, True)


def test_lines_over_different_firms_add_up_too() -> None:
    lines = [LineDraw("a", {"QY": 10}, False), LineDraw("b", {"QY": 20}, False)]
    found = cover(lines, [Group((("a", "QY"),), 50), Group((("b", "QY"),), 50)])
    assert (found.least, found.expected, found.exact) == (30, 30, True)


def test_lines_that_may_draw_the_same_firm_are_certain_only_of_the_larger() -> None:
    lines = [LineDraw("a", {"QY": 50}, False), LineDraw("b", {"QY": 50}, False)]
    found = cover(lines, [Group((("a", "QY"), ("b", "QY")), 100)])
    assert (found.drawn, found.least, found.expected, found.exact) == (100, 50, 75, False)


def test_a_quota_larger_than_its_stratum_reaches_the_stratum() -> None:
    found = cover([LineDraw("a", {"QY": 12}, True)], [Group((("a", "QY"),), 7)])
    assert (found.drawn, found.least, found.expected) == (7, 7, 7)


def test_who_avoids_a_stratum_that_was_drawn_empty_finds_nobody() -> None:
    lines = [LineDraw("a", {"QY": 7}, True), LineDraw("b", {"QY": 5}, True)]
    found = cover(lines, [Group((("a", "QY"), ("b", "QY")), 7)])
    assert (found.drawn, found.least, found.expected, found.exact) == (12, 7, 7, True)


@dataclass
class Case:
    lines: Sequence[LineDraw]
    groups: Sequence[Group]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to three lines over up to five groups of firms, everything in between."""
    names = ["a", "b", "c"][: draw(st.integers(1, 3))]
    cells = [[None, (name, "x"), (name, "y")] for name in names]
    groups = []
    for _number in range(draw(st.integers(1, 5))):
        chosen = tuple(cell for options in cells if (cell := draw(st.sampled_from(options))) is not None)
        groups.append(Group(chosen, draw(st.integers(0, 8))))
    quotas = st.fixed_dictionaries({"x": st.integers(0, 12), "y": st.integers(0, 12)})
    return Case([LineDraw(name, draw(quotas), draw(st.booleans())) for name in names], groups)


def drawn_once(case: Case, chance: random.Random) -> int:
    """Different firms after really drawing every line once."""
    firms = [(place, n) for place, group in enumerate(case.groups) for n in range(group.count)]
    seen: set[tuple[int, int]] = set()
    for line in case.lines:
        new: set[tuple[int, int]] = set()
        for stratum, quota in line.quotas.items():
            members = [firm for firm in firms if (line.code, stratum) in case.groups[firm[0]].cells]
            pool = [firm for firm in members if not (line.avoids and firm in seen)]
            new.update(chance.sample(pool, min(quota, len(pool))))
        seen |= new
    return len(seen)


@given(cases(), st.integers(0, 2**32))
def test_whatever_is_drawn_the_certain_number_is_reached(case: Case, seed: int) -> None:
    found = cover(case.lines, case.groups)
    chance = random.Random(seed)
    for _attempt in range(5):
        assert found.least <= drawn_once(case, chance) <= found.drawn
    assert found.least <= found.expected + 1
    assert found.expected <= found.drawn


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 500)), st.integers(0, 10_000))
def test_rounding_every_stratum_up_never_falls_below_the_whole(population: dict[str, int], rate: int) -> None:
    quotas = rate_quotas(population, population, dict.fromkeys(population, rate))
    assert sum(quotas.values()) >= -(-sum(population.values()) * rate // 10_000)
    assert all(quotas[s] <= population[s] for s in population)


def test_exclusions_do_not_lower_the_duty_of_a_stratum() -> None:
    assert rate_quotas({"QY": 100}, {"QY": 40}, {"QY": 300}) == {"QY": 3}
    assert rate_quotas({"QY": 100}, {"QY": 2}, {"QY": 300}) == {"QY": 2}


def test_a_fixed_number_is_split_by_what_can_be_drawn() -> None:
    assert number_quotas(10, {"a": 30, "b": 10}) == {"a": 8, "b": 2}
    assert number_quotas(100, {"a": 3, "b": 1}) == {"a": 3, "b": 1}


def test_a_weighted_rate_is_rounded_up_and_never_above_everything() -> None:
    assert weighted_rate(300, 3, 10) == 90
    assert weighted_rate(301, 3, 10) == 91
    assert weighted_rate(5000, 3, 1) == 10_000
