"""Take the source that the sealed plan named for the case that the first gives no value (protocol §5.2)."""

from __future__ import annotations

from mingcha.accounts import duties
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.planning.events import FallbackTaken
from mingcha.planning.models import Draw
from mingcha.planning.services.common import advance


@service
def use_fallback(*, actor: Officer, draw: Draw, reason: str) -> Draw:
    """A second person, who did not seal, says why the first source failed; the reason is public.

    Refused once the fallback's own moment has come: of two known results nobody chooses one.
    """
    draw = locked(draw, actor)
    advance(draw, "use_fallback", actor, reason=reason)
    duties.perform(actor=actor, duty="draw.confirm", thing=Thing.of(draw))
    assert draw.fallback_at is not None  # noqa: S101  the guard has just looked
    before = draw.reveal_at
    draw.fallback_reason, draw.reveal_at = reason, draw.fallback_at
    draw.save(update_fields=["fallback_reason", "reveal_at", "state"])
    emit(
        FallbackTaken(
            thing=Thing.of(draw),
            before={"reveal_at": before, "plan_digest": draw.plan_digest},
            after={"reveal_at": draw.reveal_at, "plan_digest": draw.used_digest},
            why=reason,
        )
    )
    return draw
