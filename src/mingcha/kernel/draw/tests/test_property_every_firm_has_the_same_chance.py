"""Every firm of a class is drawn as often as the next one, together with every other, in every place.

The thresholds are written out: a fair draw fails each of them with a probability below 1 in 10,000, and
the numbers are fixed, so that a test that passes once passes always.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest

from mingcha.kernel.draw.tests.chances import (
    Evenness,
    evenness,
    evenness_of_drawing,
    every_kth_row,
    firms,
    subjects_drawn,
)

LEAST_P = 0.0001
#: No z of a fair draw is larger, but for 1 in 100,000 times (normal distribution, two-sided).
LARGEST_Z = 4.42
#: Few for every run of the suite, many for the slow one.
MANY = [2000, pytest.param(40_000, marks=pytest.mark.slow)]


def fair(found: Evenness) -> bool:
    """Neither too uneven nor, as invented numbers are, too even."""
    return LEAST_P < found.p < 1 - LEAST_P


def largest_z(counts: Iterable[int], draws: int, chance: float) -> float:
    """How far the most striking of some counts is from `chance`, in standard deviations."""
    spread = (draws * chance * (1 - chance)) ** 0.5
    return max(abs(count - draws * chance) / spread for count in counts)


@pytest.mark.parametrize("draws", MANY)
def test_299_choose_100_gives_every_firm_and_every_pair_of_neighbours_its_share(draws: int) -> None:
    rows = firms(299)
    alone = Counter(dict.fromkeys((r.id for r in rows), 0))
    together = Counter(dict.fromkeys(pairwise(r.id for r in rows), 0))
    outcomes = set()
    for ids in subjects_drawn(rows, {"A": 100}, range(draws)):
        assert len(ids) == len(set(ids)) == 100
        drawn = set(ids)
        alone.update(drawn)
        together.update(pair for pair in together if drawn.issuperset(pair))
        outcomes.add(frozenset(drawn))
    assert len(outcomes) == draws
    assert fair(evenness_of_drawing(list(alone.values()), draws, 100))
    assert len(alone) == 299
    assert largest_z(alone.values(), draws, 100 / 299) < LARGEST_Z
    assert largest_z(together.values(), draws, 100 * 99 / (299 * 298)) < LARGEST_Z


def test_the_way_of_todays_systems_has_two_outcomes_and_never_draws_a_third_of_the_firms() -> None:
    """What ours is compared with: one random start and every k-th row."""
    outcomes = {tuple(every_kth_row(299, 100, start)) for start in range(10_000)}
    assert len(outcomes) == 2
    assert 299 - len(set().union(*outcomes)) == 99
    assert not any(a + 1 == b for rows in outcomes for a, b in pairwise(rows))


@pytest.mark.parametrize("draws", MANY)
def test_in_every_class_the_chance_is_the_same_whatever_the_class_draws(draws: int) -> None:
    rows = [*firms(40, "A"), *firms(25, "B"), *firms(10, "C")]
    k = {"A": 4, "B": 5, "C": 7}
    counts = {code: Counter({r.id: 0 for r in rows if r.stratum == code}) for code in k}
    stratum = {r.id: r.stratum for r in rows}
    for ids in subjects_drawn(rows, k, range(draws)):
        for id in ids:
            counts[stratum[id]][id] += 1
    for code, wanted in k.items():
        assert counts[code].total() == draws * wanted
        assert fair(evenness_of_drawing(list(counts[code].values()), draws, wanted))


@pytest.mark.parametrize("draws", MANY)
def test_every_firm_is_visited_first_as_often_as_any_other(draws: int) -> None:
    """The first drawn number, among all thirty firms: one of thirty, again and again."""
    rows = firms(30)
    first = Counter({r.id: 0 for r in rows})
    for ids in subjects_drawn(rows, {"A": 6}, range(draws)):
        first[ids[0]] += 1
    assert fair(evenness(first.values(), draws, 1 - 1 / 30, 29))


def test_the_test_would_notice_a_draw_that_prefers_some_firms() -> None:
    """A chi-square that never fails proves nothing: one firm in thirty with a tenth more is found."""
    draws = 40_000
    counts = [draws * 6 // 30] * 30
    counts[0] += counts[0] // 10
    assert evenness_of_drawing(counts, draws, 6).p < LEAST_P
