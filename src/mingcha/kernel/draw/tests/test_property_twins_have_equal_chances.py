"""Two people with the same skills, limit and recusals have the same chances, whoever is around them.

Around the twins are others with other skills and recusals, and limits so tight that chains are needed. For
every pair of twins the difference of their counts is divided by its own spread: z is standard normal.
"""

from __future__ import annotations

import pytest

from mingcha.kernel.draw.tests.twins import differences, town


@pytest.mark.parametrize("draws", [600, pytest.param(10_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("limit", [5, 6])
def test_twins_are_sent_to_every_target_and_lead_equally_often(limit: int, draws: int) -> None:
    """Some 120 values of z: none above 4.5 (a fair draw fails that 1 time in 1,000), and together standard
    normal: their mean square is 1 ± 0.4 (three standard errors)."""
    z, chains = differences(town(limit), draws)
    assert chains > 4 * draws
    assert len(z) > 100
    assert max(abs(value) for value in z) < 4.5
    assert 0.6 < sum(value * value for value in z) / len(z) < 1.4
