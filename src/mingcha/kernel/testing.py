"""Checks that tests of every app call: `refused`, and property checks for lifecycles.

    def test_the_obligation_keeps_the_promises_of_every_lifecycle() -> None:
        check_lifecycle(OBLIGATION, st.builds(ObligationFacts, overdue=st.booleans()))

Hypothesis is imported inside the functions, so that the kernel itself needs the standard library only.
Each check raises AssertionError with a sentence that names the lifecycle and what broke.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from mingcha.kernel.lifecycle import SYSTEM, Lifecycle, Preview
from mingcha.kernel.refusal import Refusal, Refused

if TYPE_CHECKING:
    from hypothesis import strategies as st

__all__ = ["check_diagram", "check_lifecycle", "check_refusal", "check_table", "check_walks", "refused"]

F = TypeVar("F")

STRANGER = "nobody_in_the_table"
"""A role that no table contains."""

_CHINESE = re.compile(r"[一-鿿]")


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What stands inside must be refused, for the reason of this code: `with refused("visit.twice"): …`."""
    try:
        yield
    except Refused as raised:
        if code not in raised.codes:
            raise AssertionError(f"refused for {raised.codes}, not for {code}") from raised
    else:
        raise AssertionError(f"not refused; expected {code}")


def check_lifecycle(
    lifecycle: Lifecycle[F], facts: st.SearchStrategy[F], *, examples: int = 100, max_steps: int = 20
) -> None:
    """Run every check below: the table, the diagram, then `examples` random walks of `max_steps`."""
    check_table(lifecycle)
    check_diagram(lifecycle)
    check_walks(lifecycle, facts, examples=examples, max_steps=max_steps)


def check_table(lifecycle: Lifecycle[F]) -> None:
    """Final states are left by nothing, every state is reached, labels are Chinese, roles have names."""
    reached = {lifecycle.initial} | {row.target for row in lifecycle.transitions}
    for state in lifecycle.states:
        _hold(lifecycle, state.code in reached, f"state {state.code} is reached by nothing")
        left = state.final and bool(lifecycle.leaving(state.code))
        _hold(lifecycle, not left, f"state {state.code} is final but left")
        _hold(lifecycle, _is_chinese(state.label), f"state {state.code} has no Chinese label")
    for row in lifecycle.transitions:
        _hold(lifecycle, _is_chinese(row.label), f"verb {row.verb} has no Chinese label")
        for role in row.roles:
            named = _is_chinese(lifecycle.role_labels.get(role, ""))
            _hold(lifecycle, named, f"role {role} of verb {row.verb} has no Chinese name")


def check_diagram(lifecycle: Lifecycle[F]) -> None:
    """The diagram mentions each state and verb and is the same text every time."""
    diagram = lifecycle.mermaid()
    _hold(lifecycle, diagram == lifecycle.mermaid(), "the diagram changes between two calls")
    for state in lifecycle.states:
        _hold(lifecycle, f"s_{state.code}" in diagram, f"the diagram lacks state {state.code}")
    for row in lifecycle.transitions:
        _hold(lifecycle, f" {row.verb}（" in diagram, f"the diagram lacks verb {row.verb}")


def check_refusal(refusal: Refusal) -> None:
    """A refusal says in Chinese what happened, on what it rests and what to do."""
    for part in ("message", "basis", "remedy"):
        if not _is_chinese(refusal.shown(part)):
            raise AssertionError(f"refusal {refusal.code}: its {part} is no Chinese text")


def check_walks(
    lifecycle: Lifecycle[F], facts: st.SearchStrategy[F], *, examples: int = 100, max_steps: int = 20
) -> None:
    """Random walks: anybody tries any verb with any facts; only what the table allows ever happens."""
    from hypothesis import given, settings
    from hypothesis import strategies as st

    verbs = st.sampled_from(sorted({row.verb for row in lifecycle.transitions}) + ["no_such_verb"])
    everyone = {role for row in lifecycle.transitions for role in row.roles} | {SYSTEM, STRANGER}
    roles = st.frozensets(st.sampled_from(sorted(everyone)), max_size=len(everyone))
    steps = st.lists(st.tuples(verbs, roles, facts), max_size=max_steps)

    @settings(max_examples=examples, database=None)
    @given(steps)
    def walk(tries: list[tuple[str, frozenset[str], F]]) -> None:
        state = lifecycle.initial
        for verb, held, known in tries:
            state = _step(lifecycle, state, verb, held, known)

    walk()


def _step(lifecycle: Lifecycle[F], state: str, verb: str, roles: frozenset[str], facts: F) -> str:
    """Try one verb, check what came of it and return the state afterwards."""
    here = f"{verb} from {state} by {sorted(roles)}"
    seen = lifecycle.preview(state, verb, roles, facts)
    _hold(lifecycle, seen == lifecycle.preview(state, verb, roles, facts), f"{here} is answered in two ways")
    try:
        row = lifecycle.decide(state, verb, roles, facts, reason="理由")
    except Refused as refused:
        _hold(lifecycle, not seen.allowed, f"{here} was offered, then refused")
        for refusal in refused.refusals:
            check_refusal(refusal)
        return state
    _hold(lifecycle, seen == Preview(row, ()), f"{here} was refused, then done")
    _hold(lifecycle, not lifecycle.state(state).final, f"{here} leaves a final state")
    _hold(lifecycle, bool(roles & row.actors), f"{here} was done by somebody outside the table")
    _hold(lifecycle, row in lifecycle.verbs(state, roles), f"{here} was done without a button")
    return lifecycle.state(row.target).code


def _hold(lifecycle: Lifecycle[F], condition: bool, broken: str) -> None:
    if not condition:
        raise AssertionError(f"{lifecycle.name}: {broken}")


def _is_chinese(text: str) -> bool:
    return _CHINESE.search(text) is not None
