"""部令25号第十八条: whoever complains is answered; merging, forwarding and voiding do not get around it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline
from mingcha.kernel.testing import refused
from mingcha.leads import services, ways
from mingcha.leads.models import Lead, LeadNotice
from mingcha.leads.selectors import owed
from mingcha.leads.services import Person
from mingcha.leads.testing import Desk, day
from mingcha.leads.vocabulary import Channel, Kind, Who
from mingcha.web.providers import next_steps

CAME = Person(Who.COMPLAINANT, "孙转来", "13900003333")


def state_of(lead: Lead, rule: str) -> str:
    found = Deadline.objects.filter(thing_type="leads.lead", thing_id=lead.pk, rule__code=rule).last()
    return found.state if found is not None else ""


def forwarded(desk: Desk) -> Lead:
    """A complaint that 12345 passed on, with its own date."""
    values = {"channel": Channel.HOTLINE.value, "reference": "12345-20261123-7", "due_on": day("2026-12-20")}
    return desk.register(Kind.TRANSFER, CAME, **values).lead


def take_up(desk: Desk, lead: Lead) -> Lead:
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    return services.accept(actor=desk.handler, lead=lead)


def test_a_complaint_that_was_passed_on_is_a_complaint(desk: Desk) -> None:
    lead = forwarded(desk)
    assert (state_of(lead, "T01"), state_of(lead, "LEAD_LOOK"), state_of(lead, "LEAD_DUE")) == (
        "running",
        "",
        "running",
    )
    with refused("lead.not_looked_at"):
        services.accept(actor=desk.handler, lead=lead)
    with refused("lead.ground_of_complaint"):
        services.decline(actor=desk.head, lead=lead, ground="vague", reason="说不清")


def test_who_turns_out_to_complain_makes_it_one(desk: Desk) -> None:
    lead = desk.register(Kind.TRANSFER, received_on=day("2026-11-20")).lead
    services.add_person(actor=desk.handler, lead=lead, person=CAME)
    lead.refresh_from_db()
    assert (lead.is_complaint, state_of(lead, "LEAD_LOOK"), state_of(lead, "T01")) == (
        True,
        "cancelled",
        "running",
    )
    assert Deadline.objects.get(thing_id=lead.pk, rule__code="T01").started_on == day("2026-11-20")


def test_a_complaint_is_merged_only_once_it_was_taken_up(desk: Desk) -> None:
    kept, lead = desk.accepted(), desk.complaint("钱另一", "13900004444")
    with refused("lead.not_taken_up"):
        services.merge(actor=desk.handler, lead=lead, into=kept)
    assert state_of(lead, "T01") == "running"
    take_up(desk, lead)
    assert services.merge(actor=desk.handler, lead=lead, into=kept).state == "merged"


def test_when_it_ends_everybody_who_complained_is_told_by_a_paper_that_is_served(desk: Desk) -> None:
    kept, sent = desk.accepted(), take_up(desk, forwarded(desk))
    services.merge(actor=desk.handler, lead=sent, into=kept)
    with refused("lead.not_concluded"):
        services.answer(actor=desk.handler, lead=sent, verb="answer", text="还在查")
    assert not owed(Lead.objects.all()).exists()
    services.begin_inspection(actor=desk.handler, lead=kept)
    services.close(actor=System(purpose="inspection"), lead=kept, outcome="责令改正，工资已补发")
    assert set(owed(Lead.objects.all())) == {kept, sent}
    for lead in (kept, sent):
        assert state_of(lead, "LEAD_ANSWER") == "running"
        paper = services.answer(actor=desk.handler, lead=lead, verb="answer", text="工资已补发")
        assert state_of(lead, "LEAD_ANSWER") == "running"
        services.serve(actor=desk.handler, notice=paper, on=clock.today(), how="post", receiver="EMS 1")
        assert state_of(lead, "LEAD_ANSWER") == "met"
    assert state_of(sent, "LEAD_DUE") == "running"
    paper = services.answer(actor=desk.handler, lead=sent, verb="feed_back", text="已责令改正")
    services.serve(actor=desk.handler, notice=paper, on=clock.today(), how="electronic", receiver="12345")
    assert state_of(sent, "LEAD_DUE") == "met"


def test_what_was_merged_twice_is_owed_when_the_last_one_ends(desk: Desk) -> None:
    first, second, third = take_up(desk, forwarded(desk)), desk.accepted(), desk.accepted()
    services.merge(actor=desk.handler, lead=first, into=second)
    services.merge(actor=desk.handler, lead=second, into=third)
    assert not owed(Lead.objects.all()).exists()
    services.close(actor=desk.handler, lead=third, outcome="工资已补发")
    assert set(owed(Lead.objects.all())) == {first, second, third}


def test_who_complained_is_told_that_it_was_sent_on(desk: Desk) -> None:
    lead = desk.complaint()
    services.send_on(actor=desk.head, lead=lead, addressee="区住建局", reason="属住建部门")
    told = LeadNotice.objects.get(lead=lead, kind="told")
    services.serve(
        actor=desk.coordinator,
        notice=LeadNotice.objects.get(lead=lead, kind="send_on"),
        on=clock.today(),
        how="direct",
        receiver="住建局收发室",
    )
    assert state_of(lead, "T02") == "running"
    services.serve(actor=desk.handler, notice=told, on=clock.today(), how="spoken", receiver="本人")
    assert state_of(lead, "T02") == "met"


def test_what_was_merged_into_a_lead_that_is_sent_on_is_worked_on_by_itself(desk: Desk) -> None:
    kept = services.accept(actor=desk.handler, lead=desk.register(Kind.CLUE).lead)
    lead = desk.accepted()
    services.merge(actor=desk.handler, lead=lead, into=kept)
    services.send_on(actor=desk.head, lead=kept, addressee="区税务局", reason="属税务")
    lead.refresh_from_db()
    assert (lead.state, lead.merged_into) == ("accepted", None)


def test_nothing_is_merged_or_sent_on_while_somebody_inspects_because_of_it(desk: Desk) -> None:
    kept, lead = desk.accepted(), desk.accepted()
    going = ways.Followed("检查", "现场检查", "待批准", clock.today(), open=True)
    ways.followed.register("tests")(lambda viewer, about: [going] if about == lead else [])
    try:
        with refused("lead.unfinished"):
            services.merge(actor=desk.handler, lead=lead, into=kept)
        with refused("lead.unfinished"):
            services.send_on(actor=desk.head, lead=lead, addressee="区住建局", reason="属住建部门")
    finally:
        ways.followed.register("tests")(lambda viewer, about: [])


@pytest.mark.parametrize("kind", ["complaint", "report", "passed on"])
def test_what_somebody_came_with_is_declared_void_by_two(desk: Desk, kind: str) -> None:
    lead = {
        "complaint": desk.complaint,
        "report": lambda: desk.register(Kind.REPORT).lead,
        "passed on": lambda: forwarded(desk),
    }[kind]()
    with refused("lead.void_alone"):
        services.void(actor=desk.coordinator, lead=lead, reason="重复录入")
    services.ask_void(actor=desk.coordinator, lead=lead, reason="重复录入")
    with refused("lead.void_alone"):
        services.void(actor=desk.coordinator, lead=lead, reason="重复录入")
    assert services.void(actor=desk.head, lead=lead, reason="与第0001号重复").state == "void"


@pytest.mark.parametrize(("asks", "decides"), [("head", "coordinator"), ("coordinator", "head")])
def test_to_declare_it_void_is_asked_of_another_who_may(desk: Desk, asks: str, decides: str) -> None:
    lead = desk.complaint()
    services.ask_void(actor=getattr(desk, asks), lead=lead, reason="重复录入")
    title = f"决定是否作废：{lead}"
    told = {
        who
        for who in ("coordinator", "head", "leader", "overseer", "handler", "other")
        if title in [str(step.title) for step in next_steps.gather(getattr(desk, who))]
    }
    assert told == {decides}


def test_the_page_costs_the_same_however_many_leads_the_firm_has(desk: Desk, client: Client) -> None:
    lead = desk.accepted()
    sign_in(client, desk.people["handler"])
    page = reverse("leads:leads-detail", args=[lead.pk])

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    services.accept(actor=desk.handler, lead=desk.register(Kind.CLUE).lead)
    cost()  # what is looked up once and kept
    before = cost()
    for _more in range(5):
        services.accept(actor=desk.handler, lead=desk.register(Kind.CLUE).lead)
    assert client.get(page).content.decode().count("并入这一件") == 6
    assert cost() == before


def test_the_next_step_is_the_first_button(desk: Desk, client: Client) -> None:
    lead = desk.complaint()
    sign_in(client, desk.people["handler"])
    page = reverse("leads:leads-detail", args=[lead.pk])

    def first() -> str:
        shown = client.get(page).content.decode()
        buttons = shown.split('id="mc-verbs"')[1].split("btn-primary")[1:]
        return buttons[0].split("<span>")[1].split("</span>")[0]

    assert first() == "核对受理条件"
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    assert first() == "受理"
    sign_in(client, desk.people["head"])
    assert "更换承办人" in client.get(page).content.decode()
