import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.tests.calendars import official_2026
from mingcha.kernel.workdays import Due, LunarFestivals, WorkCalendar, statutory_days

CALENDAR = official_2026()
DATES = st.dates(dt.date(2025, 6, 1), dt.date(2031, 6, 1))
YEAR_2026 = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]

VECTORS = [
    ("2026-02-12", 2, "2026-02-14"),
    ("2026-02-13", 5, "2026-02-27"),
    ("2026-02-27", 1, "2026-02-28"),
    ("2026-04-30", 5, "2026-05-11"),
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-24", 5, "2026-10-09"),
    ("2026-09-30", 3, "2026-10-10"),
    ("2026-03-02", 20, "2026-03-30"),
    ("2026-03-02", 60, "2026-05-28"),
    ("2026-03-02", 90, "2026-07-10"),
    ("2026-07-01", 20, "2026-07-29"),
    ("2026-07-01", 60, "2026-09-22"),
    ("2026-09-01", 60, "2026-11-30"),
    ("2026-11-23", 20, "2026-12-21"),
]


def test_2026_has_248_work_days_month_by_month() -> None:
    months = [sum(CALENDAR.is_workday(d) for d in YEAR_2026 if d.month == m) for m in range(1, 13)]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(months) == 248


@pytest.mark.parametrize(("start", "count", "expected"), VECTORS)
def test_work_days_are_counted_as_the_vectors_say(start: str, count: int, expected: str) -> None:
    found = CALENDAR.add_workdays(dt.date.fromisoformat(start), count)
    assert found == Due(dt.date.fromisoformat(expected), provisional=False)


def test_a_term_that_runs_into_an_unpublished_year_is_provisional() -> None:
    found = CALENDAR.add_workdays(dt.date(2026, 11, 23), 60)
    assert found.provisional
    # 28 work days are left in 2026, then 32 of 2027 without 1 January and 春节 (5 to 8 February)
    assert CALENDAR.workdays_between(dt.date(2026, 11, 23), dt.date(2026, 12, 31)) == 28
    assert found.date == dt.date(2027, 2, 18)


def test_a_term_that_stays_in_a_published_year_is_not_provisional() -> None:
    assert not CALENDAR.add_workdays(dt.date(2025, 12, 31), 5).provisional
    assert CALENDAR.subtract_workdays(dt.date(2026, 1, 5), 2).provisional


def test_there_are_thirteen_statutory_days_unless_two_fall_together() -> None:
    assert [len(statutory_days(year)) for year in (2026, 2027, 2028, 2029, 2030)] == [13, 13, 12, 13, 13]
    assert dt.date(2027, 2, 5) in statutory_days(2027)  # 除夕
    assert dt.date(2028, 10, 3) in statutory_days(2028)  # 中秋 and 国庆


def test_a_year_without_lunar_dates_still_works_and_is_provisional() -> None:
    assert len(statutory_days(2040)) == 6
    assert CALENDAR.add_workdays(dt.date(2040, 9, 30), 1) == Due(dt.date(2040, 10, 4), provisional=True)


def test_lunar_dates_can_be_given_by_the_caller() -> None:
    moon = LunarFestivals(
        dt.date(2031, 1, 23), dt.date(2031, 4, 5), dt.date(2031, 6, 24), dt.date(2031, 10, 1)
    )
    assert len(statutory_days(2031, moon)) == 12
    assert dt.date(2031, 1, 22) in statutory_days(2031, moon)


def test_an_override_wins_even_before_the_year_is_published() -> None:
    saturday = dt.date(2027, 2, 20)
    assert WorkCalendar({saturday: True}).is_workday(saturday)
    assert WorkCalendar({saturday: True}).is_provisional(saturday)


def test_holidays_extend_forwards_and_pay_days_move_backwards() -> None:
    assert CALENDAR.workday_or_later(dt.date(2026, 10, 1)).date == dt.date(2026, 10, 8)
    assert CALENDAR.workday_or_earlier(dt.date(2026, 10, 7)).date == dt.date(2026, 9, 30)
    assert CALENDAR.workday_or_later(dt.date(2026, 10, 8)).date == dt.date(2026, 10, 8)
    assert CALENDAR.subtract_workdays(dt.date(2026, 10, 8), 1).date == dt.date(2026, 9, 30)


def test_a_negative_number_of_work_days_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_workdays(dt.date(2026, 1, 1), -1)


@given(DATES, st.integers(0, 120))
def test_counting_between_undoes_adding(start: dt.date, count: int) -> None:
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, count).date) == count


@given(DATES, st.integers(0, 60), st.integers(0, 60))
def test_adding_in_two_steps_is_adding_once(start: dt.date, first: int, second: int) -> None:
    halfway = CALENDAR.add_workdays(start, first)
    there = CALENDAR.add_workdays(halfway.date, second)
    assert there.date == CALENDAR.add_workdays(start, first + second).date


@given(DATES, st.integers(1, 60))
def test_adding_then_subtracting_never_goes_past_the_start(start: dt.date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count).date
    assert CALENDAR.is_workday(end)
    back = CALENDAR.subtract_workdays(end, count).date
    assert back == CALENDAR.workday_or_earlier(start).date


@given(DATES, DATES)
def test_between_changes_its_sign_with_its_direction(first: dt.date, last: dt.date) -> None:
    assert CALENDAR.workdays_between(first, last) == -CALENDAR.workdays_between(last, first)
