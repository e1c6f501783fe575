"""Small makers for the tests of basics."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mingcha.accounts.models import Unit
from mingcha.base import service as base_service
from mingcha.base.events import Event, Thing
from mingcha.base.service import Happening
from mingcha.base.viewers import Viewer
from mingcha.basics import things

_numbers = itertools.count(1)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def thing(label: str = "示范企业抽查") -> Thing:
    """A thing of no app in particular."""
    return Thing(type="demo.thing", id=next(_numbers), label=label)


def unit_thing(unit: Unit) -> Thing:
    return Thing.of(unit)


@contextmanager
def known_units(*, visible_to: Iterable[int] | None = None) -> Iterator[None]:
    """Units as things of a registered kind; with `visible_to` only these officers may see them."""
    allowed = None if visible_to is None else set(visible_to)

    def visible(viewer: Viewer):
        if allowed is not None and getattr(viewer, "id", None) not in allowed:
            return Unit.objects.none()
        return Unit.objects.all()

    things.register(Unit, label="单位", visible=visible)
    try:
        yield
    finally:
        things.forget("accounts.unit")


@contextmanager
def heard() -> Iterator[list[Event]]:
    """Every event that reaches the sinks meanwhile."""
    events: list[Event] = []

    def sink(happenings: list[Happening]) -> None:
        events.extend(happening.event for happening in happenings)

    base_service._sinks.append(sink)
    try:
        yield events
    finally:
        base_service._sinks.remove(sink)


def of(events: Iterable[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if type(event) is kind]


def office_file(*names: str, content: bytes = b"<x/>", compress: bool = True) -> bytes:
    """A ZIP archive with these entries and the one that makes it an office file."""
    made = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", how) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, content)
    return made.getvalue()


def blind_at_first(look: Callable[..., Any], nothing: Any) -> Callable[..., Any]:
    """A look that finds `nothing` the first time: what somebody else writes in this very moment."""
    looks: list[tuple[Any, ...]] = []

    def seen(*given: Any) -> Any:
        looks.append(given)
        return nothing if len(looks) == 1 else look(*given)

    return seen
