"""Appending to the chain: the last thing a unit of work does (design §4.3).

The outermost service hands over its events as its last statement. Only then is the ledger's lock taken,
so whoever holds it has nothing left to wait for: appending mid-way deadlocks under many writers. A
failure here fails the whole service, so nothing happens that is not recorded.

`transaction.atomic()` around a service keeps the lock until that outer block ends; such code must not
touch other rows afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.db import connection

from mingcha.base.service import Happening
from mingcha.kernel.digest import GENESIS
from mingcha.ledger.canonical import MAX_WHY, Content, shortened, side
from mingcha.ledger.events import SubjectErased
from mingcha.ledger.models import LABEL_LENGTH, NAME_LENGTH, Record
from mingcha.ledger.personal import NOT_KEPT, rings_for_writing, sealed

#: The advisory lock's key on PostgreSQL ("mingcha" and a 1, as a 64-bit number).
LOCK_KEY: Final = int.from_bytes(b"mingcha\x01")


def append(happenings: Sequence[Happening]) -> None:
    """Put the events of one unit of work at the end of the chain, in their order."""
    # What needs no lock comes first: the lock is held by one writer at a time.
    drafts = [_draft(happening) for happening in happenings]
    _lock()
    seq, prev = _tail()
    ciphertexts = _Ciphertexts(happenings)
    records = []
    for happening, draft in zip(happenings, drafts, strict=True):
        seq += 1
        subject, personal = ciphertexts.of(happening, seq)
        content = Content(seq=seq, subject=subject, personal=personal, **draft)
        prev, before = content.digest(prev), prev
        records.append(Record(prev=before, digest=prev, **vars(content)))
    Record.objects.bulk_create(records)


def _draft(happening: Happening) -> dict[str, Any]:
    event = happening.event
    return {
        "at": happening.at,
        "actor": shortened(happening.actor.reference, NAME_LENGTH),
        "actor_name": shortened(str(happening.actor.name), NAME_LENGTH),
        "event": event.code,
        "thing_type": event.thing.type,
        "thing_id": event.thing.id,
        "thing_label": shortened(str(event.thing.label), LABEL_LENGTH),
        "before": side(event.before),
        "after": side(event.after),
        "why": shortened(str(event.why), MAX_WHY),
        "algorithm": settings.LEDGER_ALGORITHM,
    }


def _lock() -> None:
    """One writer at a time until its transaction ends; on SQLite BEGIN IMMEDIATE has done it already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])


def _tail() -> tuple[int, str]:
    # A statement of its own after the lock: its snapshot must see what the last holder committed.
    last = Record.objects.order_by("-seq").values_list("seq", "digest").first()
    return last or (0, GENESIS)


class _Ciphertexts:
    """The personal values of one unit of work, under their subjects' keys."""

    def __init__(self, happenings: Sequence[Happening]) -> None:
        events = [happening.event for happening in happenings]
        # What is erased in this unit of work must not come back through its own later events.
        self._erased = {event.thing.label for event in events if isinstance(event, SubjectErased)}
        subjects = {event.personal.subject for event in events if event.personal and event.personal.values}
        subjects -= self._erased
        self._rings = rings_for_writing(subjects) if subjects else {}

    def of(self, happening: Happening, seq: int) -> tuple[str, dict[str, str]]:
        """Subject and ciphertexts of one event."""
        personal = happening.event.personal
        if personal is None or not personal.values:
            return "", {}
        subject = personal.subject
        if subject in self._erased:
            return subject, dict.fromkeys(personal.values, NOT_KEPT)
        return subject, sealed(self._rings[subject], seq=seq, subject=subject, values=personal.values)
