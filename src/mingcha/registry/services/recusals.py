"""Declaring and ending recusals; they reach the ledger only encrypted."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Personal, Thing
from mingcha.base.service import emit, service
from mingcha.base.snapshots import snapshot
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import require_role
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.events import RecusalChanged, RecusalDeclared
from mingcha.registry.models import Recusal
from mingcha.registry.services.inspectors import INSPECTOR_KEEPERS

RECUSAL_FIELDS = ("subject", "inspector", "kind", "basis", "valid_from", "valid_until")


@service
def declare_recusal(*, actor: Viewer, values: dict[str, Any]) -> Recusal:
    """Record that a person must stay away from a firm (监察条例16, 处罚法43)."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("登记回避"))
    recusal = Recusal.objects.create(**{name: values[name] for name in RECUSAL_FIELDS})
    emit(RecusalDeclared(thing=_confidential(recusal), personal=_relation(recusal)))
    return recusal


@service
def change_recusal(*, actor: Viewer, recusal: Recusal, values: dict[str, Any]) -> Recusal:
    """Correct or end a recusal; ending one sets `valid_until`, nothing is deleted."""
    require_role(actor, INSPECTOR_KEEPERS, gettext_noop("修改回避登记"))
    recusal = Recusal.objects.visible_to(actor).select_for_update().get(pk=recusal.pk)
    before = snapshot(recusal, RECUSAL_FIELDS)
    for name in RECUSAL_FIELDS:
        setattr(recusal, name, values[name])
    recusal.save()
    if before != snapshot(recusal, RECUSAL_FIELDS):
        emit(RecusalChanged(thing=_confidential(recusal), personal=_relation(recusal, before)))
    return recusal


def _confidential(recusal: Recusal) -> Thing:
    """The thing without its label: who stays away from whom is for few (design §6, N10)."""
    return Thing(type=recusal._meta.label_lower, id=recusal.pk, label=gettext_noop("回避登记"))


def _relation(recusal: Recusal, before: dict[str, Any] | None = None) -> Personal:
    """The relation itself goes into the ledger only under the inspector's own key."""
    after = snapshot(recusal, RECUSAL_FIELDS)
    values = {
        name: {"before": (before or {}).get(name), "after": after[name]}
        for name in after
        if before is None or before[name] != after[name]
    }
    return Personal(subject=f"registry.inspector:{recusal.inspector_id}", values=values)
