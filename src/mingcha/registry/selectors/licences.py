"""When a licence is about to end: from when on its holder must have applied for renewal."""

from __future__ import annotations

from datetime import date

from mingcha.basics.selectors import parameters, workdays
from mingcha.kernel.terms import due

#: The term before its end within which renewal is applied for (人社部令第19号第十九条; a parameter).
RENEW_TERM = "DP02_RENEW_TERM"


def ending_until(on: date) -> date:
    """The last day of validity at which a licence counts as about to end on a day."""
    term = parameters.value(RENEW_TERM, on=on).as_term()
    return due(on, term, workdays.calendar(), roll="none").date
