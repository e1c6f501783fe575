"""The pattern of a source means what it means in Python's `re`, but can never run for ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import PATTERNS, Rejected, standalone
from mingcha.kernel.draw.patterns import matches, shortest

ATOMS = st.sampled_from(["0", "1", "a", "[0-1]", "[^0]", "\\d", ".", "[01a]", "\\+", "[a.+-]"])
TIMES = st.sampled_from(["", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}"])


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    part = st.builds(lambda a, t: f"({a}){t}", inner, TIMES)
    return st.lists(part | inner, min_size=1, max_size=3).map("".join) | st.builds(
        "({}|{})".format, inner, inner
    )


PATTERN = st.recursive(st.builds("{}{}".format, ATOMS, TIMES), nested, max_leaves=5)


@settings(max_examples=250)
@given(PATTERN, st.text("01a.+", max_size=7))
def test_both_matchers_agree_with_re(pattern: str, value: str) -> None:
    expected = re.fullmatch(pattern, value) is not None
    assert matches(pattern, value) is expected
    assert standalone.matches(pattern, value) is expected


@pytest.mark.parametrize(
    "pattern", ["(a|a)*b", "((a*)*)*b", "(a?){99}a{99}b", "(a|aa)+b", "(.*)(.*)(.*)(.*)b"]
)
def test_a_pattern_that_would_backtrack_for_ever_is_answered_within_the_steps(pattern: str) -> None:
    assert not matches(pattern, "a" * 200)
    assert not standalone.matches(pattern, "a" * 200)


def test_a_pattern_that_needs_too_many_steps_is_rejected() -> None:
    with pytest.raises(Rejected) as caught:
        matches("(.?){512}(.?){512}(.?){512}b", "a" * 512)
    assert caught.value.code == "plan-pattern"


@pytest.mark.parametrize(("shape", "most"), [("(.?){%d}", 445), ("(?:(?:a?){2}b?){%d}", 181)])
def test_both_find_the_same_patterns_too_much_work(shape: str, most: int) -> None:
    value = "a" * 512
    assert not matches(shape % most, value)
    assert not standalone.matches(shape % most, value)
    with pytest.raises(Rejected):
        matches(shape % (most + 1), value)
    with pytest.raises(standalone.Rejected):
        standalone.matches(shape % (most + 1), value)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "a**",
        "a{2}{3}",
        "*a",
        "a)",
        "(a",
        "(?i)a",
        "(?P<x>a)",
        "\\1",
        "\\s",
        "\\",
        "[",
        "[]",
        "a b",
        "名",
        "{2}",
    ],
)
def test_syntax_outside_the_subset_is_rejected_by_both(pattern: str) -> None:
    with pytest.raises(Rejected) as caught:
        matches(pattern, "a")
    assert caught.value.code == "plan-pattern"
    with pytest.raises((standalone.Rejected, re.error)):
        standalone.matches(pattern, "a")


def test_anchors_around_the_whole_pattern_are_allowed() -> None:
    assert matches("^[0-9]{2}$", "07")
    assert not matches("^[0-9]{2}$", "007")


def test_the_number_of_digits_that_dice_promise_is_read_from_the_pattern() -> None:
    assert shortest("[0-9]{20}") == 20
    assert shortest("[0-9]{10}([.][0-9])*") == 10
    assert shortest(PATTERNS["kl8"]) == 59
