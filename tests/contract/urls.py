"""Walks the URL resolver: every address of the product, with a sample of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

#: A value for each kind of argument. Objects with these keys need not exist: then an allowed page is a 404.
SAMPLES = {
    "int": "1",
    "drawnumber": "130111-RS-2026-0001",
    "firmnumber": "91130111MA0ABCDE6D",
    "slug": "coordinator",
    "str": "coordinator",
    "path": "plan.json",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Page:
    """One address: its name with namespace, and its view."""

    name: str
    view: Callable[..., Any]
    arguments: dict[str, str]

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs=self.arguments)


def pages(urlconf: str | None = None) -> Iterator[Page]:
    """Every address of the product, or of another list of addresses; static files are not pages."""
    yield from _walk(get_resolver(urlconf), "", {})


def _walk(resolver: URLResolver, namespace: str, before: dict[str, str]) -> Iterator[Page]:
    for entry in resolver.url_patterns:
        arguments = before | _samples(entry)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, arguments)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"the address {entry.pattern} has no name"
            yield Page(f"{namespace}{entry.name}", entry.callback, arguments)


def _samples(entry: URLPattern | URLResolver) -> dict[str, str]:
    converters = entry.pattern.converters
    return {name: SAMPLES[_kind(converter)] for name, converter in converters.items()}


def _kind(converter: Any) -> str:
    known = {
        "IntConverter": "int",
        "SlugConverter": "slug",
        "StringConverter": "str",
        "PathConverter": "path",
        "UUIDConverter": "uuid",
        "DrawNumber": "drawnumber",
        "FirmNumber": "firmnumber",
    }
    return known[type(converter).__name__]
