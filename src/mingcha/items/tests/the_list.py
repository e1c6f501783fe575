"""The initial list as the tests read it: all items, and every citation with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from mingcha.items.initial.model import Item, Point

ITEMS: tuple[Item, ...] = tuple(
    import_module(f"mingcha.items.initial.rs{number:02d}").ITEM for number in range(1, 21)
)


@dataclass(frozen=True)
class Cited:
    """A citation and where it stands, for a message that can be found again."""

    where: str
    text: str


def points() -> Iterator[tuple[Item, int, Point]]:
    """Every check point with its item and its number."""
    for item in ITEMS:
        for number, point in enumerate(item.points, start=1):
            yield item, number, point


def citations() -> Iterator[Cited]:
    """Every citation of the list: items, points, consequences, exemptions."""
    for item in ITEMS:
        yield from (Cited(item.code, text) for text in item.bases)
        for exemption in item.exemptions:
            yield from (Cited(f"{item.code} exemption", text) for text in exemption.bases)
    for item, number, point in points():
        for text in (*point.bases, *point.consequence_bases):
            yield Cited(f"{item.code}.{number}", text)
