"""Initial data: the items of the list (domain §7), one file `rsNN.py` each with `ITEM`.

An installation starts with them as published; what nobody of the bureau has checked says 待确认. Loading
again never touches what is there: where a new release words an item anew, that becomes a draft of its next
version, which the bureau reads, changes and proposes, or gives up.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.items.content import Content
from mingcha.items.services import releases

#: The first day of the items that an installation starts with, as of the other initial data.
START = date(2024, 1, 1)


def items() -> list[Content]:
    """The items that this release brings, in order of their codes."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name.startswith("rs"))
    return [import_module(f"{__name__}.{name}").ITEM for name in names]


def load(actor: Viewer) -> int:
    """Enter what is missing; gives how many items were added or drafted anew."""
    return _load(actor=actor)


@service
def _load(*, actor: Viewer) -> int:
    return releases.take_over(actor=actor, contents=items(), begins=START)
