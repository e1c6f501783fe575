"""The table of requests for 候补 and 更换 keeps what every lifecycle promises."""

from __future__ import annotations

from hypothesis import strategies as st

from mingcha.kernel.testing import check_lifecycle
from mingcha.planning.dispatch.change_lifecycle import CHANGE, ChangeFacts


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    check_lifecycle(CHANGE, st.builds(ChangeFacts, own=st.booleans()))


def test_who_asks_is_never_among_those_who_decide() -> None:
    for row in (row for row in CHANGE.transitions if row.roles):
        decides = row.verb in ("approve", "reject")
        assert CHANGE.preview("waiting", row.verb, row.roles, ChangeFacts(own=decides)).refusals
