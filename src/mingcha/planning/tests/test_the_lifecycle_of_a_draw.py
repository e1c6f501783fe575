"""Property tests of the one table that rules a draw."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from mingcha.kernel.testing import check_lifecycle
from mingcha.planning.lifecycle import DRAW_LIFECYCLE, DrawFacts

MOMENTS = st.integers(0, 365 * 24).map(
    lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(0, 50)
FACTS = st.builds(
    DrawFacts,
    now=MOMENTS,
    today=DAYS,
    reveal_at=MOMENTS,
    lead=st.just(timedelta(minutes=5)),
    visit_from=DAYS,
    visit_until=DAYS,
    entropy_centibits=st.integers(0, 8000),
    required_bits=st.just(48),
    eligible=COUNTS,
    drawable=COUNTS,
    per_target=st.integers(2, 4),
    available_inspectors=COUNTS,
    demand=COUNTS,
    supply=COUNTS,
    specialists_wanted=st.booleans(),
    specialists=COUNTS,
    digits_ever_entered=st.booleans(),
    same_roster_drawn=st.sampled_from(["", "130111-RS-2026-0001"]),
    repeat_reason=st.sampled_from(["", "另一批次"]),
    division=st.sampled_from(["", "130111"]),
)


def test_the_table_of_a_draw_holds_together() -> None:
    check_lifecycle(DRAW_LIFECYCLE, FACTS)
