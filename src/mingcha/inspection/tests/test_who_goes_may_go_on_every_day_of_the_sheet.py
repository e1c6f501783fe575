"""N3, N6, E11; 国办发〔2024〕54号四、五: people, frequency and place are asked before anybody approves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.drafting import LETTER
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import accepted_lead, drafted, sheet, single
from mingcha.items.testing import published_item
from mingcha.kernel.refusal import Refused
from mingcha.planning.testing import County, make_inspector
from mingcha.registry.models import Inspector, Specialty, Subject, Visit
from mingcha.registry.services import keep_visit
from mingcha.registry.services.recusals import declare_recusal


def propose(county: County, **values: Any) -> Inspection:
    return services.propose(actor=county.coordinator, inspection=drafted(county, **values))


def refusal(county: County, **values: Any) -> Any:
    with pytest.raises(Refused) as raised:
        propose(county, **values)
    (found,) = raised.value.refusals
    return found


def visited(county: County, subject: Subject) -> None:
    keep_visit(
        actor=System(purpose="tests"),
        values={
            "subject": subject,
            "visited_on": clock.today(),
            "kind": Visit.Kind.ROUTINE,
            "manner": Visit.Manner.ON_SITE,
            "unit_name": "劳动监察股",
            "own_bureau": True,
            "items": "工资支付",
        },
    )


def test_a_certificate_must_hold_through_the_last_day(county: County) -> None:
    Inspector.objects.filter(pk=county.inspectors[0].pk).update(valid_until=date(2026, 11, 25))
    found = {one.code: one for one in _refusals(county)}
    assert set(found) == {"draft.unfit", "draft.two_throughout"}
    assert "执法1" in found["draft.unfit"].params["people"]


def _refusals(county: County, **values: Any) -> Any:
    with pytest.raises(Refused) as raised:
        propose(county, **values)
    return raised.value.refusals


def test_whoever_must_stay_away_from_the_firm_does_not_go_and_why_is_not_said(county: County) -> None:
    values = {
        "subject": county.subjects[0],
        "inspector": county.inspectors[0],
        "kind": "family",
        "basis": "法定代表人的表兄",
        "valid_from": clock.today(),
    }
    declare_recusal(actor=county.coordinator, values=values)
    people = next(one for one in _refusals(county) if one.code == "draft.unfit").params["people"]
    assert "执法1" in people and "表兄" not in people


def test_one_who_knows_the_item_goes_where_the_register_has_one_else_a_helper(county: County) -> None:
    skill = Specialty.objects.create(code="audit", label="社保稽核")
    item = published_item(code="S02", specialty="audit")
    helper = make_inspector(
        county.coordinator, 9, county.inspectors[0].unit, kind="helper", name="助手",
        certificate_number="", valid_from=None, valid_until=None,
    )  # fmt: skip
    with_helper = {"items": [item], "helpers": [helper], "helper_purpose": "核对缴费明细"}

    assert refusal(county, items=[item]).code == "draft.no_specialist"
    assert propose(county, **with_helper).state == states.PROPOSED

    county.inspectors[3].specialties.add(skill)
    assert refusal(county, **with_helper).code == "draft.no_specialist"
    assert propose(county, items=[item], team=county.inspectors[2:4]).state == states.PROPOSED


def test_at_the_cap_a_routine_inspection_is_refused_and_one_with_a_reason_is_not(county: County) -> None:
    lead = accepted_lead(county)
    visited(county, county.subjects[0])
    routine = {"kind": Inspection.Kind.ROUTINE, "exempt_reason": ""}
    assert refusal(county, lead=lead, **routine).code == "draft.at_cap"
    assert propose(county, lead=lead).state == states.PROPOSED


def test_below_the_cap_a_routine_inspection_goes_ahead_and_counts(county: County) -> None:
    made = propose(county, kind=Inspection.Kind.ROUTINE, exempt_reason="")
    assert made.state == states.PROPOSED


def test_a_firm_outside_the_division_needs_a_letter_of_assistance(county: County) -> None:
    Subject.objects.filter(pk=county.subjects[0].pk).update(division_code="130102")
    assert refusal(county).code == "draft.outside"
    letter = SimpleUploadedFile("协助函.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert propose(county, papers=[(LETTER, letter)]).state == states.PROPOSED


def test_a_second_visit_to_come_is_asked_about(county: County) -> None:
    first = single(county)
    asked = refusal(county)
    assert asked.code == "draft.meeting"
    assert first.purpose in asked.params["meeting"]
    apart = "申请的事项须另行核对"
    assert propose(county, apart_reason=apart).apart_reason == apart


def test_whoever_drafts_names_only_people_he_may_send(county: County) -> None:
    head = as_officer(make_officer(Role.SECTION_HEAD, name="别股股长"))
    lead = accepted_lead(county)
    firm = lead.firm
    assert firm is not None
    with pytest.raises(Refused) as raised:
        services.draft(actor=head, subject=firm, leads=[lead], values=sheet(county))
    assert raised.value.codes == ("draft.not_your_people",)
