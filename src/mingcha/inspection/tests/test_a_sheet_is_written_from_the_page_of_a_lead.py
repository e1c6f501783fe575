"""拟定检查: what the page offers, keeps and says; what the leader reads; the paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import UnitKind, User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.basics.models import Approval
from mingcha.inspection import lifecycle as states
from mingcha.inspection.drafting import choosable
from mingcha.inspection.links import page_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import accepted_lead, drafted, goes, proposed, single
from mingcha.items.testing import published_item
from mingcha.leads.models import Lead
from mingcha.planning.testing import County, make_inspector
from mingcha.registry.models import Inspector
from mingcha.web.forms import ONCE


@pytest.fixture
def coordinator(client: Client, county: County) -> Client:
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    return client


def typed(county: County, **values: Any) -> dict[str, Any]:
    """What is typed on the page of a new sheet."""
    unit = county.inspectors[0].unit_id
    return {
        ONCE: idempotency.token(),
        "kind": "case",
        "exempt_reason": "企业申请",
        "purpose": "核实企业申请",
        "items": [published_item(code="S01").pk],
        "why_on_site": "须当场核对",
        "visit_from": clock.today().isoformat(),
        "visit_until": clock.today().isoformat(),
        "unit": unit,
        "leader": county.inspectors[0].pk,
        "others": [county.inspectors[1].pk],
    } | values


def text(answer: Any) -> str:
    return answer.content.decode()


def address(lead: Lead) -> str:
    return reverse("inspection:draft", args=[lead.pk])


def test_the_lead_offers_it_and_its_reason_and_count_stand_on_the_page(
    coordinator: Client, county: County
) -> None:
    lead = accepted_lead(county)
    assert address(lead) in text(coordinator.get(reverse("leads:leads-detail", args=[lead.pk])))

    page = text(coordinator.get(address(lead)))

    assert '<option value="企业申请" selected>' in page
    assert "0 次，上限 1 次" in page


def test_pressed_twice_there_is_one_draft_and_the_leader_reads_the_whole_sheet(
    coordinator: Client, county: County
) -> None:
    lead = accepted_lead(county)
    values = typed(county)
    for _press in range(2):
        answer = coordinator.post(address(lead), values)
        assert answer.status_code == 302
    made = Inspection.objects.get()
    assert [person.name for person in made.team] == ["执法1", "执法2"]

    coordinator.post(reverse("inspection:draft-verb", args=[made.pk, "propose"]), {ONCE: idempotency.token()})
    sign_in(coordinator, User.objects.get(pk=county.leader.id))
    read = text(coordinator.get(reverse("basics:approvals-detail", args=[Approval.objects.get().pk])))

    for part in (made.name, "企业申请", "须当场核对", "执法1（1301110", "已查 0 次，上限 1 次", str(lead)):
        assert part in read


def test_who_cannot_go_is_shown_with_why_and_nothing_typed_is_lost(
    coordinator: Client, county: County
) -> None:
    county.inspectors[2].valid_until = clock.today()
    county.inspectors[2].save()
    lead = accepted_lead(county)
    page = text(coordinator.get(address(lead)))
    assert "执法3" in page and "不能去，执法证件" in page

    wrong = typed(county, visit_until="2020-01-01", purpose="写了很多字")
    answer = coordinator.post(address(lead), wrong)

    assert answer.status_code == 422
    assert "写了很多字" in text(answer) and "结束日期不能早于开始日期" in text(answer)


def test_nobody_becomes_the_first_of_the_team_by_having_been_ticked(
    coordinator: Client, county: County
) -> None:
    answer = coordinator.post(address(accepted_lead(county)), typed(county, leader=""))
    assert answer.status_code == 422
    assert "请选定谁是主检" in text(answer)
    assert not Inspection.objects.exists()


def test_who_changes_a_sheet_keeps_those_of_other_units_who_stand_on_it(
    client: Client, county: County
) -> None:
    partner = make_inspector(county.coordinator, 7, make_unit("住建局", kind=UnitKind.PARTNER))
    helper = make_inspector(county.coordinator, 8, partner.unit, kind=Inspector.Kind.EXPERT)
    made = drafted(county, team=[county.inspectors[0], partner], helpers=[helper], helper_purpose="看图纸")
    sign_in(client, User.objects.get(pk=goes(made).id))
    assert not choosable(goes(made)).filter(pk__in=[partner.pk, helper.pk]).exists()
    page = reverse("inspection:change", args=[made.pk])
    assert partner.name in text(client.get(page))

    values = typed(county, others=[partner.pk], helpers=[helper.pk], helper_purpose="看图纸")
    assert client.post(page, values).status_code == 302
    assert list(made.members.values_list("inspector", flat=True)) == [county.inspectors[0].pk, partner.pk]
    assert made.helpers.get().inspector == helper


def test_whose_lead_it_is_not_reads_on_the_sheet_that_there_is_one_and_no_more(
    client: Client, county: County
) -> None:
    lead = accepted_lead(county)
    made = single(county, proposed(county, drafted(county, lead)))
    sign_in(client, User.objects.get(pk=goes(made).id))

    page = text(client.get(reverse("inspection:sheet", args=[made.pk])))

    assert "由别人承办的线索 1 件" in page
    assert str(lead) not in page


def test_a_visit_to_come_is_asked_about_on_the_page(coordinator: Client, county: County) -> None:
    single(county)
    lead = accepted_lead(county)
    page = text(coordinator.get(address(lead)))
    assert "一并检查：" in page

    apart = typed(county, together="apart", apart_reason="")
    assert "请写明为什么不能一并检查" in text(coordinator.post(address(lead), apart))


def test_a_firm_without_an_accepted_lead_is_told_what_is_missing(coordinator: Client, county: County) -> None:
    asked = {"subject": county.subjects[1].credit_code}
    page = text(coordinator.get(reverse("inspection:start"), asked))
    assert "没有已受理、可以检查的线索" in page

    lead = accepted_lead(county, county.subjects[1])
    assert address(lead) in text(coordinator.get(reverse("inspection:start"), asked))


def test_a_draft_is_changed_and_what_it_lacks_stands_beside_the_button(
    coordinator: Client, county: County
) -> None:
    made = drafted(county, why_on_site="")
    page = text(coordinator.get(page_of(made.pk)))
    assert "没有写明为何必须入企" in page

    change = reverse("inspection:change", args=[made.pk])
    assert "核实企业申请" in text(coordinator.get(change))
    answer = coordinator.post(change, typed(county, why_on_site="须看原件"))

    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.why_on_site, made.state) == ("须看原件", states.DRAFT)


def test_the_sheet_is_printed_and_kept_as_a_pdf(coordinator: Client, county: County) -> None:
    made = proposed(county)
    assert made.approval_number in text(coordinator.get(reverse("inspection:sheet", args=[made.pk])))
    assert coordinator.get(reverse("inspection:sheet-pdf", args=[made.pk])).content[:5] == b"%PDF-"


def test_somebody_elses_draft_and_lead_are_not_there(client: Client, county: County) -> None:
    other = make_officer(Role.SECTION_HEAD, name="别股股长")
    sign_in(client, other)
    made = drafted(county)
    assert not Inspection.objects.visible_to(as_officer(other)).exists()
    lead = Lead.objects.get()
    for name, pk in (("draft", lead.pk), ("change", made.pk), ("sheet", made.pk)):
        assert client.get(reverse(f"inspection:{name}", args=[pk])).status_code == 404
