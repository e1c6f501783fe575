"""Taking over the items that a release of the platform brings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.items import publishing, selectors
from mingcha.items.content import Content
from mingcha.items.events import RevisionIssued
from mingcha.items.lifecycle import ISSUED
from mingcha.items.models import Item, ItemVersion, ListRevision
from mingcha.items.services.common import advance
from mingcha.items.services.listing import publish_version
from mingcha.items.services.versions import change_draft, create_item, draft_next
from mingcha.kernel.digest import hex_digest


@service
def take_over(*, actor: Viewer, contents: Sequence[Content], begins: date) -> int:
    """Publish items that are not there yet, draft those that a new release words anew; gives how many.

    Only the platform does this. An open draft, and a text that was taken over before, are left alone.
    """
    if not isinstance(actor, System):
        raise TypeError("a release is taken over by the platform itself")
    known = {item.code: item for item in Item.objects.visible_to(actor)}
    fresh = [content for content in contents if content.code not in known]
    if fresh:
        _publish_first(actor, fresh, begins)
    anew = [content for content in contents if content.code in known]
    return len(fresh) + sum(_draft_anew(actor, known[content.code], content) for content in anew)


def digest_of(content: Content) -> str:
    """What tells one release's text of an item from another's."""
    return hex_digest(json.dumps(asdict(content), ensure_ascii=False, sort_keys=True).encode())


def _publish_first(actor: Viewer, contents: Sequence[Content], begins: date) -> None:
    revision = ListRevision.objects.create(
        title=gettext("平台自带的事项清单"),
        number=selectors.issued_revisions().count() + 1,
        state=ISSUED,
        effective_from=begins,
        summary=gettext("由法律法规条文整理；标有“待确认”的，本局正在核对。"),
        proposed_at=clock.now(),
        issued_at=clock.now(),
    )
    for content in contents:
        version = create_item(actor=actor, content=content)
        _mark(version, content, revision=revision)
        advance(version, "propose", actor)
        publish_version(version, begins, actor)
    emit(
        RevisionIssued(
            thing=Thing.of(revision),
            after={"number": revision.number, "items": [content.code for content in contents]},
        )
    )
    publishing.publish_list(note=revision.note, summary=revision.summary)


def _draft_anew(actor: Viewer, item: Item, content: Content) -> bool:
    taken = item.versions.filter(release_digest=digest_of(content)).exists()
    if taken or selectors.open_version(item) is not None:
        return False
    note = gettext("平台新版本对这个事项的文字有修改，请核对后提请公布，或放弃这份草稿")
    version = draft_next(actor=actor, item_id=item.pk, change_note=note)
    version = change_draft(actor=actor, version_id=version.pk, content=content)
    _mark(version, content)
    return True


def _mark(version: ItemVersion, content: Content, **fields: Any) -> None:
    version.release_digest = digest_of(content)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save(update_fields=["release_digest", *fields])
