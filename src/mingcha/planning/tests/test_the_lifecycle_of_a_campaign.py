from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from mingcha.kernel.testing import check_lifecycle
from mingcha.planning.campaigns.lifecycle import CAMPAIGN, CampaignFacts

WORDS = st.sampled_from(["", "缺"])


def test_the_table_of_a_campaign_holds_together() -> None:
    check_lifecycle(
        CAMPAIGN,
        st.builds(
            CampaignFacts,
            today=st.just(date(2026, 11, 23)),
            visit_until=st.dates(date(2026, 11, 20), date(2026, 11, 26)),
            source_missing=WORDS,
            without=st.sampled_from([(), ("批准文号",)]),
            specials=st.integers(0, 2),
            special_limit=st.integers(0, 2),
            items=st.integers(0, 1),
            items_out=WORDS,
            outside_lines=WORDS,
            has_lead=st.booleans(),
            on_site_unexplained=st.booleans(),
            secret_strata=WORDS,
            eligible=st.integers(0, 2),
            to_draw=st.integers(0, 2),
            people=st.integers(0, 3),
            team_size=st.just(2),
            undecided=st.integers(0, 1),
            open_draws=st.integers(0, 1),
            undrawn=st.integers(0, 1),
        ),
    )
