"""Under weighting "w16" a firm of weight w is drawn w times as often as a firm of weight 1 (protocol 3)."""

from __future__ import annotations

from collections import Counter

import pytest

from mingcha.kernel.draw import RosterRow
from mingcha.kernel.draw.tests.chances import evenness, firms, subjects_drawn

WEIGHTS = (1, 2, 5, 10)
K = 12


def weighted(count: int) -> list[RosterRow]:
    return [row._replace(weight=WEIGHTS[n % 4]) for n, row in enumerate(firms(count))]


@pytest.mark.parametrize("draws", [2000, pytest.param(40_000, marks=pytest.mark.slow)])
def test_three_per_cent_of_four_hundred_are_drawn_in_proportion_to_their_weights(draws: int) -> None:
    """Tolerance: four standard errors, and 0.3 % that the design itself may be off (protocol 3)."""
    rows = weighted(400)
    weight = {r.id: r.weight for r in rows}
    drawn = dict.fromkeys(WEIGHTS, 0)
    for ids in subjects_drawn(rows, {"A": K}, range(draws), "w16"):
        for id in ids:
            drawn[weight[id]] += 1
    for w in WEIGHTS:
        expected = draws * K * w / sum(WEIGHTS)
        assert abs(drawn[w] / expected - 1) < 4 / expected**0.5 + 0.003, w


@pytest.mark.parametrize("draws", [2000, pytest.param(40_000, marks=pytest.mark.slow)])
def test_firms_of_the_same_weight_have_the_same_chance(draws: int) -> None:
    rows = weighted(40)
    weight = {r.id: r.weight for r in rows}
    counts = Counter({r.id: 0 for r in rows})
    squares = dict.fromkeys(WEIGHTS, 0.0)
    for ids in subjects_drawn(rows, {"A": 6}, range(draws), "w16"):
        counts.update(ids)
        for w in WEIGHTS:
            drawn = sum(weight[id] == w for id in ids)
            squares[w] += drawn * (1 - drawn / 10)
    for w in WEIGHTS:
        same = [n for id, n in counts.items() if weight[id] == w]
        assert 0.0001 < evenness(same, draws, squares[w] / draws, 9).p < 0.9999


def test_whoever_must_be_drawn_is_drawn_when_the_weights_say_certain() -> None:
    """30 % of a roster in which the heavy ones are due with certainty (protocol 3, second column)."""
    rows = [row._replace(weight=16 if n < 10 else 1) for n, row in enumerate(firms(100))]
    heavy = {r.id for r in rows if r.weight == 16}
    missing = sum(len(heavy - set(ids)) for ids in subjects_drawn(rows, {"A": 30}, range(500), "w16"))
    assert missing <= 500 * 10 * 0.001
