"""Open the result of a draw: at once, or for a sealed one when the visits are over (protocol §7.0 T5)."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role
from mingcha.basics.services import deadlines
from mingcha.kernel.refusal import gettext_noop
from mingcha.planning.events import DrawOpened, SecretRead
from mingcha.planning.lifecycle import OPENING_RULE
from mingcha.planning.models import Draw, DrawSecret
from mingcha.planning.services.common import advance


def publish_or_keep(actor: Officer, draw: Draw) -> None:
    """Right after drawing: an open draw is public with the same breath, a sealed one gets its last day.

    The caller has not saved the draw yet and this saves it, once: PostgreSQL checks every foreign key of a
    row that one transaction writes twice, and would wait for whoever is sealing at the same moment.
    """
    if draw.open_by is None:
        _open(actor, draw, "drawn_at")
        return
    draw.save(update_fields=["drawn_at", "state"])
    # The coordinator has the opening on the list of next steps; the deadline watches for the overseer (N9).
    deadlines.start(
        actor=actor,
        rule=OPENING_RULE,
        thing=Thing.of(draw),
        started_on=clock.today(),
        owner=deadlines.Owner(role=Role.OVERSEER),
        due_on=max(draw.open_by, clock.today()),
    )


@service
def open_result(*, actor: Officer, draw: Draw) -> Draw:
    """Make roster, result and secret of a sealed draw public; refused while its visits go on."""
    draw = locked(draw, actor)
    _open(actor, draw)
    deadlines.meet(actor=actor, rule=OPENING_RULE, thing=Thing.of(draw))
    return draw


@service
def read_secret(*, actor: Officer, draw: Draw) -> str:
    """The escrow copy of the sealed value for the overseer; that it was read is recorded, the value is not.

    With it the draw can be repeated even if the platform is lost (protocol §5.1).
    """
    require_role(actor, (Role.OVERSEER,), gettext_noop("查看封存值托管件"))
    kept = DrawSecret.objects.visible_to(actor).get(draw=draw)
    emit(SecretRead(thing=Thing.of(draw)))
    return kept.value


def _open(actor: Officer, draw: Draw, *also: str) -> None:
    """Move on and save, together with the fields that the caller has set."""
    advance(draw, "open", actor)
    draw.opened_at = clock.now()
    draw.save(update_fields=["opened_at", "state", *also])
    late = draw.open_by is not None and clock.today() > draw.open_by
    emit(DrawOpened(thing=Thing.of(draw), after={"late": late}))
