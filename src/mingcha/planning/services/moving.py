"""How a plan, a campaign or a batch of tasks goes on along its lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mingcha.base.events import Event, Thing
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
    event: Callable[..., Event],
    *,
    reason: str = "",
    **after: Any,
) -> None:
    """Move a row with a `state` and say so, or raise `Refused` with every reason why not. The caller saves.

    `event` is told the states in words, what else is known `after`, and the new state's code as `target`.
    """
    before = str(one.get_state_display())
    one.state = lifecycle.decide(one.state, verb, acting_roles(actor), facts, reason=reason).target
    emit(
        event(
            thing=Thing.of(one),
            before={"state": before},
            after={"state": str(one.get_state_display()), **after},
            why=reason.strip(),
            target=one.state,
        )
    )
