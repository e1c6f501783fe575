from datetime import UTC, date, datetime, timedelta

import pytest

from mingcha.base import clock
from mingcha.base.clock import FixedClock


def test_another_clock_rules_within_the_block_only() -> None:
    moment = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

    with clock.using(FixedClock(moment)):
        assert clock.now() == moment

    assert clock.now() != moment
    assert clock.now().utcoffset() == timedelta(0)


def test_the_previous_clock_comes_back_even_after_an_error() -> None:
    outer = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    with clock.using(outer):
        with pytest.raises(LookupError), clock.using(FixedClock(datetime(2030, 1, 1, tzinfo=UTC))):
            raise LookupError
        assert clock.now() == outer.now()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
    ],
)
def test_today_is_the_day_in_shanghai(moment: datetime, day: date) -> None:
    with clock.using(FixedClock(moment)):
        assert clock.today() == day


def test_a_naive_moment_is_read_as_shanghai_time() -> None:
    fixed = FixedClock(datetime(2026, 3, 2, 8))  # noqa: DTZ001  the point of the test

    assert fixed.now() == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_fixed_clock_stands_still_until_moved() -> None:
    fixed = FixedClock(datetime(2026, 3, 2, tzinfo=UTC))
    assert fixed.now() == fixed.now()

    fixed.advance(days=1, hours=2)

    assert fixed.now() == datetime(2026, 3, 3, 2, tzinfo=UTC)
