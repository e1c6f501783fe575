"""What a page asks for more than once about one row is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

T = TypeVar("T")


def once(row: Model, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept on this instance of the row under a name of its own; gone with the page."""
    kept = row.__dict__.setdefault("_once", {})
    if name not in kept:
        kept[name] = make()
    found: T = kept[name]
    return found
