"""Initial data: parameters, work days, terms, number series, routes.

Loading again adds what a new version brings and never touches what the bureau has changed: a parameter,
rule, series, route or year that exists is left as it is.
"""

from __future__ import annotations

from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.basics.initial import calendar, parameters, routes, rules, series


def load(actor: Viewer) -> int:
    """Enter what is missing; gives how many rows were added (a year counts as one)."""
    return _load(actor=actor)


@service
def _load(*, actor: Viewer) -> int:
    return sum(part.load(actor) for part in (parameters, calendar, rules, series, routes))
