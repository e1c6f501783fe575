"""The dictionary of tags, kept by the coordinator (plan 二（二）2: 分类、标签化管理)."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.models import Tag
from mingcha.registry.subject_events import TagChanged, TagDefined

TAG_KEEPERS = (Role.COORDINATOR,)
TAG_FIELDS = ("code", "label", "group", "meaning", "in_use")


@service
def define_tag(*, actor: Viewer, values: dict[str, Any]) -> Tag:
    """Put a tag into the dictionary; `values` are the cleaned fields of `TAG_FIELDS`."""
    require_role(actor, TAG_KEEPERS, gettext_noop("新增标签"))
    tag = Tag.objects.create(**{name: values[name] for name in TAG_FIELDS})
    emit(TagDefined(thing=Thing.of(tag), after=snapshot(tag, TAG_FIELDS)))
    return tag


@service
def change_tag(*, actor: Viewer, tag: Tag, values: dict[str, Any]) -> Tag:
    """Change what a tag is called or means; one out of use stays on the subjects that have it."""
    require_role(actor, TAG_KEEPERS, gettext_noop("修改标签"))
    tag = Tag.objects.visible_to(actor).select_for_update().get(pk=tag.pk)
    before = snapshot(tag, TAG_FIELDS)
    for name in TAG_FIELDS:
        setattr(tag, name, values[name])
    tag.save()
    old, new = changes(before, snapshot(tag, TAG_FIELDS))
    if new:
        emit(TagChanged(thing=Thing.of(tag), before=old, after=new))
    return tag
