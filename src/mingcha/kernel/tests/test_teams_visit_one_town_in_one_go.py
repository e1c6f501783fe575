"""Rounds: a team's firms of one town are visited in one go; nobody is in two places or out while away."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.rounds import Diary, Errand, arrange, day_of, half_of, week_of

MONDAY = date(2026, 11, 30)
#: Four weeks of five work days.
DAYS = [MONDAY + timedelta(days=week * 7 + day) for week in range(4) for day in range(5)]
FIRST, LAST = DAYS[0], DAYS[-1]


def errand(key: int, place: str, *people: int, first: date = FIRST, last: date = LAST, n: int = 1) -> Errand:
    return Errand(key, place, people, first, last, n)


def diary(away: dict[int, frozenset[date]] | None = None, share: int = 100, together: int = 1) -> Diary:
    return Diary(DAYS, away or {}, share=share, together=together)


def test_a_team_does_its_firms_of_a_town_one_after_another() -> None:
    found = arrange([errand(n, "甲镇", 1, 2) for n in range(4)], diary())
    assert sorted(found.values()) == [half_of(FIRST, morning=True) + n for n in range(4)]


def test_another_team_goes_to_the_same_town_in_the_same_week() -> None:
    away = {3: frozenset(DAYS[:5])}
    known = [errand(1, "甲镇", 1, 2), errand(2, "甲镇", 1, 2), errand(3, "甲镇", 3, 4)]
    weeks = {week_of(day_of(half)) for half in arrange(known, diary(away)).values()}
    assert len(weeks) == 2  # person 3 is away in the first week
    assert len({week_of(day_of(half)) for half in arrange(known, diary()).values()}) == 1


def test_a_week_that_takes_all_firms_comes_before_an_earlier_one_that_takes_some() -> None:
    away = {1: frozenset(DAYS[1:5])}
    found = arrange([errand(n, "甲镇", 1, 2) for n in range(4)], diary(away))
    assert {week_of(day_of(half)) for half in found.values()} == {DAYS[5]}


def test_nobody_is_out_for_more_than_the_share_of_a_week() -> None:
    found = arrange([errand(n, "甲镇", 1, 2) for n in range(12)], diary(share=50))
    weeks = [week_of(day_of(half)) for half in found.values()]
    assert sorted(weeks.count(week) for week in set(weeks)) == [2, 5, 5]


def test_several_firms_of_one_town_go_into_a_half_day_where_the_bureau_says_so() -> None:
    known = [
        errand(1, "甲镇", 1, 2),
        errand(2, "甲镇", 1, 2),
        errand(3, "甲镇", 1, 2),
        errand(4, "乙镇", 1, 2),
    ]
    found = arrange(known, diary(together=2))
    assert found[1] == found[2] < found[3] < found[4]
    unknown = arrange([errand(1, "", 1, 2), errand(2, "", 1, 2)], diary(together=2))
    assert unknown[1] != unknown[2]


def test_a_long_visit_takes_its_half_days_in_a_row_and_stays_within_its_days() -> None:
    found = arrange([errand(1, "甲镇", 1, 2, n=3), errand(2, "甲镇", 2, 3)], diary(share=20))
    assert day_of(found[1]) == FIRST
    assert week_of(day_of(found[2])) == DAYS[5]
    assert arrange([errand(1, "甲镇", 1, 2, last=FIRST, n=3)], diary()) == {}


def test_what_finds_no_time_is_left_with_the_reason() -> None:
    away = {1: frozenset(DAYS)}
    known = [
        errand(1, "甲镇", 1, 2),
        errand(2, "甲镇", 2, 3, last=FIRST),
        errand(3, "甲镇", 2, 3, last=FIRST),
    ]
    known.append(errand(4, "甲镇", 3, 4, last=FIRST))
    filled = diary(away)
    found = arrange(known, filled)
    assert sorted(found) == [2, 3]
    assert filled.hindrance(known[0]).away == (1,)
    assert filled.hindrance(known[3]) == filled.hindrance(known[3], MONDAY)
    assert filled.hindrance(known[3]).full == (3,)


def test_two_visits_entered_by_hand_in_one_half_day_are_too_many() -> None:
    filled = diary(together=2)
    half = half_of(FIRST, morning=True)
    filled.enter(errand(1, "甲镇", 1, 2), half)
    filled.enter(errand(2, "甲镇", 1, 3), half)
    assert not filled.crowded(1, half)
    filled.enter(errand(3, "乙镇", 1, 3), half)
    assert (filled.crowded(1, half), filled.crowded(2, half), filled.crowded(3, half)) == (True, False, True)
    filled.strike(errand(3, "乙镇", 1, 3), half)
    assert not filled.crowded(1, half)


_errands = st.lists(
    st.tuples(
        st.sampled_from(["", "甲镇", "乙镇", "丙镇"]),
        st.sets(st.integers(1, 5), min_size=2, max_size=3),
        st.integers(0, 19),
        st.integers(0, 19),
        st.integers(1, 3),
    ),
    max_size=12,
)
_away = st.dictionaries(st.integers(1, 5), st.frozensets(st.sampled_from(DAYS), max_size=6))


@given(_errands, _away, st.integers(20, 100), st.integers(1, 3))
def test_whatever_there_is_the_answer_can_be_done_and_is_always_the_same(
    drawn: list[tuple[str, set[int], int, int, int]],
    away: dict[int, frozenset[date]],
    share: int,
    together: int,
) -> None:
    known = [
        Errand(key, place, tuple(sorted(team)), DAYS[start], DAYS[min(start + length, 19)], n)
        for key, (place, team, start, length, n) in enumerate(drawn)
    ]
    filled = diary(away, share, together)
    found = arrange(known, filled)
    there: dict[tuple[int, int], list[Errand]] = defaultdict(list)
    for one in known:
        if one.key in found:
            halves = filled.span(found[one.key], one.half_days)
            assert len(halves) == one.half_days
            assert one.first <= day_of(halves[0]) <= day_of(halves[-1]) <= one.last
            for person in one.people:
                for half in halves:
                    assert day_of(half) not in away.get(person, frozenset())
                    there[person, half].append(one)
    for (person, half), visits in there.items():
        assert len(visits) <= together
        assert len(visits) == 1 or (
            {one.place for one in visits} != {""} and len({o.place for o in visits}) == 1
        )
        assert not filled.crowded(person, half)
    for one in known:
        if one.key not in found:
            assert all(filled.first_fit(one, week) is None for week in filled.weeks(one))
    mixed = list(known)
    random.Random(1).shuffle(mixed)  # noqa: S311  the order must not matter
    assert arrange(mixed, diary(away, share, together)) == found
