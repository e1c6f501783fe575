"""The menu: apps add entries at start-up; a person sees those whose page they may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer


@dataclass(frozen=True)
class Entry:
    """One menu entry. No roles means every officer."""

    code: str
    label: str
    url_name: str
    icon: str
    group: str
    order: int = 100
    roles: tuple[Role, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name)


#: Groups in the order the menu shows them, with their labels.
GROUPS: dict[str, str] = {
    "work": "工作",
    "registry": "一单两库",
    "planning": "抽查",
    "oversight": "督导",
    "settings": "设置",
}
_entries: dict[str, Entry] = {}


def add(entry: Entry) -> None:
    """Add a menu entry; the same code again replaces it."""
    _entries[entry.code] = entry


def entries_for(viewer: Viewer) -> list[Entry]:
    """The entries this viewer may open, in menu order."""
    if not isinstance(viewer, Officer):
        return []
    groups = list(GROUPS)
    mine = [entry for entry in _entries.values() if not entry.roles or viewer.has(*entry.roles)]
    return sorted(mine, key=lambda entry: (groups.index(entry.group), entry.order, entry.code))
