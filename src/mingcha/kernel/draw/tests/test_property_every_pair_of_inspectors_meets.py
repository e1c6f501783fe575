"""Ten alike inspectors: all 45 pairs meet, equally often, at every target; everybody leads equally often.

A fair draw fails each threshold with a probability below 1 in 10,000; the numbers are fixed.
"""

from __future__ import annotations

import pytest

from mingcha.kernel.draw.tests.chances import Evenness, alike, evenness, pairs_met, ring_walk, teams, visits

MANY = [2000, pytest.param(40_000, marks=pytest.mark.slow)]


def fair(found: Evenness, tests: int = 1) -> bool:
    """`tests` is how many are judged together: each gets its part of 1 in 10,000."""
    return 0.0001 / tests < found.p < 1 - 0.0001 / tests


@pytest.mark.parametrize("draws", MANY)
def test_every_pair_of_ten_people_meets_equally_often_on_the_whole_and_at_every_target(draws: int) -> None:
    """Everybody visits exactly two of ten targets, so the 45 counts differ in 45 - 10 = 35 directions."""
    pairs = pairs_met(alike(10), 10, range(draws))
    assert len(pairs.met) == 45
    assert min(pairs.met.values()) > 0
    assert fair(evenness(pairs.met.values(), draws, pairs.spread, 35))
    for at in pairs.at:
        assert len(at) == 45
        assert fair(evenness(at.values(), draws, 1 - 1 / 45, 44), tests=10)


@pytest.mark.parametrize("draws", MANY)
def test_everybody_leads_equally_often(draws: int) -> None:
    pairs = pairs_met(alike(10), 7, range(draws))
    assert fair(evenness(pairs.led.values(), draws, pairs.led_spread, 9))


@pytest.mark.parametrize("draws", [1000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_each_of_thirty_targets_sees_each_of_twelve_people_equally_often(draws: int) -> None:
    """Everybody visits exactly five: the loads are level in every single draw."""
    people = alike(12)
    cells = [[0] * 12 for _ in range(30)]
    place = {j.id: n for n, j in enumerate(people)}
    for done in teams(people, visits(30), [], 2, range(draws)):
        assert set(done.load) == {5}
        for t in range(30):
            for j in done.team_ids(t):
                cells[t][place[j]] += 1
    for counts in cells:
        assert fair(evenness(counts, draws, 2 * (1 - 2 / 12), 11), tests=30)


def test_the_ring_walk_of_todays_systems_knows_ten_of_forty_five_pairs() -> None:
    """What ours is compared with."""
    met = {pair for start in range(1000) for pair in ring_walk(10, 10, start)}
    assert len(met) == 10
