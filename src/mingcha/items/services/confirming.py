"""核对确认: somebody of the bureau has compared published items with their sources, and says with which.

Nothing in a version changes by it but the mark 待确认, which goes from the published list too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.rules import required_text, user_id_of
from mingcha.items import publishing
from mingcha.items.events import ItemConfirmed
from mingcha.items.models import ItemVersion
from mingcha.items.services.common import advance, locked
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop

_BASIS = gettext_noop("国办发〔2024〕54号三：检查事项须依法确定；本局方案二（二）1：清单合法合规")
#: So many codes are named where the change of the published list is told.
_NAMED = 10


@service
def confirm(
    *, actor: Viewer, version_ids: Iterable[int], basis: str, note: str = ""
) -> Sequence[ItemVersion]:
    """Confirm published versions, all or none; `basis` names the documents they were compared with.

    Refused with everything that is in the way of any of them, and for what the actor has drafted.
    """
    against = required_text(basis, gettext_noop("核对的文件"))[:300]
    versions = [locked(pk, actor) for pk in dict.fromkeys(version_ids)]
    if not versions:
        raise Refused(_nothing_chosen())
    refusals: list[Refusal] = []
    for version in versions:
        try:
            advance(version, "confirm", actor)
        except Refused as refused:
            refusals.extend(refused.refusals)
        if isinstance(actor, Officer) and version.created_by_id == actor.id:
            refusals.append(_own(version))
    if refusals:
        raise Refused(*refusals)
    for version in versions:
        version.confirmed_at, version.confirmed_by_id = clock.now(), user_id_of(actor)
        version.confirmed_basis = against
        version.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_basis"])
        emit(
            ItemConfirmed(
                thing=Thing.of(version.item),
                after={"version": version.number, "confirmed_basis": against},
                why=note.strip(),
            )
        )
    publishing.publish_list(note=_told(versions, against))
    return versions


def _told(versions: Sequence[ItemVersion], against: str) -> str:
    codes = [version.item.code for version in versions]
    said = {"codes": "、".join(codes[:_NAMED]), "n": len(codes), "against": against}
    if len(codes) > _NAMED:
        return gettext("%(codes)s 等 %(n)d 个事项已由本局核对确认，对照：%(against)s") % said
    return gettext("%(codes)s 已由本局核对确认，对照：%(against)s") % said


def _own(version: ItemVersion) -> Refusal:
    return Refusal(
        "item.confirm_own",
        gettext_noop("事项%(code)s的这一版由您起草，不能由您确认"),
        _BASIS,
        gettext_noop("请由另一位股室负责人或局领导对照原文确认"),
        {"code": version.item.code},
    )


def _nothing_chosen() -> Refusal:
    return Refusal(
        "item.nothing_to_confirm",
        gettext_noop("没有选择要确认的事项"),
        _BASIS,
        gettext_noop("请勾选已经核对过的事项"),
    )
