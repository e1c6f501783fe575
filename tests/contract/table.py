"""Who may open which page, one file per app in `access/`. Reviewed by eye; the tests hold the code to it.

A page stands under the group of those who may open it. What they see of it is another matter: objects are
reached through `visible_to`, so an allowed page may still be a 404.
"""

from __future__ import annotations

from tests.contract.access import (
    accounts,
    basics,
    items,
    laws,
    ledger,
    planning,
    portal,
    project,
    publication,
    registry,
)
from tests.contract.access.audiences import EVERYONE, OFFICERS, Audience

__all__ = ["EVERYONE", "OFFICERS", "PAGES"]

_APPS = (accounts, basics, items, laws, ledger, planning, portal, project, publication, registry)

PAGES: dict[str, Audience] = {
    name: allowed for app in _APPS for allowed, names in app.PAGES.items() for name in names
}
