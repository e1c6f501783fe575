"""Where items are used. Apps above register what they know; the page of an item shows it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mingcha.base.viewers import Viewer
from mingcha.items.models import Item
from mingcha.web.providers import Providers
from mingcha.web.text import Text


@dataclass(frozen=True)
class Use:
    """One thing that names an item: of what kind, what it is called, in what state, where it stands."""

    kind: Text
    label: str
    state: str
    url: str
    version: int


#: (viewer, item) → Use…, newest first
item_uses: Providers[Callable[[Viewer, Item], Iterable[Use]]] = Providers()
