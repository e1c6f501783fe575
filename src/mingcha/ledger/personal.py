"""Personal values in the ledger: written under a key per subject, read by few, erased with the key.

Lock order: keys for writing are obtained after the ledger's lock is held, so two writers never create
the same subject's key; and whoever holds the lock only reads key rows or adds new ones, so it never waits
for somebody who is erasing one and waits for the lock in turn.

An erased key still exists in backups until they expire, and in freed pages of the database file until
these are overwritten or vacuumed; it is wrapped by the installation's own keys in both places.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from mingcha.base import clock
from mingcha.base.crypto.keys import KEY_BYTES, KeyRing, Undecipherable
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.kernel.digest import canonical_json
from mingcha.kernel.refusal import Refusal, Refused
from mingcha.ledger.canonical import abridged, plain
from mingcha.ledger.models import Record, SubjectKey

ERASED: Final = _("已删除（依据个人信息保护法第47条）")
MASKED: Final = _("个人信息（已加密）")
UNREADABLE: Final = _("无法读出（密钥缺失或不符）")

#: What stands in place of a ciphertext when the subject was erased in the same unit of work.
NOT_KEPT: Final = ""

_REVEALERS = (Role.OVERSEER, Role.BUREAU_LEADER)


def may_reveal(viewer: Viewer) -> bool:
    """Whether the viewer may read personal values in the ledger: overseer and leader of the bureau."""
    if isinstance(viewer, Officer):
        return any(grant.reach == Reach.BUREAU for grant in viewer.grants_of(_REVEALERS))
    return isinstance(viewer, System)


def reveal(record: Record, viewer: Viewer) -> dict[str, Any]:
    """The record's personal values in clear, or for each what became of it (erased, unreadable).

    Raises Refused when the viewer may not read them.
    """
    if not may_reveal(viewer):
        raise Refused(
            Refusal(
                code="ledger.reveal.not_allowed",
                message=gettext_noop("您无权查看这条记录中的个人信息"),
                basis=gettext_noop("个人信息保护法第6条、第51条"),
                remedy=gettext_noop("确因工作需要的，请由督导员或局领导查看"),
            )
        )
    return Rings.reading([record]).values_of(record)


class Rings:
    """The keys of some subjects: a ring each, generations being its versions."""

    def __init__(self, rings: Mapping[str, KeyRing], erased: frozenset[tuple[str, int]]) -> None:
        self._rings = rings
        self._erased = erased

    @classmethod
    def reading(cls, records: Iterable[Record]) -> Rings:
        """The keys that these records need, in one query."""
        subjects = {record.subject for record in records if record.personal}
        keys: dict[str, dict[int, bytes]] = {}
        erased: set[tuple[str, int]] = set()
        for row in SubjectKey.objects.filter(subject__in=subjects) if subjects else ():
            if row.erased_at is None:
                keys.setdefault(row.subject, {})[row.generation] = base64.b64decode(row.wrapped_key)
            else:
                erased.add((row.subject, row.generation))
        rings = {subject: KeyRing(generations, setting=subject) for subject, generations in keys.items()}
        return cls(rings, frozenset(erased))

    def values_of(self, record: Record) -> dict[str, Any]:
        """The record's personal values; ERASED or UNREADABLE where a value is no longer there."""
        return {name: self._value(record, name, token) for name, token in record.personal.items()}

    def _value(self, record: Record, name: str, token: str) -> Any:
        if token == NOT_KEPT:
            return ERASED
        ring = self._rings.get(record.subject)
        try:
            generation = _generation(token)
            if (record.subject, generation) in self._erased:
                return ERASED
            if ring is None:
                return UNREADABLE
            return json.loads(ring.decrypt(token, _place(record.seq, record.subject, name)))
        except (Undecipherable, ValueError):
            return UNREADABLE


def rings_for_writing(subjects: Collection[str]) -> dict[str, KeyRing]:
    """The live key of each subject, drawn now where there is none. The ledger's lock must be held."""
    rows = {row.subject: row for row in SubjectKey.objects.filter(subject__in=subjects, erased_at=None)}
    for subject in sorted(set(subjects) - rows.keys()):
        rows[subject] = _draw_key(subject)
    return {
        subject: KeyRing({row.generation: base64.b64decode(row.wrapped_key)}, setting=subject)
        for subject, row in rows.items()
    }


def sealed(ring: KeyRing, *, seq: int, subject: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Each value as a ciphertext bound to its record, subject and field."""
    return {
        name: ring.encrypt(canonical_json(abridged(plain(value))), _place(seq, subject, name))
        for name, value in values.items()
    }


def _draw_key(subject: str) -> SubjectKey:
    last = SubjectKey.objects.filter(subject=subject).aggregate(last=Max("generation"))["last"] or 0
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return SubjectKey.objects.create(
        subject=subject, generation=last + 1, wrapped_key=key, created_at=clock.now()
    )


def _place(seq: int, subject: str, name: str) -> bytes:
    return canonical_json(["ledger.record", seq, subject, name])


def _generation(token: str) -> int:
    return int(token.removeprefix("v").partition(":")[0])
