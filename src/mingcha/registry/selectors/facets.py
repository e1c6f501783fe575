"""The choices that the list of subjects is filtered by, from what is in use; kept for some minutes.

They are names of places, trades, tags and sources, no secret inside the house. At a million subjects
finding them takes a tenth of a second, which a list page should not pay each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.translation import gettext as _

from mingcha.registry.models import Division, ImportSource, Industry, Subject, Tag

T = TypeVar("T")
Choices = list[tuple[str, Any]]

_KEPT_SECONDS = 300
_PREFIX = "registry.facets."
_NAMES = ("divisions", "towns", "industries", "tags", "sources")
_MOST = 500


def forget() -> None:
    """Read them anew next time: a subject or a tag came or changed."""
    cache.delete_many([_PREFIX + name for name in _NAMES])


def _kept(name: str, find: Callable[[], T]) -> T:
    found: T | None = cache.get(_PREFIX + name)
    if found is None:
        found = find()
        cache.set(_PREFIX + name, found, _KEPT_SECONDS)
    return found


def division(code: str) -> Division | None:
    """The division of a code."""
    return _kept(f"division.{code}", lambda: Division.objects.filter(code=code).first())


def industry(code: str) -> Industry | None:
    """The industry of a code."""
    return _kept(f"industry.{code}", lambda: Industry.objects.filter(code=code).first())


def divisions() -> Choices:
    """Division codes in use, with their names where the reference table knows them."""
    return _kept("divisions", _divisions)


def towns() -> Choices:
    """Towns in use."""
    return _kept("towns", lambda: [(town, town) for town in _used("town")])


def industries() -> Choices:
    """Sections (门类) with their divisions (大类), as groups; the code is the value."""
    return _kept("industries", _industries)


def tags() -> Choices:
    """Tags in use."""
    return _kept("tags", lambda: [(str(tag.pk), tag.label) for tag in Tag.objects.filter(in_use=True)])


def sources() -> Choices:
    """Where lists come from."""
    return _kept("sources", lambda: [(str(source.pk), source.name) for source in ImportSource.objects.all()])


def _used(field: str) -> list[str]:
    rows = Subject.objects.order_by(field).values_list(field, flat=True).distinct()
    return [value for value in rows[:_MOST] if value]


def _divisions() -> Choices:
    codes = _used("division_code")
    known = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [(code, f"{known[code]}（{code}）" if code in known else code) for code in codes]


def _industries() -> Choices:
    groups: dict[str, tuple[str, Choices]] = {}
    for code, name, level, section in Industry.objects.filter(level__lte=2).values_list(
        "code", "name", "level", "section"
    ):
        label, inside = groups.get(section, (section, []))
        if level == 1:
            groups[section] = (f"{section} {name}", inside)
        else:
            groups[section] = (label, [*inside, (code, f"{code} {name}")])
    return [
        (label, [(section, _("%(name)s（全部）") % {"name": label}), *sorted(inside)])
        for section, (label, inside) in sorted(groups.items())
    ]


def divisions_of_section(section: str) -> list[str]:
    """The 大类 codes of one 门类."""
    rows = Industry.objects.filter(section=section, level=2).order_by("code")
    return list(rows.values_list("code", flat=True))
