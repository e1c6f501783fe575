"""What a code at a door is worth: ours or forged, of which visit, and whether it may be shown now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mingcha.base import clock
from mingcha.base.crypto import signing
from mingcha.base.crypto.signing_keys import public_keys
from mingcha.base.viewers import Capability, System
from mingcha.basics.selectors import parameters
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection, VisitPackage
from mingcha.inspection.packages import DOOR
from mingcha.inspection.selectors import with_people

#: How many days the page stands after they have left; how many days one may rate.
PAGE_DAYS, RATING_DAYS = "DOOR_PAGE_DAYS", "RATING_DAYS"
_PLATFORM = System(purpose="door")


class Standing(StrEnum):
    """How a code that this platform has signed stands today."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    PAST = "past"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Door:
    """A code that this platform has signed: of which visit, what it says, how it stands."""

    token: str
    standing: Standing
    issue: VisitPackage
    inspection: Inspection
    viewer: Capability
    said: dict[str, Any]

    @property
    def valid(self) -> bool:
        return self.standing == Standing.VALID

    @property
    def ended(self) -> bool:
        """Whether the visit is over: the code opens nobody's door, the firm may still say what it thinks."""
        return self.standing == Standing.ENDED

    @property
    def past(self) -> bool:
        """Whether the visit is so long over that the code says nothing more."""
        return self.standing == Standing.PAST

    @property
    def until(self) -> datetime:
        return self.issue.expires_at


def open_door(token: str) -> Door:
    """The door that a code opens. Raises `signing.Forged` for what this platform has not signed as one."""
    said = signing.read(token, public_keys())
    if said.get("typ") != DOOR:
        raise signing.Forged("malformed")
    issues = VisitPackage.objects.visible_to(_PLATFORM).filter(ref=str(said.get("p")), token=token)
    issue: VisitPackage | None = issues.first()
    if issue is None:
        raise signing.Forged("unknown_visit")
    viewer = door_viewer(issue.inspection_id)
    inspection = with_people(Inspection.objects.visible_to(viewer)).get(pk=issue.inspection_id)
    return Door(token, _standing(issue, inspection), issue, inspection, viewer, said)


def door_viewer(inspection_id: int) -> Capability:
    """Who holds the code of a visit: sees that visit's public facts and nothing else."""
    return Capability("door", Inspection._meta.label_lower, inspection_id)


def last_moment(left_at: datetime) -> datetime:
    """Until when the page behind the code stands after they have left; never shorter than one may rate."""
    days = max(parameters.value(code).as_int() for code in (PAGE_DAYS, RATING_DAYS))
    return left_at + timedelta(days=days)


def _standing(issue: VisitPackage, inspection: Inspection) -> Standing:
    newer = VisitPackage.objects.visible_to(_PLATFORM).filter(inspection=inspection, number__gt=issue.number)
    if newer.exists():
        return Standing.SUPERSEDED
    if inspection.state in (states.CANCELLED, states.UNVISITED):
        return Standing.CANCELLED
    if inspection.left_at is not None:
        return Standing.PAST if clock.now() > last_moment(inspection.left_at) else Standing.ENDED
    if issue.withdrawn:
        return Standing.WITHDRAWN
    return Standing.VALID if issue.expires_at > clock.now() else Standing.EXPIRED
