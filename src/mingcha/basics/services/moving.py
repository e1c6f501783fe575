"""How any row with a `state` goes on along its lifecycle: asked of the table, then said to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mingcha.base.events import Moved, Personal, Thing
from mingcha.base.service import emit
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles
from mingcha.kernel.lifecycle import Lifecycle

F = TypeVar("F")


def move(
    one: Any,
    lifecycle: Lifecycle[F],
    verb: str,
    actor: Viewer,
    facts: F,
    event: Callable[..., Moved],
    *,
    reason: str = "",
    thing: Thing | None = None,
    personal: Personal | None = None,
    **after: Any,
) -> None:
    """Move a row with a `state` and say so, or raise `Refused` with every reason why not. The caller saves.

    `thing` is what the event is about where it is not the row under its own name; `personal` is what only
    the ledger's encrypted part may hold, the reason with it; `after` is what else the event tells.
    """
    before = str(one.get_state_display())
    one.state = lifecycle.decide(one.state, verb, acting_roles(actor), facts, reason=reason).target
    emit(
        event(
            thing=Thing.of(one) if thing is None else thing,
            before={"state": before},
            after={"state": str(one.get_state_display()), **after},
            why=reason.strip() if personal is None else "",
            personal=personal,
            target=one.state,
        )
    )
