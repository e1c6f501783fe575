"""Reads of the registers, for their own pages and for other apps."""

from mingcha.registry.selectors.cases import UNKNOWN, Cases, recent_cases
from mingcha.registry.selectors.people import Availability, assigned_targets, availability, work_days_of
from mingcha.registry.selectors.recusals import firms_kept_from, kept_away, recusals_between
from mingcha.registry.selectors.subjects import every_entry, stand_ins, standing_entry
from mingcha.registry.selectors.visits import (
    Cap,
    at_cap,
    cap_of,
    seen_in_year,
    visits_in_year,
    visits_of,
    with_records,
)

__all__ = [
    "UNKNOWN",
    "Availability",
    "Cap",
    "Cases",
    "assigned_targets",
    "at_cap",
    "availability",
    "cap_of",
    "every_entry",
    "firms_kept_from",
    "kept_away",
    "recent_cases",
    "recusals_between",
    "seen_in_year",
    "stand_ins",
    "standing_entry",
    "visits_in_year",
    "visits_of",
    "with_records",
    "work_days_of",
]
