"""国办发〔2024〕54号九、不得⑧: 调研、督导、观摩 are on record, approved, and hide no inspection."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve, return_
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.disguised import suspects
from mingcha.inspection.models import Inspection
from mingcha.inspection.services.evidence import Announced, announce
from mingcha.inspection.testing import accepted_lead, entered, goes, left, proposed, sheet, wrote
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.leads.vocabulary import Kind
from mingcha.planning.testing import County
from mingcha.registry.models import Visit
from mingcha.registry.selectors.visits import cap_of
from mingcha.web.providers import next_steps


def visit(county: County, **values: Any) -> Inspection:
    """A draft of one."""
    given = {
        "kind": Inspection.Kind.OTHER,
        "items": (),
        "exempt_reason": "",
        "why_on_site": "",
        "asked_by": "区政府办",
        "purpose": "调研用工情况",
    }
    draft = sheet(county, **given | values)
    return services.draft(actor=county.coordinator, subject=county.subjects[0], values=draft)


def approved(county: County, by: Officer, made: Inspection) -> Inspection:
    approval = approvals.of_thing("visit-other", Thing.nameless(made))
    assert approval is not None
    approve(actor=by, approval_id=approval.pk)
    return Inspection.objects.get(pk=made.pk)


@pytest.fixture
def made(county: County) -> Inspection:
    return services.propose(actor=county.coordinator, inspection=visit(county))


def test_it_needs_no_lead_and_no_items_and_the_head_approves_it(county: County, made: Inspection) -> None:
    assert approved(county, county.head, made).state == states.READY


def test_a_case_sent_back_and_made_a_visit_leaves_no_approval_that_nobody_can_end(county: County) -> None:
    case = proposed(county)
    first = approvals.of_thing("inspection", Thing.nameless(case))
    assert first is not None
    return_(actor=county.leader, approval_id=first.pk, reason="先去了解情况")
    other = sheet(county, kind=Inspection.Kind.OTHER, items=(), exempt_reason="", asked_by="区政府办")
    services.change(actor=county.coordinator, inspection=case, values=other)
    again = services.propose(actor=county.coordinator, inspection=case)

    assert approvals.of_thing("inspection", Thing.nameless(case)) is None
    assert not approvals.not_agreed(county.coordinator, clock.today()).exists()
    assert again.state == Inspection.objects.get(pk=case.pk).state == states.PROPOSED
    assert approved(county, county.head, case).state == states.READY


def test_somebody_must_go(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.propose(actor=county.coordinator, inspection=visit(county, team=()))
    assert raised.value.codes == ("draft.nobody_goes",)


def test_coming_and_leaving_are_registered_it_ends_noted_and_the_cap_counts_it_apart(
    county: County, made: Inspection
) -> None:
    done = left(county, approved(county, county.head, made))

    assert done.state == states.NOTED
    entry = Visit.objects.get(subject=made.subject_id)
    assert (entry.kind, entry.counts) == (Visit.Kind.OTHER, False)
    cap = cap_of(county.subjects[0], clock.today())
    assert (cap.visits, cap.entries) == (0, 1)


def test_nothing_is_written_down_and_no_proof_is_taken_there(county: County, made: Inspection) -> None:
    there = entered(county, approved(county, county.head, made))
    with refused("form.no_inspection"):
        wrote(there, goes(there), {"present:name": "王大力"})
    photo = Announced(uuid.uuid4(), "photo", "现场.jpg", "a" * 64, 10, clock.now())
    with refused("form.no_inspection"):
        announce(actor=goes(there), inspection=there, announced=photo)


@pytest.mark.parametrize(("days", "told"), [(7, True), (8, False)])
def test_a_clue_soon_afterwards_is_put_before_the_overseer(
    county: County, made: Inspection, days: int, told: bool
) -> None:
    left(county, approved(county, county.head, made))
    county.clock.advance(days=days)
    accepted_lead(county, kind=Kind.CLUE)

    titles = [step.title for step in next_steps.gather(county.overseer)]
    assert any(title.startswith("非执法入企后产生线索") for title in titles) == told


def test_after_the_parameters_days_the_clue_stands_there_no_more(county: County, made: Inspection) -> None:
    left(county, approved(county, county.head, made))
    accepted_lead(county, kind=Kind.CLUE)
    assert len(suspects(county.overseer)) == 1

    county.clock.advance(days=60)
    assert len(suspects(county.overseer)) == 1
    county.clock.advance(days=1)
    assert suspects(county.overseer) == []


def test_a_complaint_is_nobodys_pretext(county: County, made: Inspection) -> None:
    left(county, approved(county, county.head, made))
    accepted_lead(county)

    titles = [step.title for step in next_steps.gather(county.overseer)]
    assert not any(title.startswith("非执法入企后产生线索") for title in titles)
