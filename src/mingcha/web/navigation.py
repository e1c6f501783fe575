"""The menu: apps add entries at start-up; a person sees those whose page they may open.

Officers see entries grouped in the sidebar; `add_public` fills the short row on top of the pages that
citizens read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.web.text import Text


@dataclass(frozen=True)
class Entry:
    """One menu entry. No roles means every officer. `icon` is a Lucide name."""

    code: str
    label: Text
    url_name: str
    icon: str
    group: str
    order: int = 100
    roles: tuple[Role, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class MenuItem:
    """An entry as shown on one page: `current` is the one the page belongs to."""

    label: Text
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class MenuGroup:
    """Entries that stand together under one label."""

    label: Text
    items: tuple[MenuItem, ...]


#: Groups in the order the menu shows them, with their labels.
GROUPS: dict[str, Text] = {
    "work": _("工作"),
    "registry": _("一单两库"),
    "planning": _("抽查"),
    "inspection": _("检查"),
    "oversight": _("督导"),
    "settings": _("设置"),
}
_entries: dict[str, Entry] = {}
_public_entries: dict[str, Entry] = {}


def add(entry: Entry) -> None:
    """Add a menu entry; the same code again replaces it."""
    _entries[entry.code] = entry


def add_public(entry: Entry) -> None:
    """Add an entry to the top row of the public pages; its group and roles mean nothing there."""
    _public_entries[entry.code] = entry


def entries_for(viewer: Viewer) -> list[Entry]:
    """The entries this viewer may open, in menu order."""
    if not isinstance(viewer, Officer):
        return []
    groups = list(GROUPS)
    mine = [entry for entry in _entries.values() if not entry.roles or viewer.has(*entry.roles)]
    return sorted(mine, key=lambda entry: (groups.index(entry.group), entry.order, entry.code))


def public_entries() -> list[Entry]:
    """The entries on top of the public pages, in order."""
    return sorted(_public_entries.values(), key=lambda entry: (entry.order, entry.code))


def menu(entries: Sequence[Entry], path: str) -> list[MenuItem]:
    """The entries with the one marked whose address is the longest start of `path`."""
    addresses = [entry.url for entry in entries]
    current = _longest_start(addresses, path)
    return [
        MenuItem(label=entry.label, url=url, icon=entry.icon, current=url == current)
        for entry, url in zip(entries, addresses, strict=True)
    ]


def grouped_menu(viewer: Viewer, path: str) -> list[MenuGroup]:
    """The sidebar of this viewer on the page at `path`."""
    entries = entries_for(viewer)
    items = zip(entries, menu(entries, path), strict=True)
    return [
        MenuGroup(label=GROUPS[group], items=tuple(item for _entry, item in members))
        for group, members in groupby(items, key=lambda pair: pair[0].group)
    ]


def _longest_start(addresses: Sequence[str], path: str) -> str:
    """The longest address that `path` lies under; the root only matches itself."""
    under = [url for url in addresses if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
