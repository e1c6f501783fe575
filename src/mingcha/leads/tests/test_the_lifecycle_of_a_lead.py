"""The table of leads keeps what every lifecycle promises, and the promises of 部令25号第十八条."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from mingcha.base.roles import Role
from mingcha.kernel.testing import check_lifecycle, refused
from mingcha.leads import lifecycle as states
from mingcha.leads.lifecycle import LEAD, LeadFacts
from mingcha.leads.vocabulary import Ground, Jurisdiction

INSPECTOR, HEAD = (Role.INSPECTOR.value,), (Role.SECTION_HEAD.value,)


def facts(**values: Any) -> LeadFacts:
    """A complaint that can be taken up, but for what a test says."""
    fine = {
        "complaint": True,
        "person": True,
        "answers": True,
        "handled": True,
        "identified": True,
        "jurisdiction": Jurisdiction.OURS.value,
    }
    return LeadFacts(**{**fine, **values})


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    made = st.builds(
        LeadFacts,
        complaint=st.booleans(),
        person=st.booleans(),
        answers=st.booleans(),
        registers=st.booleans(),
        handled=st.booleans(),
        identified=st.booleans(),
        too_old=st.booleans(),
        jurisdiction=st.sampled_from(["", *Jurisdiction.values]),
        ground=st.sampled_from(["", *Ground.values]),
        asked_before=st.booleans(),
        proposed=st.booleans(),
        same_firm=st.booleans(),
        recused=st.booleans(),
        unfinished=st.booleans(),
        taken_up=st.booleans(),
        seconded=st.booleans(),
        passed_on=st.booleans(),
        concluded=st.booleans(),
        unserved=st.frozensets(st.sampled_from(["answer", "feed_back"])),
    )
    check_lifecycle(LEAD, made)


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"too_old": True}, "lead.too_old"),
        ({"identified": False}, "lead.no_employer"),
        ({"jurisdiction": ""}, "lead.not_looked_at"),
        ({"jurisdiction": Jurisdiction.OTHER_PLACE.value}, "lead.not_ours"),
        ({"handled": False}, "lead.handled"),
        ({"answers": False}, "lead.answers"),
    ],
)
def test_a_complaint_is_taken_up_only_under_the_conditions_of_the_article(
    broken: dict[str, Any], code: str
) -> None:
    assert LEAD.decide(states.PENDING, "accept", INSPECTOR, facts()).target == states.ACCEPTED
    with refused(code):
        LEAD.decide(states.PENDING, "accept", INSPECTOR, facts(**broken))


@pytest.mark.parametrize(
    ("ground", "broken", "code"),
    [
        (Ground.TOO_OLD, {}, "lead.ground_too_old"),
        (Ground.NO_EMPLOYER, {"identified": False}, "lead.ground_no_employer"),
        (Ground.OTHER_PLACE, {}, "lead.ground_jurisdiction"),
        (Ground.VAGUE, {}, "lead.ground_of_complaint"),
    ],
)
def test_a_complaint_is_declined_only_on_a_ground_that_holds(
    ground: Ground, broken: dict[str, Any], code: str
) -> None:
    with refused(code):
        LEAD.decide(states.PENDING, "decline", HEAD, facts(ground=ground.value, **broken), reason="说明")


@pytest.mark.parametrize(
    ("ground", "held"),
    [
        (Ground.TOO_OLD, {"too_old": True}),
        (Ground.NO_EMPLOYER, {"identified": False, "asked_before": True}),
        (Ground.OTHER_PLACE, {"jurisdiction": Jurisdiction.OTHER_PLACE.value}),
        (Ground.TAKEN_BACK, {}),
    ],
)
def test_on_such_a_ground_the_head_declines_and_the_handler_only_proposes(
    ground: Ground, held: dict[str, Any]
) -> None:
    found = facts(ground=ground.value, **held)
    assert LEAD.decide(states.PENDING, "decline", HEAD, found, reason="说明").target == states.DECLINED
    with refused("lifecycle.role"):
        LEAD.decide(states.PENDING, "decline", INSPECTOR, found, reason="说明")
    assert LEAD.decide(states.PENDING, "propose", INSPECTOR, found, reason="说明").target == states.PENDING


def test_nothing_is_inspected_before_it_is_taken_up_or_without_a_firm() -> None:
    with refused("lifecycle.not_here"):
        LEAD.decide(states.PENDING, "inspect", INSPECTOR, facts())
    with refused("lead.not_identified"):
        LEAD.decide(states.ACCEPTED, "inspect", INSPECTOR, facts(identified=False))
    assert LEAD.decide(states.ACCEPTED, "inspect", INSPECTOR, facts()).target == states.UNDER_WAY
