"""Which versions of items a year's plan can name (N2)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from mingcha.items.lifecycle import PUBLISHED
from mingcha.items.models import ItemVersion
from mingcha.items.selectors import in_force


def versions_for(year: int) -> QuerySet[ItemVersion]:
    """Versions in force on the first day of a year, and those that come into force in it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins = ItemVersion.objects.filter(state=PUBLISHED, effective_from__range=(first, last))
    found = in_force(first) | begins
    return found.select_related("item").order_by("item__code", "number")
