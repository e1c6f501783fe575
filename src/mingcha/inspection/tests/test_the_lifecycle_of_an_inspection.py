from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from mingcha.inspection.facts import DraftFacts, InspectionFacts
from mingcha.inspection.lifecycle import INSPECTION
from mingcha.kernel.testing import check_lifecycle


def test_the_table_of_an_inspection_holds_together() -> None:
    check_lifecycle(
        INSPECTION,
        st.builds(
            InspectionFacts,
            today=st.dates(date(2026, 11, 22), date(2026, 11, 27)),
            visit_from=st.just(date(2026, 11, 23)),
            visit_until=st.just(date(2026, 11, 26)),
            enforcing=st.booleans(),
            people=st.integers(0, 3),
            items=st.integers(0, 2),
            stale_items=st.lists(st.just("RS06"), max_size=1).map(tuple),
            entered=st.booleans(),
            was_there=st.booleans(),
            reviews_it=st.booleans(),
            open_points=st.lists(st.just("第 1 项没有回答"), max_size=1).map(tuple),
            conflicts=st.integers(0, 1),
            draft=st.builds(
                DraftFacts,
                sources=st.integers(0, 1),
                going=st.integers(0, 2),
                unfit=st.lists(st.just("执法1：证件到期"), max_size=1).map(tuple),
                lacking=st.sampled_from(("", "社保稽核")),
                helped=st.booleans(),
                at_cap=st.sampled_from(("", "1/1")),
                doubt=st.sampled_from(("", "case_reason")),
                unexplained=st.lists(st.just("RS07"), max_size=1).map(tuple),
                outside=st.sampled_from(("", "130124")),
                meeting=st.sampled_from(("", "工资支付随机抽查")),
                added=st.booleans(),
                counted=st.booleans(),
            ),
        ),
        examples=40,
    )
