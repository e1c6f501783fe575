"""Drafting: a new item, the next version of one, its text, giving a draft up."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role, required_text, user_id_of
from mingcha.items import selectors
from mingcha.items.content import Content
from mingcha.items.events import DraftChanged, DraftDiscarded, ItemDrafted, VersionDrafted
from mingcha.items.lifecycle import DRAFT, E3, KEEPERS, PUBLIC
from mingcha.items.models import Item, ItemVersion
from mingcha.items.models.items import CODE
from mingcha.items.services.common import advance, locked
from mingcha.items.storing import content_of, write
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

DRAFT_DUTY = "draft-item"
#: What an event tells of a version in figures and words; its whole text is in the version itself.
FIELDS = (
    "name",
    "family",
    "key",
    "kinds",
    "kinds_note",
    "manners",
    "specialty",
    "body",
    "body_name",
    "cap",
    "ratio_note",
    "trust",
    "unverified",
    "change_note",
)


@service
def create_item(*, actor: Viewer, content: Content, change_note: str = "") -> ItemVersion:
    """A new item with its first draft. Refused for a code that is taken, a citation that names nothing."""
    require_role(actor, KEEPERS, gettext_noop("起草抽查事项"))
    _check_code(content.code)
    item = Item.objects.create(code=content.code, created_at=clock.now())
    version = _new_version(item, 1, content, actor, change_note)
    item.face = version
    item.save(update_fields=["face"])
    emit(ItemDrafted(thing=Thing.of(item), after=told(version)))
    return version


@service
def draft_next(*, actor: Viewer, item_id: int, change_note: str = "") -> ItemVersion:
    """A draft of the item's next version, which says what the last one says; Refused while one is open."""
    require_role(actor, KEEPERS, gettext_noop("起草抽查事项"))
    item = Item.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=item_id)
    open_one = selectors.open_version(item)
    if open_one is not None:
        raise Refused(_one_at_a_time(open_one))
    last = item.versions.filter(state__in=PUBLIC).order_by("-number").first()
    if last is None:
        last = item.versions.order_by("-number")[0]
    number = item.versions.order_by("-number")[0].number + 1
    version = _new_version(item, number, content_of(last), actor, change_note)
    emit(VersionDrafted(thing=Thing.of(item), after=told(version)))
    return version


@service
def change_draft(
    *, actor: Viewer, version_id: int, content: Content, change_note: str | None = None
) -> ItemVersion:
    """Give a draft another text; the item's code stays. A version that is no draft is never changed."""
    require_role(actor, KEEPERS, gettext_noop("修改抽查事项"))
    version = locked(version_id, actor)
    if version.state != DRAFT:
        raise Refused(_no_draft(version))
    duties.perform(actor=actor, duty=DRAFT_DUTY, thing=Thing.of(version))
    before = told(version)
    if change_note is not None:
        version.change_note = change_note.strip()[:500]
    write(version, content, on=clock.today())
    old, new = changes(before, told(version))
    if new:
        emit(DraftChanged(thing=Thing.of(version.item), before=old, after=new | {"version": version.number}))
    return version


@service
def discard_draft(*, actor: Viewer, version_id: int, reason: str) -> ItemVersion:
    """Give a draft up; its number is not used again."""
    version = locked(version_id, actor)
    advance(version, "discard", actor, reason=reason)
    version.change_note = required_text(reason, gettext_noop("理由"))[:500]
    version.save(update_fields=["state", "change_note"])
    emit(DraftDiscarded(thing=Thing.of(version.item), after={"version": version.number}, why=reason.strip()))
    return version


def told(version: ItemVersion) -> dict[str, Any]:
    """What an event says about a version."""
    return snapshot(version, FIELDS) | {
        "version": version.number,
        "kinds": version.kinds_text,
        "manners": version.manners_text,
        "bases": [basis.cited for basis in version.all_bases.order_by("position")],
        "points": [point.question for point in version.points.order_by("position")],
        "materials": [row.name for row in version.materials.order_by("position")],
        "outcomes": [f"{row}：{row.ways_text}" for row in version.outcomes.order_by("position")],
        "exemptions": [row.condition for row in version.exemptions.order_by("position")],
    }


def _new_version(item: Item, number: int, content: Content, actor: Viewer, change_note: str) -> ItemVersion:
    version = ItemVersion(
        item=item,
        number=number,
        state=DRAFT,
        change_note=change_note.strip()[:500],
        created_at=clock.now(),
        created_by_id=user_id_of(actor),
    )
    write(version, content, on=clock.today())
    duties.perform(actor=actor, duty=DRAFT_DUTY, thing=Thing.of(version))
    return version


def _check_code(code: str) -> None:
    try:
        CODE(code)
    except ValidationError:
        raise Refused(
            Refusal(
                "item.code",
                gettext_noop("事项编码“%(code)s”不合格式"),
                gettext_noop("抽查事项清单编码规则"),
                gettext_noop("编码由大写字母、数字和连字符组成，以字母开头，例如 RS21"),
                {"code": code},
            )
        ) from None
    if Item.objects.filter(code=code).exists():
        raise Refused(
            Refusal(
                "item.code_taken",
                gettext_noop("事项编码 %(code)s 已经使用"),
                gettext_noop("抽查事项清单编码规则：一个事项一个编码，停用后也不再分配"),
                gettext_noop("请换一个编码；要修改已有事项的，请在该事项上拟定新版本"),
                {"code": code},
            )
        )


def _one_at_a_time(open_one: ItemVersion) -> Refusal:
    return Refusal(
        "item.open_version",
        gettext_noop("事项%(code)s已有一个版本（第%(number)s版）在起草或待审，不能再起草"),
        gettext_noop("本局监管工作实施方案二（二）1：清单动态调整"),
        gettext_noop("请在那个版本上修改；不需要的，先放弃那份草稿"),
        {"code": open_one.item.code, "number": open_one.number},
    )


def _no_draft(version: ItemVersion) -> Refusal:
    return Refusal(
        "item.not_draft",
        gettext_noop("“%(item)s”目前为“%(state)s”，内容不能修改"),
        E3,
        gettext_noop("已公布的版本不再改动：请拟定新版本；待审的，请先由提请人撤回"),
        {"item": str(version), "state": str(version.get_state_display())},
    )
