"""A complete pairing is found whenever one exists, and nobody could share the work more evenly.

The judge is another program by other people: a min-cost flow of OR-Tools (instances.py).
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw.tests.instances import best, check_rules, random_case


def judge(seed: int, **size: int) -> bool:
    """Compare one instance with the solver; True when a complete pairing exists."""
    case = random_case(seed, **size)
    done, optimum = case.run(), best(case)
    check_rules(case, done)
    complete = optimum.places == case.q * len(case.targets)
    assert complete == (not done.unserved)
    if complete:
        assert sum(load * load for load in done.load) == optimum.squares
    return complete


@settings(max_examples=150)
@given(st.integers(0, 2**64))
def test_the_pairing_is_complete_exactly_when_the_solver_says_so_and_its_squares_are_least(seed: int) -> None:
    judge(seed)


@pytest.mark.parametrize("q", [1, 2, 3])
def test_six_hundred_fixed_instances_of_each_team_size_possible_and_impossible(q: int) -> None:
    complete = [judge(seed, q=q) for seed in range(600)]
    assert complete.count(True) > 150
    assert complete.count(False) > 150


@pytest.mark.parametrize("q", [2, 3])
def test_larger_instances_with_chains_agree_with_the_solver_too(q: int) -> None:
    complete = [judge(seed, people=25, targets=80, q=q) for seed in range(40)]
    assert True in complete
    assert False in complete


@pytest.mark.slow
@pytest.mark.parametrize("q", [1, 2, 3])
def test_twenty_thousand_instances_of_each_team_size_agree_with_the_solver(q: int) -> None:
    complete = [judge(1_000_000 + seed, q=q) for seed in range(20_000)]
    assert min(complete.count(True), complete.count(False)) > 5_000
