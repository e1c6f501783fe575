from __future__ import annotations

from hypothesis import strategies as st

from mingcha.kernel.testing import check_lifecycle
from mingcha.planning.plans.lifecycle import PLAN, PlanFacts

NAMES = st.sampled_from([(), ("任务",)])


def test_the_table_of_a_plan_holds_together() -> None:
    check_lifecycle(
        PLAN,
        st.builds(
            PlanFacts,
            year=st.just(2027),
            lines=st.integers(0, 3),
            frozen=st.booleans(),
            stale=NAMES,
            floor=st.integers(0, 5),
            certain=st.integers(0, 5),
            without_items=NAMES,
            not_in_force=NAMES,
            outside_year=NAMES,
            without_lead=NAMES,
            nothing_drawn=NAMES,
            on_site_unexplained=NAMES,
            shortage=st.integers(0, 2),
            way_out=st.sampled_from(["", "请市局支援"]),
        ),
    )
