"""Void a sealed draw before its random value exists; its number stays in the register for ever (N4)."""

from __future__ import annotations

from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.planning.events import DrawVoided
from mingcha.planning.models import Draw
from mingcha.planning.services.common import advance, locked, register_event


@service
def void(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """Void the draw; refused once digits have been entered, because the result is then determined."""
    draw = locked(draw, actor)
    advance(draw, "void", actor, reason=reason)
    draw.void_reason = reason
    draw.save(update_fields=["void_reason", "state"])
    register_event(draw, "作废", detail={"reason": reason})
    emit(DrawVoided(thing=Thing.of(draw), why=reason))
    return draw
