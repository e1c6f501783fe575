"""Leads are reached by section and by handler; what is typed wrong is refused and not lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base.roles import Role
from mingcha.basics.models import Parameter
from mingcha.kernel.testing import refused
from mingcha.leads import services
from mingcha.leads.facts import exempt_reason_of
from mingcha.leads.models import Lead
from mingcha.leads.testing import Desk, day
from mingcha.leads.vocabulary import Channel, Ground, Kind
from mingcha.registry.models import Recusal
from mingcha.registry.services import enter_inspector
from mingcha.registry.services.visits import exempt_reasons
from mingcha.web.providers import next_steps, timelines

FORM = {
    "kind": "transfer",
    "channel": "superior",
    "received_on": "2026-11-20",
    "subject_text": "某工地",
    "what": "转来的情况",
}


def typed(desk: Desk, **values: str) -> dict[str, str]:
    return {"_once": "a-lead-typed-by-hand", **FORM, "unit": str(desk.unit.pk), **values}


@pytest.fixture
def lead(desk: Desk) -> Lead:
    return desk.register(Kind.CLUE, channel=Channel.OWN_DATA.value).lead


def test_who_is_of_another_section_finds_nothing(desk: Desk, lead: Lead, client: Client) -> None:
    sign_in(client, desk.people["other"])
    assert lead.number not in client.get(reverse("leads:leads-list")).content.decode()
    for name in ("leads-detail", "leads-history", "lead-assign", "lead-decline", "lead-close"):
        assert client.get(reverse(f"leads:{name}", args=[lead.pk])).status_code == 404, name
    press = {"_once": "somebody-elses-lead"}
    assert client.post(reverse("leads:lead-verb", args=[lead.pk, "accept"]), press).status_code == 404
    assert not Lead.objects.visible_to(desk.other).exists()


def test_a_colleague_of_the_section_does_not_act_for_the_handler(desk: Desk, lead: Lead) -> None:
    assert not Lead.objects.visible_to(as_officer(make_officer(Role.INSPECTOR, unit=desk.unit))).exists()
    with refused("lead.answers"):
        services.accept(actor=desk.coordinator, lead=lead)
    assert services.accept(actor=desk.head, lead=lead).state == "accepted"


def test_a_head_enters_for_the_own_section_only(desk: Desk) -> None:
    values = {**FORM, "received_on": day("2026-11-20"), "unit": make_unit("社保股")}
    with refused("lead.elsewhere"):
        services.register_lead(actor=desk.head, values=values)
    assert not Lead.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("what", "情" * 10_000, 422),
        ("received_on", "2026-02-30", 422),
        ("received_on", "2026-11-24", 409),
        ("due_on", "2026-11-01", 409),
        ("violation_until", "2027-01-01", 409),
        ("violation_from", "1026-13-01", 422),
        ("amount", "-1", 422),
        ("amount", "99999999999999999999", 422),
        ("amount", "12.345", 422),
        ("persons", "0", 422),
        ("persons", "9999999999999", 422),
        ("phone", "打不通", 422),
        ("id_number", "1", 422),
        ("handler", "999999", 422),
        ("unit", "999999", 422),
        ("kind", "rumour", 422),
        ("subject_text", "", 422),
    ],
)
def test_what_is_typed_wrong_is_refused_and_not_lost(
    desk: Desk, client: Client, field: str, value: str, status: int
) -> None:
    sign_in(client, desk.people["coordinator"])
    answer = client.post(reverse("leads:lead-register"), typed(desk, **{field: value}))
    shown = answer.content.decode()
    assert (answer.status_code, Lead.objects.exists()) == (status, False)
    assert FORM["what"] in shown or value in shown


def test_pressed_twice_it_is_accepted_once(desk: Desk, lead: Lead, client: Client) -> None:
    sign_in(client, desk.people["handler"])
    page = reverse("leads:lead-verb", args=[lead.pk, "accept"])
    answers = [client.post(page, {"_once": "accepted-by-two-presses"}).status_code for _i in range(2)]
    assert answers == [302, 302]
    lead.refresh_from_db()
    assert lead.state == "accepted"


def test_only_leads_about_the_same_firm_become_one(desk: Desk, lead: Lead, client: Client) -> None:
    same = desk.register(Kind.REQUEST).lead
    another = desk.register(Kind.REQUEST, subject=desk.firms[1]).lead
    sign_in(client, desk.people["handler"])
    shown = client.get(reverse("leads:leads-detail", args=[lead.pk])).content.decode()
    assert same.number in shown
    assert another.number not in shown
    with refused("lead.not_taken_up"):
        services.merge(actor=desk.handler, lead=lead, into=same)
    for one in (lead, same, another):
        services.accept(actor=desk.handler, lead=one)
    with refused("lead.another_firm"):
        services.merge(actor=desk.handler, lead=lead, into=another)
    press = {"_once": "merged-into-the-other-one"}
    client.post(reverse("leads:lead-merge", args=[lead.pk, same.pk]), press)
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("merged", same)


def test_who_must_stay_away_from_the_firm_does_not_handle_it(desk: Desk) -> None:
    officer = make_officer(Role.INSPECTOR, unit=desk.unit)
    values = {
        "name": "李避嫌",
        "unit": desk.unit,
        "certificate_number": "JC001",
        "user": officer,
        "kind": "inspector",
    }
    inspector = enter_inspector(actor=desk.coordinator, values=values)
    Recusal.objects.create(
        subject=desk.firms[0],
        inspector=inspector,
        kind=Recusal.Kind.FAMILY,
        basis="配偶任职",
        valid_from=day("2026-01-01"),
        state=Recusal.State.APPROVED,
    )
    with refused("lead.recused"):
        desk.register(Kind.CLUE, handler=officer)
    lead = desk.register(Kind.CLUE).lead
    with refused("lead.recused"):
        services.assign(actor=desk.head, lead=lead, handler=officer)


def test_the_head_decides_on_what_the_handler_proposes(desk: Desk, lead: Lead, client: Client) -> None:
    services.propose(
        actor=desk.handler, lead=lead, proposal="decline", ground=Ground.VAGUE, reason="没有地址"
    )
    assert [step for step in next_steps.gather(desk.head) if "决定承办人的建议" in str(step.title)]
    services.set_aside(actor=desk.head, lead=lead, reason="再核实一次")
    lead.refresh_from_db()
    assert lead.proposal == ""
    services.propose(actor=desk.handler, lead=lead, proposal="send_on", ground="", reason="属住建部门")
    sign_in(client, desk.people["head"])
    given = {"_once": "sent-on-by-the-head", "addressee": "区住房和城乡建设局", "reason": "属住建部门"}
    answer = client.post(reverse("leads:lead-send-on", args=[lead.pk]), given, follow=True)
    assert "区住房和城乡建设局：" in answer.content.decode()
    lead.refresh_from_db()
    assert (lead.state, lead.proposal, lead.outcome) == ("sent_on", "", "区住房和城乡建设局")


def test_every_kind_has_its_reason_not_to_count_for_the_cap(desk: Desk) -> None:
    assert Parameter.objects.filter(code="EXEMPT_REASONS").exists()
    found = {kind: exempt_reason_of(Lead(kind=kind)) for kind in Kind.values}
    assert set(found.values()) <= set(exempt_reasons())
    assert found[Kind.REQUEST] == "企业申请"


def test_the_story_of_a_firm_tells_of_its_leads_to_those_who_see_them(desk: Desk, lead: Lead) -> None:
    about = ("registry.subject", desk.firms[0].pk)
    told = [entry for entry in timelines.gather(desk.head, *about) if str(entry.kind) == "线索"]
    assert [entry.title for entry in told] == [f"数据监测等线索（{lead.number}）"]
    assert not [entry for entry in timelines.gather(desk.other, *about) if str(entry.kind) == "线索"]
