"""The one spelling of a record, and what a value must look like to get into it.

FORMAT.md describes it for strangers; change neither without a new FORMAT_VERSION.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

from django.utils.duration import duration_iso_string
from django.utils.functional import Promise

from mingcha.kernel.digest import canonical_json, chain_digest, hex_digest

FORMAT_VERSION: Final = 1

#: JSON readers that keep numbers as doubles would round anything beyond.
MAX_INTEGER: Final = 2**53 - 1
#: One value above this many bytes of canonical JSON is kept as its digest and beginning only.
MAX_VALUE_BYTES: Final = 4_000
#: All values of one side of a record together; more is a fault of the emitting service.
MAX_SIDE_BYTES: Final = 64_000
#: Longest reason, in characters, that is kept whole.
MAX_WHY: Final = 4_000
START_LENGTH: Final = 200
ABRIDGED: Final = "abridged"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT: Final = "\ufffd"


class TooLarge(ValueError):
    """An event carries more than a record may hold."""


@dataclass(frozen=True)
class Content:
    """Everything a record says, except its place in the chain (`prev`, `digest`)."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    event: str
    thing_type: str
    thing_id: int
    thing_label: str
    before: dict[str, Any]
    after: dict[str, Any]
    why: str
    subject: str
    personal: dict[str, str]
    algorithm: str

    def payload(self) -> bytes:
        """The canonical bytes that the digest covers. Raises ValueError for content that has none."""
        return canonical_json(
            {
                "actor": self.actor,
                "actor_name": self.actor_name,
                "after": self.after,
                "algorithm": self.algorithm,
                "at": utc_text(self.at),
                "before": self.before,
                "event": self.event,
                "personal": self.personal,
                "seq": self.seq,
                "subject": self.subject,
                "thing": {"id": self.thing_id, "label": self.thing_label, "type": self.thing_type},
                "version": FORMAT_VERSION,
                "why": self.why,
            }
        )

    def digest(self, prev: str) -> str:
        """The digest that links this content to `prev`."""
        return chain_digest(prev, self.payload(), self.algorithm)


def line(content: Content, prev: str, digest: str) -> bytes:
    """One exported line without its line feed; `payload` stands in it byte for byte."""
    return b'{"digest":"%s","prev":"%s","record":%s}' % (digest.encode(), prev.encode(), content.payload())


def utc_text(moment: datetime) -> str:
    """An aware moment in UTC with microseconds: 2026-03-01T01:02:03.000004Z. ValueError when naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment in the ledger must be aware")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def clean_text(value: str) -> str:
    """Text that both databases can store: NUL and lone surrogates become U+FFFD."""
    return _UNSTORABLE.sub(_REPLACEMENT, value)


def shortened(value: str, limit: int) -> str:
    """Clean text of at most `limit` characters, its end marked when it was cut."""
    text = clean_text(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain(value: Any) -> Any:
    """`value` in the types that canonical JSON knows: None, bool, int, text, lists, text-keyed mappings.

    Dates become ISO 8601, decimals and floats their text, integers beyond ±(2^53−1) text, sets sorted
    lists, lazy translations text. Raises TypeError for anything else, ValueError when two keys of a
    mapping become the same.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) <= MAX_INTEGER else str(int(value))
    if isinstance(value, str | Promise):
        return clean_text(str(value))
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, set | frozenset):
        return sorted((plain(entry) for entry in value), key=canonical_json)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain(entry) for entry in value]
    return _plain_scalar(value)


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, entry in value.items():
        name = plain(key)
        if not isinstance(name, str):
            name = str(name)
        if name in found:
            raise ValueError(f"two keys become {name!r}")
        found[name] = plain(entry)
    return found


def _plain_scalar(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds") if value.tzinfo is None else utc_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot enter the ledger; give its plain values")


def side(values: Mapping[str, Any]) -> dict[str, Any]:
    """One side (before or after) of a record: plain, each long value abridged.

    Raises TooLarge when even so it passes MAX_SIDE_BYTES: an event names what changed, not a whole list.
    """
    found = {name: abridged(value) for name, value in _plain_mapping(values).items()}
    size = len(canonical_json(found))
    if size > MAX_SIDE_BYTES:
        raise TooLarge(f"{size} bytes on one side of an event; at most {MAX_SIDE_BYTES}")
    return found


def abridged(value: Any) -> Any:
    """`value`, or when it is long what still proves it: its size, its SHA-256 and how it begins."""
    spelled = canonical_json(value)
    if len(spelled) <= MAX_VALUE_BYTES:
        return value
    start = value if isinstance(value, str) else spelled.decode()
    return {ABRIDGED: {"bytes": len(spelled), "sha256": hex_digest(spelled), "start": start[:START_LENGTH]}}
