"""The work days of 2026 by the State Council's notice of 2025-11-04, written out by hand."""

import datetime as dt

from mingcha.kernel.workdays import WorkCalendar

_OFF_2026 = (
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
)
_WORKED_2026 = ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))


def official_2026() -> WorkCalendar:
    """2026 known, every other year unknown."""
    days = {dt.date(2026, month, day): True for month, day in _WORKED_2026}
    for first, last in _OFF_2026:
        day = dt.date(2026, *first)
        while day <= dt.date(2026, *last):
            days[day] = False
            day += dt.timedelta(days=1)
    return WorkCalendar(days, frozenset({2026}))
