"""What the verbs share: taking the row, asking the lifecycle, keeping the item's face in step."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.items import selectors
from mingcha.items.lifecycle import PUBLIC, VERSION
from mingcha.items.models import Item, ItemVersion


def locked(version_id: int, actor: Viewer) -> ItemVersion:
    """The version's row, locked, with its item."""
    rows: Any = ItemVersion.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("item", "specialty").get(pk=version_id)  # type: ignore[no-any-return]


def advance(
    version: ItemVersion, verb: str, actor: Viewer, *, begins: date | None = None, reason: str = ""
) -> None:
    """Move a version along its lifecycle, or raise `Refused` with every reason why not."""
    facts = selectors.facts_of(version, begins=begins)
    version.state = VERSION.decide(version.state, verb, acting_roles(actor), facts, reason=reason).target


def keep_face(item: Item) -> None:
    """Let the newest published version stand for the item in lists, or its newest draft."""
    published = item.versions.filter(state__in=PUBLIC).order_by("-number").first()
    item.face = published or item.versions.order_by("-number").first()
    item.save(update_fields=["face"])
