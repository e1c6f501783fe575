import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.kernel.terms import Roll, Stage, Term, Unit, due, due_instant, notice_by, stage
from mingcha.kernel.tests.calendars import official_2026
from mingcha.kernel.workdays import Due

CALENDAR = official_2026()
DATES = st.dates(dt.date(2025, 6, 1), dt.date(2030, 6, 1))
TERMS = st.builds(Term, st.integers(1, 120), st.sampled_from(Unit))


def ends(start: str, term: str, roll: Roll = "forward") -> str:
    return due(dt.date.fromisoformat(start), Term.parse(term), CALENDAR, roll=roll).date.isoformat()


@pytest.mark.parametrize("text", ["20WD", "30D", "6M", "3Y", "24H"])
def test_a_term_is_read_and_written_the_same(text: str) -> None:
    assert str(Term.parse(f" {text.lower()} ")) == text


@pytest.mark.parametrize("text", ["", "20", "WD", "0D", "-3D", "1.5D", "20 WD", "5W", "２０D"])
def test_anything_else_is_not_a_term(text: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        Term.parse(text)


def test_a_term_has_a_chinese_name() -> None:
    assert [Term.parse(t).label for t in ("20WD", "15D", "6M", "2Y", "24H")] == [
        "20个工作日",
        "15日",
        "6个月",
        "2年",
        "24小时",
    ]


def test_the_results_of_a_normal_check_are_due_twenty_work_days_after_it() -> None:
    assert ends("2026-03-02", "20WD") == "2026-03-30"


def test_the_first_day_is_not_counted_and_a_holiday_at_the_end_is_not_held_against_anyone() -> None:
    assert ends("2026-03-02", "15D") == "2026-03-17"
    assert ends("2026-09-16", "15D") == "2026-10-08"


def test_a_worked_saturday_is_no_reason_to_extend() -> None:
    assert ends("2026-01-30", "15D") == "2026-02-14"


def test_months_end_on_the_same_day_or_at_the_end_of_the_month() -> None:
    assert ends("2026-01-15", "6M") == "2026-07-15"
    assert ends("2026-05-31", "1M") == "2026-06-30"
    assert ends("2026-11-30", "3M", roll="none") == "2027-02-28"
    assert ends("2024-02-29", "2Y", roll="none") == "2026-02-28"


def test_a_pay_day_is_brought_forward() -> None:
    assert ends("2026-09-05", "1M", roll="back") == "2026-09-30"


def test_another_way_to_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        ends("2026-09-05", "1M", roll="sideways")  # type: ignore[arg-type]


def test_twenty_four_hours_run_through_the_night_and_the_holiday() -> None:
    assert ends("2026-09-30", "24H") == "2026-10-01"
    moment = dt.datetime(2026, 9, 30, 16, 5, tzinfo=dt.UTC)
    assert due_instant(moment, Term.parse("24H")) == moment + dt.timedelta(days=1)
    with pytest.raises(ValueError, match="not at an instant"):
        due_instant(moment, Term.parse("1D"))


def test_a_term_that_ends_in_an_unpublished_year_is_provisional() -> None:
    assert due(dt.date(2026, 12, 1), Term.parse("60D"), CALENDAR).provisional
    assert not due(dt.date(2026, 10, 1), Term.parse("60D"), CALENDAR).provisional


def test_notice_of_a_hearing_is_given_seven_work_days_before() -> None:
    assert notice_by(dt.date(2026, 10, 12), Term.parse("7WD"), CALENDAR).date == dt.date(2026, 9, 24)
    assert notice_by(dt.date(2026, 10, 12), Term.parse("7D"), CALENDAR).date == dt.date(2026, 9, 30)
    assert notice_by(dt.date(2026, 10, 8), Term.parse("24H"), CALENDAR).date == dt.date(2026, 9, 30)


def test_a_term_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        due(dt.date(9990, 1, 1), Term(99, Unit.YEAR), CALENDAR)


@given(DATES, TERMS)
def test_no_term_ends_before_it_begins(start: dt.date, term: Term) -> None:
    assert due(start, term, CALENDAR).date >= start
    assert notice_by(start, term, CALENDAR).date <= start


@given(DATES, TERMS, st.integers(1, 30))
def test_a_longer_term_never_ends_earlier(start: dt.date, term: Term, more: int) -> None:
    longer = Term(term.amount + more, term.unit)
    assert due(start, longer, CALENDAR).date >= due(start, term, CALENDAR).date


@given(DATES, TERMS, st.integers(0, 40))
def test_a_later_start_never_ends_earlier(start: dt.date, term: Term, days: int) -> None:
    later = start + dt.timedelta(days=days)
    assert due(later, term, CALENDAR).date >= due(start, term, CALENDAR).date


@given(DATES, TERMS)
def test_terms_in_days_months_and_years_end_on_a_work_day(start: dt.date, term: Term) -> None:
    if term.unit is not Unit.HOUR:
        assert CALENDAR.is_workday(due(start, term, CALENDAR).date)
        assert due(start, term, CALENDAR, roll="back").date <= due(start, term, CALENDAR).date


@given(DATES, TERMS)
def test_notice_given_in_time_leaves_at_least_the_whole_term(event: dt.date, term: Term) -> None:
    given_on = notice_by(event, term, CALENDAR).date
    if term.unit is Unit.DAY:
        assert (event - given_on).days >= term.amount
    if term.unit is Unit.WORKDAY and CALENDAR.is_workday(event):
        assert CALENDAR.workdays_between(given_on, event) >= term.amount


def test_the_stages_of_a_deadline_before_the_october_holiday() -> None:
    deadline = Due(dt.date(2026, 10, 9))
    seen = [stage(deadline, dt.date(2026, 9, day), CALENDAR) for day in (22, 23, 29, 30)]
    assert [s.code for s in seen] == ["warn7", "warn7", "warn3", "warn3"]
    assert stage(deadline, dt.date(2026, 9, 18), CALENDAR).code == "running"
    assert stage(deadline, dt.date(2026, 10, 8), CALENDAR) == Stage("warn1", 1, in_workdays=True)
    assert stage(deadline, dt.date(2026, 10, 9), CALENDAR).code == "due_today"
    assert stage(deadline, dt.date(2026, 10, 12), CALENDAR) == Stage("overdue", 3)


def test_a_stage_says_itself_in_chinese() -> None:
    deadline = dt.date(2026, 10, 9)
    assert stage(deadline, dt.date(2026, 10, 8), CALENDAR).label == "还剩1个工作日"
    assert stage(deadline, dt.date(2026, 10, 7)).label == "还剩2天"
    assert stage(deadline, deadline).label == "今天到期"
    assert stage(deadline, dt.date(2026, 10, 11)).label == "已超期2天"


def test_the_bureau_can_set_its_own_thresholds() -> None:
    deadline = dt.date(2026, 10, 20)
    assert stage(deadline, dt.date(2026, 10, 10), thresholds=(2, 15)).code == "warn15"
    assert stage(deadline, dt.date(2026, 10, 10), thresholds=()).code == "running"
    with pytest.raises(ValueError, match="thresholds"):
        stage(deadline, deadline, thresholds=(0,))


@given(DATES, DATES, st.booleans())
def test_one_stage_holds_and_agrees_with_the_dates(end: dt.date, today: dt.date, by_work: bool) -> None:
    found = stage(end, today, CALENDAR if by_work else None)
    assert found.is_overdue == (today > end)
    assert (found.code == "due_today") == (today == end)
    assert not (found.is_warning and today >= end)
