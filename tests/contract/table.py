"""Who may open which page, one file per app in `access/`. Reviewed by eye; the tests hold the code to it.

A page stands under the group of those who may open it. What they see of it is another matter: objects are
reached through `visible_to`, so an allowed page may still be a 404.
"""

from __future__ import annotations

from types import ModuleType

from tests.contract.access import (
    accounts,
    basics,
    demo,
    drafts,
    enterprise,
    inspection,
    inspection_results,
    items,
    laws,
    leads,
    ledger,
    planning,
    portal,
    project,
    publication,
    registry,
    returns,
)
from tests.contract.access.audiences import EVERYONE, OFFICERS, Audience

__all__ = ["DEMO_PAGES", "EVERYONE", "OFFICERS", "PAGES"]

_APPS = (
    accounts,
    basics,
    enterprise,
    drafts,
    inspection,
    inspection_results,
    items,
    laws,
    leads,
    ledger,
    planning,
    portal,
    project,
    publication,
    registry,
    returns,
)


def _by_name(*apps: ModuleType) -> dict[str, Audience]:
    return {name: allowed for app in apps for allowed, names in app.PAGES.items() for name in names}


PAGES = _by_name(*_APPS)
#: Besides those, in the demo alone.
DEMO_PAGES = _by_name(demo)
