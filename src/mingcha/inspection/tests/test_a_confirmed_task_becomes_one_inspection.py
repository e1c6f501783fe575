"""一企一表: one confirmed task, one visit, one form; nobody learns of it before the task may be known."""

from __future__ import annotations

from mingcha.base.viewers import System
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Inspection, InspectionItem
from mingcha.planning import services as planning
from mingcha.planning.models import Campaign, Dispatch, Task
from mingcha.planning.testing import County, drawn, grounds, handed_on
from mingcha.planning.testing import agreed as agreed_to
from mingcha.registry.services.visits import SUPERIOR_SPECIAL, Doubt, doubt_about

_PLATFORM = System(purpose="tests")


def test_confirming_a_batch_makes_one_inspection_a_firm_ready_since_its_campaign_is_approved(
    county: County,
) -> None:
    batch = handed_on(county)

    made = Inspection.objects.filter(task__dispatch=batch)
    assert made.count() == Task.objects.filter(dispatch=batch).count() == 3
    assert {one.state for one in made} == {states.READY}
    assert InspectionItem.objects.filter(inspection__in=made).count() == 3
    assert {len(one.team) for one in made} == {2}


def test_what_a_superior_ordered_as_a_special_inspection_uses_up_no_cap(county: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    campaign = Campaign.objects.filter(pk=batch.campaign.pk)
    campaign.update(special=True, source=Campaign.Source.SUPERIOR)
    planning.dispatch.dispatch(actor=county.coordinator, batch=batch)
    planning.dispatch.confirm(actor=county.head, batch=batch)

    found = set(Inspection.objects.values_list("kind", "exempt_reason"))
    assert found == {("special", SUPERIOR_SPECIAL)}
    assert doubt_about("special", SUPERIOR_SPECIAL, ()) == Doubt.NONE


def test_following_a_batch_again_changes_nothing(county: County) -> None:
    batch = handed_on(county)

    assert services.follow_batch(actor=_PLATFORM, dispatch_id=batch.pk) == 0
    assert Inspection.objects.count() == 3


def test_a_task_that_nobody_has_confirmed_is_no_inspection(county: County) -> None:
    drawn(county)

    assert not Inspection.objects.exists()


def test_the_reserve_that_takes_a_firms_place_is_inspected_in_its_stead(county: County) -> None:
    batch = handed_on(county)
    left = batch.tasks.order_by("seq")[0]
    asked = planning.dispatch.ask_reserve(actor=county.head, task=left, grounds=grounds("closed"))

    agreed_to(county, asked)

    assert Inspection.objects.get(task=left).state == states.CANCELLED
    assert Inspection.objects.filter(task__dispatch=batch, state=states.READY).count() == 3


def test_an_inspection_is_known_to_those_who_may_know_of_its_task(county: County) -> None:
    batch = handed_on(county)

    for viewer in (county.coordinator, county.head, county.leader, county.overseer):
        seen = Inspection.objects.visible_to(viewer).values_list("task", flat=True)
        assert set(seen) == set(
            Task.objects.visible_to(viewer).filter(dispatch=batch).values_list("pk", flat=True)
        )
