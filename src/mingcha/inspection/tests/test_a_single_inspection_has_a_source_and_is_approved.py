"""N1; 国办发〔2024〕54号四、五、六: what no draw made comes from a lead and is approved first."""

from __future__ import annotations

from typing import Any

import pytest

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.models import Deadline, DocumentNumber
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import return_, telephone, withdraw
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Inspection
from mingcha.inspection.sheets import ROUTE
from mingcha.inspection.testing import accepted_lead, drafted, left, proposed, sheet, single
from mingcha.kernel.refusal import Refused
from mingcha.leads import lifecycle as lead_states
from mingcha.leads import services as leads
from mingcha.leads.models import Lead
from mingcha.ledger.models import Record
from mingcha.planning.testing import County
from mingcha.registry.models import Visit


def refused(county: County, **values: Any) -> tuple[str, ...]:
    """Why a draft with these values is not proposed."""
    made = drafted(county, **values)
    with pytest.raises(Refused) as raised:
        services.propose(actor=county.coordinator, inspection=made)
    return raised.value.codes


def lead_of(inspection: Inspection) -> Lead:
    return Lead.objects.get(inspections=inspection)


def test_without_a_source_nothing_is_drafted(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.draft(actor=county.coordinator, subject=county.subjects[0], values=sheet(county))
    assert raised.value.codes == ("draft.no_source",)


def test_a_lead_that_was_closed_meanwhile_is_no_source_any_more(county: County) -> None:
    lead = accepted_lead(county)
    made = drafted(county, lead)
    Lead.objects.filter(pk=lead.pk).update(state=lead_states.CLOSED)
    with pytest.raises(Refused) as raised:
        services.propose(actor=county.coordinator, inspection=made)
    assert raised.value.codes == ("draft.no_source",)


def test_a_special_inspection_goes_through_a_campaign_only(county: County) -> None:
    with pytest.raises(Refused) as raised:
        drafted(county, kind=Inspection.Kind.SPECIAL)
    assert raised.value.codes == ("draft.special",)


def test_approved_it_is_ready_its_lead_is_under_way_and_its_days_are_watched(county: County) -> None:
    made = single(county)

    assert made.state == states.READY
    assert lead_of(made).state == lead_states.UNDER_WAY
    assert DocumentNumber.objects.get(series__code="inspect-approval").text == made.approval_number
    (term,) = Deadline.objects.filter(rule__code="VISIT_WINDOW", thing_id=made.pk)
    assert (term.due_on, term.owner_unit_id) == (made.visit_until, made.unit_id)


def test_nobody_learns_the_firm_from_the_ledger(county: County) -> None:
    made = left(county, single(county))

    told = Record.objects.filter(thing_type=Inspection._meta.label_lower)
    assert told.count() > 3
    assert not any(made.name in str(vars(record)) for record in told)


def test_before_it_is_approved_nobody_goes_in(county: County) -> None:
    made = proposed(county)
    with pytest.raises(Refused):
        left(county, made)


@pytest.mark.parametrize("decide", [return_, withdraw])
def test_sent_back_or_taken_back_it_is_written_anew_and_keeps_its_number(county: County, decide: Any) -> None:
    made = proposed(county)
    approval = approvals.of_thing(ROUTE, Thing.nameless(made))
    assert approval is not None
    actor = county.leader if decide is return_ else county.coordinator
    decide(actor=actor, approval_id=approval.pk, reason="时间太长")
    made.refresh_from_db()
    assert (made.state, lead_of(made).state) == (states.DRAFT, lead_states.ACCEPTED)

    services.change(actor=county.coordinator, inspection=made, values=sheet(county, purpose="缩短"))
    again = proposed(county, made)

    assert (again.purpose, again.approval_number) == ("缩短", made.approval_number)


def test_granted_by_telephone_it_is_ready_at_once_and_to_be_made_up(county: County) -> None:
    made = proposed(county)
    approval = approvals.of_thing(ROUTE, Thing.nameless(made))
    assert approval is not None
    telephone(
        actor=county.coordinator,
        approval_id=approval.pk,
        approver_id=county.leader.id,
        spoken_at=clock.now(),
        reason="线索称正在转移台账",
    )

    made.refresh_from_db()
    assert made.state == states.READY
    assert Deadline.objects.open().filter(rule__code="EMERGENCY_APPROVAL").exists()


def test_taken_back_its_lead_waits_again_and_its_term_ends(county: County) -> None:
    made = single(county)
    services.cancel(actor=county.head, inspection=made, reason="企业撤回申请")

    made.refresh_from_db()
    assert (made.state, made.ended_why) == (states.CANCELLED, "企业撤回申请")
    assert lead_of(made).state == lead_states.ACCEPTED
    assert not Deadline.objects.open().filter(rule__code="VISIT_WINDOW").exists()


def test_what_waits_for_the_leader_is_withdrawn_before_it_is_taken_back(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.cancel(actor=county.head, inspection=proposed(county), reason="不去了")
    assert raised.value.codes == ("draft.waits",)


def test_visited_it_counts_with_its_reason_and_the_term_is_met(county: County) -> None:
    made = left(county, single(county))

    visit = Visit.objects.get(subject=made.subject_id)
    assert (visit.kind, visit.exempt_reason, visit.counts) == (Visit.Kind.CASE, "企业申请", False)
    assert Deadline.objects.get(rule__code="VISIT_WINDOW", thing_id=made.pk).state == "met"


def test_while_it_is_under_way_nobody_closes_the_lead_by_hand(county: County) -> None:
    made = single(county)
    with pytest.raises(Refused) as raised:
        leads.close(actor=county.head, lead=lead_of(made), outcome="查完了")
    assert raised.value.codes == ("lead.unfinished",)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"items": []}, "inspection.items_hold"),
        ({"why_on_site": ""}, "draft.on_site"),
        ({"exempt_reason": ""}, "draft.exempt_reason"),
        ({"exempt_reason": "领导要求"}, "draft.exempt_reason"),
        ({"kind": Inspection.Kind.ROUTINE}, "draft.exempt_reason"),
        ({"team": []}, "draft.two_throughout"),
    ],
)
def test_what_the_sheet_lacks_is_said(county: County, values: dict[str, Any], code: str) -> None:
    assert code in refused(county, **values)
