"""Reads of the registers, for their own pages and for other apps."""

from mingcha.registry.selectors.people import Availability, assigned_targets, availability
from mingcha.registry.selectors.recusals import recusals_between
from mingcha.registry.selectors.visits import Cap, cap_of, visits_in_year, visits_of

__all__ = [
    "Availability",
    "Cap",
    "assigned_targets",
    "availability",
    "cap_of",
    "recusals_between",
    "visits_in_year",
    "visits_of",
]
