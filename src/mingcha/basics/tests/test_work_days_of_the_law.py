"""The vectors of docs/domain.md §11.3, counted with the calendar of the database."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.basics.selectors import workdays as reading
from mingcha.kernel.terms import Term, due

pytestmark = pytest.mark.usefixtures("loaded")

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


@pytest.mark.parametrize(("start", "count", "expected"), VECTORS)
def test_a_term_of_work_days_ends_where_the_vectors_say(start: str, count: int, expected: str) -> None:
    found = due(date.fromisoformat(start), Term.parse(f"{count}WD"), reading.calendar())
    assert (found.date, found.provisional) == (date.fromisoformat(expected), False)


def test_a_term_into_an_unpublished_year_is_provisional() -> None:
    found = due(date(2026, 11, 23), Term.parse("60WD"), reading.calendar())
    assert found.date.year == 2027
    assert found.provisional


def test_a_term_of_days_that_ends_on_a_holiday_ends_on_the_next_work_day() -> None:
    assert due(date(2026, 9, 16), Term.parse("15D"), reading.calendar()).date == date(2026, 10, 8)
