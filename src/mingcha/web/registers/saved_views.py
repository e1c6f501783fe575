"""The views of a list that people keep. This layer only shows them; who keeps them is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from mingcha.base.viewers import Viewer
from mingcha.web.providers import Providers

#: Parts of an address that say nothing about which rows are shown.
_PASSING = {"page", "view"}


@dataclass(frozen=True)
class ShownView:
    """One view on offer above a list; `owner` is empty for one's own."""

    name: str
    query: str
    owner: str = ""
    is_default: bool = False
    change_url: str = ""

    def is_shown_by(self, query: str) -> bool:
        """Whether an address shows this view."""
        return _conditions(self.query) == _conditions(query)


#: (viewer, register) → the views of it that this viewer may use
saved_views: Providers[Callable[[Viewer, str], Iterable[ShownView]]] = Providers()
#: () → the address that keeps a view; at most one provider
savers: Providers[Callable[[], Iterable[str]]] = Providers()


def views_of(viewer: Viewer, register: str) -> list[ShownView]:
    """One's own first."""
    return sorted(saved_views.gather(viewer, register), key=lambda view: (bool(view.owner), view.name))


def save_url() -> str:
    """Where a view is kept; empty when nobody keeps views."""
    return next(iter(savers.gather()), "")


def _conditions(query: str) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in parse_qsl(query) if name not in _PASSING)
