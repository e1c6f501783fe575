"""录入真实性: what is unusual about a record, from times, places, answers and pictures (domain §12).

Nothing here is a finding about anybody: each is a reason for the reviewer to look again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

__all__ = ["Place", "metres_between", "minutes_between", "odd_answer", "run_of_same"]

_EARTH_METRES = 6_371_000.0


@dataclass(frozen=True)
class Place:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes, rounded down."""
    return int((end - start).total_seconds() // 60)


def metres_between(one: Place, other: Place) -> int:
    """The way along the surface of the earth, in metres."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    chord = sin(north / 2) ** 2
    chord += cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return round(2 * _EARTH_METRES * asin(sqrt(min(1.0, chord))))


def run_of_same(digest: str, before: Iterable[str]) -> int:
    """How many consecutive visits, this one counted, were answered alike; `before` has the newest first."""
    run = 1
    for other in before:
        if other != digest:
            break
        run += 1
    return run


def odd_answer(answer: str, others: Mapping[str, int], *, least: int, share_pct: int) -> bool:
    """Whether at least `share_pct` of `least` or more such firms were answered otherwise."""
    total = sum(others.values())
    if total < least:
        return False
    return (total - others.get(answer, 0)) * 100 >= share_pct * total
