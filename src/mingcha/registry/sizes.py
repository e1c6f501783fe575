"""Firms by how many work there: one set of bands for filters, strata and comparisons between like firms."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

#: The first number of each band, largest first; the largest has no end.
FLOORS: Final = (300, 100, 50, 10, 0)


def floor_of(workers: int) -> int:
    """The first number of the band in which so many workers are."""
    return next(first for first in FLOORS if workers >= first)


def end_of(first: int) -> int | None:
    """The last number of the band that begins with `first`; None for the largest."""
    above = [floor for floor in FLOORS if floor > first]
    return min(above) - 1 if above else None


def label_of(first: int) -> str:
    """The band that begins with `first`, in words."""
    last = end_of(first)
    if last is None:
        return _("%(first)d 人以上") % {"first": first}
    return _("%(first)d–%(last)d 人") % {"first": first, "last": last}
