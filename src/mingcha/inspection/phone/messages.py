"""What a phone sends, read strictly: anything that is not as it should be raises `Unreadable`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mingcha.inspection.arriving import Place
from mingcha.inspection.form.fields import DESK
from mingcha.inspection.models import Entry
from mingcha.inspection.services.evidence import Announced
from mingcha.inspection.services.form import Written
from mingcha.kernel.forms import OpId, Scalar, Sight
from mingcha.web.api import Unreadable

#: Years that a clock may show.
_EARLIEST, _LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
#: What no database keeps: a NUL, half of a character.
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
#: The form refuses a text that is too long by itself; here only what nobody can have typed.
_LONGEST = 100_000
#: Devices that write one form, and the characters of such a name.
_MOST_WRITERS, _LONGEST_CLIENT = 100, 40
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Arrival:
    """入企 as a phone has noted it."""

    at: datetime
    via: str
    place: Place | None
    reason: str
    platform_number: str
    licence: str
    people: tuple[int, ...]


@dataclass(frozen=True)
class Departure:
    """离开."""

    at: datetime
    place: Place | None


@dataclass(frozen=True)
class Batch:
    """One sending: what was noted of coming and going, and changes of the form in the order they were made.

    `after` is the newest change of others that the phone knows.
    """

    after: int
    enter: Arrival | None
    ops: tuple[Written, ...]
    leave: Departure | None
    submit: bool


def batch(content: Mapping[str, Any]) -> Batch:
    """What a phone sends to bring its form and the platform's together."""
    client = _text(content, "client")
    if client == DESK:
        raise Unreadable("client")
    ops = content.get("ops", [])
    if not isinstance(ops, list):
        raise Unreadable("ops")
    enter, leave = content.get("enter"), content.get("leave")
    return Batch(
        after=_number(content, "after"),
        enter=_arrival(_object(enter)) if enter is not None else None,
        ops=tuple(_op(client, _object(one)) for one in ops),
        leave=_departure(_object(leave)) if leave is not None else None,
        submit=content.get("submit") is True,
    )


def announced(content: Mapping[str, Any]) -> Announced:
    """A file that will come."""
    point, before = content.get("point"), content.get("sight")
    place = place_of(content.get("place"))
    return Announced(
        uuid=_uuid(_text(content, "uuid")),
        kind=_text(content, "kind"),
        name=_text(content, "name"),
        sha256=_text(content, "sha256"),
        size=_number(content, "size"),
        taken_at=_moment(content),
        point=_whole(point, "point") if point is not None else None,
        lat=round(place.latitude, 5) if place else None,
        lon=round(place.longitude, 5) if place else None,
        sight=_sight(_object(before)) if before is not None else None,
    )


def place_of(content: Any) -> Place | None:
    """Where the phone was, None where it did not know."""
    if content is None:
        return None
    found = _object(content)
    try:
        lat, lon = (Decimal(str(found[name])) for name in ("lat", "lon"))
        accuracy = found.get("accuracy")
        metres = None if accuracy is None else min(max(int(accuracy), 0), 10**9)
        if not (lat.is_finite() and lon.is_finite()):
            raise ValueError
        return Place(lat, lon, metres)
    except (KeyError, ValueError, TypeError, OverflowError, InvalidOperation):
        raise Unreadable("place") from None


def _sight(content: Mapping[str, Any]) -> Sight:
    upto, digest = _object(content.get("upto")), _text(content, "digest")
    if len(upto) > _MOST_WRITERS or not _DIGEST.fullmatch(digest):
        raise Unreadable("sight")
    if any(_UNKEEPABLE.search(client) or len(client) > _LONGEST_CLIENT for client in upto):
        raise Unreadable("sight")
    return Sight({client: _whole(seq, "sight") for client, seq in upto.items()}, digest)


def _op(client: str, content: Mapping[str, Any]) -> Written:
    parents = content.get("parents", [])
    if not isinstance(parents, list):
        raise Unreadable("parents")
    return Written(
        client=client,
        seq=_number(content, "seq"),
        field=_text(content, "field"),
        value=_scalar(content.get("value")),
        at=_moment(content),
        parents=frozenset(_id(one) for one in parents),
    )


def _id(content: Any) -> OpId:
    if not isinstance(content, list) or len(content) != 2 or not isinstance(content[0], str):
        raise Unreadable("parents")
    if _UNKEEPABLE.search(content[0]):
        raise Unreadable("parents")
    return content[0][:_LONGEST_CLIENT], _whole(content[1], "parents")


def _arrival(content: Mapping[str, Any]) -> Arrival:
    people, via = content.get("people", []), content.get("via")
    if not isinstance(people, list):
        raise Unreadable("people")
    if via not in Entry.Via.values:
        raise Unreadable("via")
    return Arrival(
        at=_moment(content),
        via=str(via),
        place=place_of(content.get("place")),
        reason=_optional(content, "reason"),
        platform_number=_optional(content, "platform_number"),
        licence=_optional(content, "licence"),
        people=tuple(_whole(one, "people") for one in people),
    )


def _departure(content: Mapping[str, Any]) -> Departure:
    return Departure(at=_moment(content), place=place_of(content.get("place")))


def _moment(content: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(_text(content, "at").replace("Z", "+00:00"))
    except ValueError:
        raise Unreadable("at") from None
    if found.tzinfo is None:
        raise Unreadable("at")
    # A phone whose battery was flat may believe that it is 1970: what it brings is taken all the same.
    return min(max(found, _EARLIEST), _LATEST)


def _scalar(value: Any) -> Scalar:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    raise Unreadable("value")


def _object(content: Any) -> Mapping[str, Any]:
    if not isinstance(content, dict):
        raise Unreadable("object")
    return content


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST or _UNKEEPABLE.search(value):
        raise Unreadable(name)
    return value


def _optional(content: Mapping[str, Any], name: str) -> str:
    return _text(content, name) if content.get(name) is not None else ""


def _number(content: Mapping[str, Any], name: str) -> int:
    return _whole(content.get(name), name)


def _whole(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise Unreadable(name)
    return value


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Unreadable("uuid") from None
