"""Reading the ledger: its end, the history of a thing, and a record's changes in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mingcha.base.viewers import Viewer
from mingcha.kernel.digest import GENESIS
from mingcha.ledger.models import Head, Record
from mingcha.ledger.personal import MASKED, Rings, may_reveal
from mingcha.ledger.words import ModelField, event_label, field_label, field_of, value_text
from mingcha.web.providers import HistoryEntry

#: A thing's page shows this many of its latest events; the ledger's own register has them all.
HISTORY_LENGTH = 200

#: (field label, before, after); an empty text is nothing.
Change = tuple[str, str, str]


def tail() -> tuple[int, str, str]:
    """Number, digest and algorithm of the last record; 0, zeros and no algorithm while there is none."""
    last = Record.objects.order_by("-seq").values_list("seq", "digest", "algorithm").first()
    return last or (0, GENESIS, "")


def latest_head() -> Head | None:
    """The head of the last sealed day."""
    return Head.objects.order_by("-day").first()


def history_of(viewer: Viewer, thing_type: str, thing_id: int) -> list[HistoryEntry]:
    """What happened to a thing, latest first. The caller has seen to it that the viewer may see the thing.

    Personal values are masked unless the viewer may read them.
    """
    records = list(
        Record.objects.filter(thing_type=thing_type, thing_id=thing_id).order_by("-seq")[:HISTORY_LENGTH]
    )
    rings = _rings_for(viewer, records)
    return [
        HistoryEntry(
            at=record.at,
            who=record.actor_name,
            what=event_label(record.event),
            why=record.why,
            changes=tuple(_changes(record, rings)),
            digest=record.digest,
        )
        for record in records
    ]


def changes_of(record: Record, viewer: Viewer) -> list[Change]:
    """A record's changes; personal values masked unless the viewer may read them."""
    return list(_changes(record, _rings_for(viewer, [record])))


def _rings_for(viewer: Viewer, records: list[Record]) -> Rings | None:
    return Rings.reading(records) if may_reveal(viewer) else None


def _changes(record: Record, rings: Rings | None) -> Iterator[Change]:
    for name in dict.fromkeys((*record.before, *record.after)):
        field = field_of(record.thing_type, name)
        before, after = record.before.get(name), record.after.get(name)
        yield field_label(record.event, field, name), value_text(before, field), value_text(after, field)
    values = rings.values_of(record) if rings else dict.fromkeys(record.personal, MASKED)
    for name, value in values.items():
        field = field_of(record.thing_type, name)
        yield field_label(record.event, field, name), *_personal_sides(value, field)


def _personal_sides(value: Any, field: ModelField | None) -> tuple[str, str]:
    """Both sides of a personal value: {"before": …, "after": …}, or else what it is after the event."""
    if isinstance(value, dict) and value.keys() == {"before", "after"}:
        return value_text(value["before"], field), value_text(value["after"], field)
    return "", value_text(value, field)
