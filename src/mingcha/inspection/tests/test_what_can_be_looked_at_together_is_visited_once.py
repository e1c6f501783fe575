"""国办发〔2024〕54号四: 能合并的不得重复. A lead about a drawn firm is added to the visit that is to come."""

from __future__ import annotations

import pytest

from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import accepted_lead, drafted, entered, proposed, ready, single
from mingcha.leads import lifecycle as lead_states
from mingcha.leads.models import Lead
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds


@pytest.fixture
def drawn(county: County) -> Inspection:
    return ready(county)


def added(county: County, drawn: Inspection) -> Inspection:
    """A lead about the drawn firm whose sheet says: together."""
    lead = accepted_lead(county, drawn.subject)
    return drafted(county, lead, team=(), joins=drawn)


def test_approved_its_items_and_lead_go_over_and_it_ends_without_a_visit(
    county: County, drawn: Inspection
) -> None:
    before = drawn.items.count()
    made = single(county, proposed(county, added(county, drawn)))

    assert made.state == states.CANCELLED
    assert drawn.items.count() == before + 1
    assert [lead.state for lead in drawn.leads.all()] == [lead_states.UNDER_WAY]


def test_what_has_begun_meanwhile_takes_nothing_along_and_the_lead_waits(
    county: County, drawn: Inspection
) -> None:
    waiting = proposed(county, added(county, drawn))
    entered(county, drawn)
    before = drawn.items.count()

    made = single(county, waiting)

    assert (made.state, drawn.items.count()) == (states.CANCELLED, before)
    assert Lead.objects.get(inspections=made).state == lead_states.ACCEPTED


def test_when_the_firm_gives_way_to_a_reserve_its_lead_waits_again(county: County, drawn: Inspection) -> None:
    single(county, proposed(county, added(county, drawn)))
    task = drawn.task
    assert task is not None
    agreed(county, planning.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds("closed")))

    drawn.refresh_from_db()
    assert drawn.state == states.CANCELLED
    assert drawn.leads.get().state == lead_states.ACCEPTED
