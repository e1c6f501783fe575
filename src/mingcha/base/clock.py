"""The one source of the present moment.

Legal terms count days in Asia/Shanghai, never instants (design §4.5), so callers ask for `today()`
wherever a date is meant. The clock is injected: tests and the demo county set another one with
`using(...)`; nothing in the code reads the wall clock elsewhere (a lint rule holds it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Anything that can tell an aware moment."""

    def now(self) -> datetime: ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  the one place where the wall clock is read


class FixedClock:
    """A clock that stands still until it is moved; for tests and for making the demo's past."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=SHANGHAI)
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def advance(self, **delta: float) -> None:
        """Move forward by `timedelta(**delta)`."""
        self._moment += timedelta(**delta)


# Process-wide on purpose: a test's clock must also rule the live server's threads.
_clock: Clock = WallClock()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _clock.now()


def today() -> date:
    """The present calendar day in Asia/Shanghai, the one that legal terms count."""
    return day_of(_clock.now())


def day_of(moment: datetime) -> date:
    """The calendar day of an aware moment in Asia/Shanghai, the one that legal terms count."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The moment at which a day begins in Asia/Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


@contextmanager
def using(clock: Clock) -> Iterator[Clock]:
    """Put another clock in place for the length of a block."""
    global _clock
    previous, _clock = _clock, clock
    try:
        yield clock
    finally:
        _clock = previous
