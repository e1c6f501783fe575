"""回避: the firm applies by its code that somebody stays away."""

from __future__ import annotations

from mingcha.base.service import service
from mingcha.base.viewers import Capability
from mingcha.enterprise.doors import Door, open_door
from mingcha.enterprise.recusing import may_recuse
from mingcha.inspection.models import RecusalApplication
from mingcha.inspection.services import Applied, apply_for_recusal
from mingcha.inspection.services.common import held


@service
def recuse(*, actor: Capability, door: Door, application: Applied) -> RecusalApplication:
    """Take the application down; Refused by a code that is void by now (`may_recuse`), and as
    `apply_for_recusal` refuses."""
    # Whoever issues another code or ends the visit waits for this, or has been before it.
    inspection = held(actor, door.inspection)
    may_recuse(open_door(door.token))
    return apply_for_recusal(actor=actor, inspection=inspection, application=application)
