"""Void a sealed draw without a random value; its number stays in the register for ever (N4).

A draft has no number yet: it is dropped, and stays inside with its reason.
"""

from __future__ import annotations

from mingcha.accounts import duties
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.planning.events import DrawDropped, DrawVoided
from mingcha.planning.models import Draw
from mingcha.planning.services.common import advance, register_event


@service
def void(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """Void the draw before the announced moment; afterwards anybody may know what the balls say."""
    return _void(actor, draw, "void", reason)


@service
def abandon(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """Void a draw whose balls were never drawn: a second person, who did not seal it, answers for that."""
    duties.perform(actor=actor, duty="draw.confirm", thing=Thing.of(draw))
    return _void(actor, draw, "abandon", reason)


@service
def drop(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """Give a draft up that was begun by mistake or is not needed any more."""
    draw = locked(draw, actor)
    advance(draw, "drop", actor, reason=reason)
    draw.void_reason = reason
    draw.save(update_fields=["void_reason", "state"])
    emit(DrawDropped(thing=Thing.of(draw), why=reason))
    return draw


def _void(actor: Officer, draw: Draw, verb: str, reason: str) -> Draw:
    draw = locked(draw, actor)
    advance(draw, verb, actor, reason=reason)
    draw.void_reason = reason
    draw.save(update_fields=["void_reason", "state"])
    register_event(draw, "作废", detail={"reason": reason, "after_reveal": verb == "abandon"})
    emit(DrawVoided(thing=Thing.of(draw), why=reason))
    return draw
