"""Reading document numbers."""

from __future__ import annotations

from mingcha.basics.models import DocumentNumber, NumberCounter


def gaps(series: str, year: int) -> list[int]:
    """Numbers that a counter has passed but that are not listed; always empty unless rows were removed."""
    counter = NumberCounter.objects.filter(series__code=series, year=year).first()
    if counter is None:
        return []
    listed = set(
        DocumentNumber.objects.filter(series=counter.series_id, year=year).values_list("number", flat=True)
    )
    return [number for number in range(1, counter.last + 1) if number not in listed]
