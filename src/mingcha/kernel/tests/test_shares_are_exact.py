from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.ratios import ceil_share, largest_remainder, meets_share, percent_text

COUNTS = st.integers(0, 10**12)
POINTS = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("n", "points", "expected"), [(150, 300, 5), (100, 300, 3), (1, 300, 1), (0, 300, 0), (299, 10_000, 299)]
)
def test_a_legal_minimum_is_rounded_up(n: int, points: int, expected: int) -> None:
    assert ceil_share(n, points) == expected


@given(COUNTS, POINTS)
def test_a_minimum_is_never_below_the_exact_share_nor_a_whole_one_above(n: int, points: int) -> None:
    exact = Fraction(n * points, 10_000)
    assert exact <= ceil_share(n, points) < exact + 1
    assert meets_share(ceil_share(n, points), n, points)
    assert not meets_share(ceil_share(n, points) - 1, n, points)


@pytest.mark.parametrize(("n", "points"), [(-1, 300), (10, -1), (10, 10_001)])
def test_an_impossible_share_is_refused(n: int, points: int) -> None:
    with pytest.raises(ValueError, match="negative|basis points"):
        ceil_share(n, points)


def test_percentages_are_written_without_floats() -> None:
    assert percent_text(1, 8) == "12.5%"
    assert percent_text(1, 3, 2) == "33.33%"
    assert percent_text(2, 3, 0) == "67%"
    assert percent_text(1, 200, 0) == "1%"
    assert percent_text(3, 2) == "150.0%"
    assert percent_text(5, 0) == "—"


def test_a_share_below_the_minimum_is_not_rounded_up_to_it() -> None:
    assert percent_text(296, 10_000) == "3.0%"
    assert percent_text(296, 10_000, rounding="down") == "2.9%"


def test_negative_numbers_have_no_percentage() -> None:
    with pytest.raises(ValueError, match="negative"):
        percent_text(-1, 5)


@given(COUNTS, st.integers(1, 10**12), st.integers(0, 6))
def test_a_percentage_lies_within_half_a_unit_of_the_truth(part: int, whole: int, digits: int) -> None:
    shown = Fraction(percent_text(part, whole, digits).removesuffix("%"))
    assert abs(shown - Fraction(100 * part, whole)) <= Fraction(1, 2 * 10**digits)


def test_what_is_left_goes_to_the_largest_remainder_then_to_the_earlier_place() -> None:
    assert largest_remainder(10, [1, 1, 1]) == (4, 3, 3)
    assert largest_remainder(5, [50, 30, 20]) == (3, 1, 1)
    assert largest_remainder(0, []) == ()
    assert largest_remainder(0, [0, 0]) == (0, 0)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_a_split_adds_up_and_stays_within_one_of_the_exact_share(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert part == 0 or weight


@pytest.mark.parametrize(("total", "weights"), [(1, []), (1, [0]), (-1, [1]), (1, [2, -1])])
def test_a_split_that_cannot_be_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="negative|weight"):
        largest_remainder(total, weights)
