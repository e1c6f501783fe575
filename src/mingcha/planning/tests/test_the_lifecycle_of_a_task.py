from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from mingcha.kernel.testing import check_lifecycle
from mingcha.planning.dispatch.lifecycle import TASK, TaskFacts


def test_the_table_of_a_task_holds_together() -> None:
    check_lifecycle(
        TASK,
        st.builds(
            TaskFacts,
            today=st.just(date(2026, 11, 23)),
            visit_until=st.dates(date(2026, 11, 21), date(2026, 11, 25)),
            whole=st.integers(0, 2),
            short=st.integers(0, 2),
        ),
    )
