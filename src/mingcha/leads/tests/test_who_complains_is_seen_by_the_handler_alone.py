"""条例9, rule N10: a complainant is known to whoever handles the lead, and to nobody else."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.basics.models import Attachment
from mingcha.basics.tests.factories import PNG
from mingcha.kernel.testing import refused
from mingcha.leads import services
from mingcha.leads.models import Complainant, Lead
from mingcha.leads.services import Person
from mingcha.leads.testing import Desk, day
from mingcha.leads.vocabulary import Kind, Who
from mingcha.ledger.models import Record
from mingcha.ledger.personal import reveal

NAME, PHONE = "赵来访", "13900001111"
OTHERS = ("coordinator", "head", "leader", "overseer")


@pytest.fixture
def lead(desk: Desk) -> Lead:
    return desk.complaint(NAME, PHONE)


def test_the_handler_sees_masked_and_after_a_reason_in_clear(desk: Desk, lead: Lead, client: Client) -> None:
    sign_in(client, desk.people["handler"])
    shown = client.get(reverse("leads:leads-detail", args=[lead.pk])).content.decode()
    assert "139****1111" in shown
    assert NAME not in shown
    page = reverse("leads:complainant", args=[Complainant.objects.get().pk])
    assert NAME not in client.get(page).content.decode()
    client.post(page, {"_once": "looking-at-complainant", "reason": "约谈核实"})
    opened = client.get(page).content.decode()
    assert NAME in opened
    assert PHONE in opened
    assert Record.objects.filter(event="leads.complainant.revealed", why="约谈核实").count() == 1
    desk.clock.advance(minutes=11)
    assert NAME not in client.get(page).content.decode()


@pytest.mark.parametrize("who", OTHERS)
def test_everybody_else_learns_only_how_many(desk: Desk, lead: Lead, client: Client, who: str) -> None:
    sign_in(client, desk.people[who])
    shown = client.get(reverse("leads:leads-detail", args=[lead.pk])).content.decode()
    assert "投诉人 1 名，只有承办人能看到" in shown
    assert "1111" not in shown
    status = client.get(reverse("leads:complainant", args=[Complainant.objects.get().pk])).status_code
    assert status in (403, 404)


def test_only_the_handler_finds_by_the_exact_value(desk: Desk, lead: Lead, client: Client) -> None:
    page = reverse("leads:complainant-search")
    sign_in(client, desk.people["handler"])
    for asked in (NAME, "+86 139-0000-1111", "110105194912310021"):
        assert lead.number in client.post(page, {"asked": asked}).content.decode()
    assert lead.number not in client.post(page, {"asked": "赵来"}).content.decode()
    sign_in(client, desk.people["head"])
    assert lead.number not in client.post(page, {"asked": NAME}).content.decode()


def test_with_another_handler_the_former_one_sees_nobody(desk: Desk, lead: Lead) -> None:
    another = make_officer(Role.INSPECTOR, unit=desk.unit)
    services.assign(actor=desk.head, lead=lead, handler=another)
    assert not Complainant.objects.visible_to(desk.handler).exists()


def test_the_complaint_as_written_is_opened_by_the_handler_alone(desk: Desk) -> None:
    paper = SimpleUploadedFile("赵来访的投诉书.txt", "我是赵来访".encode(), "text/plain")
    person = Person(Who.COMPLAINANT, NAME, PHONE, paper=paper)
    desk.register(Kind.COMPLAINT, person)
    assert Attachment.objects.visible_to(desk.handler).get().original_name == "赵来访的投诉书.txt"
    for viewer in (desk.coordinator, desk.head, desk.leader, desk.overseer):
        assert not Attachment.objects.visible_to(viewer).exists()


def test_the_ledger_keeps_no_complainant_even_for_those_who_may_reveal(desk: Desk, lead: Lead) -> None:
    records = list(Record.objects.all())
    told = " ".join(str(reveal(record, desk.overseer)) for record in records if record.personal)
    text = " ".join(f"{record.thing_label}{record.before}{record.after}{record.why}" for record in records)
    assert NAME not in told + text
    assert PHONE not in told + text


def test_the_notice_names_the_complainant_for_the_handler_and_leaves_a_blank_for_the_head(
    desk: Desk, lead: Lead, client: Client
) -> None:
    notice = services.ask_for_more(actor=desk.handler, lead=lead, reason="补工资条")
    page = reverse("leads:notice", args=[notice.pk])
    sign_in(client, desk.people["handler"])
    assert NAME not in client.get(page).content.decode()
    client.post(page, {"_once": "to-be-printed-with-the-name", "reason": "打印送达"})
    opened = client.get(page)
    assert NAME in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert Record.objects.filter(event="leads.complainant.revealed", why="打印送达").count() == 1
    desk.clock.advance(minutes=11)
    assert NAME not in client.get(page).content.decode()
    sign_in(client, desk.people["head"])
    asked = client.post(page, {"_once": "the-head-asks-for-the-name", "reason": "打印送达"})
    assert asked.status_code == 404
    shown = client.get(page).content.decode()
    assert NAME not in shown
    assert "＿＿＿" in shown


def test_what_everybody_reads_of_a_lead_does_not_name_who_complains(desk: Desk, lead: Lead) -> None:
    with refused("lead.named"):
        services.ask_for_more(actor=desk.handler, lead=lead, reason=f"请{NAME}补工资条")
    services.assess(actor=desk.handler, lead=lead, values={"jurisdiction": "ours"})
    services.accept(actor=desk.handler, lead=lead)
    with refused("lead.named"):
        services.close(actor=desk.handler, lead=lead, outcome=f"工资已付给{NAME}")
    # Who does not know the name learns it from no refusal.
    assert services.close(actor=desk.head, lead=lead, outcome=f"工资已付给{NAME}").state == "closed"


def test_a_paper_is_served_once_and_on_a_day_that_can_be(desk: Desk, lead: Lead) -> None:
    notice = services.ask_for_more(actor=desk.handler, lead=lead, reason="补工资条")
    given = {"actor": desk.handler, "notice": notice, "how": "direct", "receiver": "本人"}
    for wrong in (day("2026-11-22"), day("2026-11-24")):
        with refused("lead.served_when"):
            services.serve(on=wrong, **given)
    with refused("lead.works"):
        services.serve(on=notice.issued_on, **{**given, "actor": desk.overseer})
    services.serve(on=notice.issued_on, **given)
    with refused("lead.served_once"):
        services.serve(on=notice.issued_on, **given)


def test_the_signed_receipt_is_as_closed_as_who_signed_it(desk: Desk, lead: Lead, client: Client) -> None:
    notice = services.ask_for_more(actor=desk.handler, lead=lead, reason="补工资条")
    sign_in(client, desk.people["coordinator"])
    receipt = SimpleUploadedFile("赵来访签收.png", PNG, "image/png")
    given = {"_once": "served-at-the-window", "on": "2026-11-23", "how": "direct", "receiver": NAME}
    page = reverse("leads:notice", args=[notice.pk])
    answer = client.post(reverse("leads:notice-serve", args=[notice.pk]), {**given, "proof": receipt})
    assert answer["Location"] == page
    proof = Attachment.objects.get()
    opened = reverse("basics:attachment", args=[proof.key])
    for who, status in (("coordinator", 404), ("head", 404), ("handler", 200)):
        sign_in(client, desk.people[who])
        shown = client.get(page).content.decode()
        assert ("2026-11-23" in shown, "赵**" in shown, NAME in shown) == (True, who == "handler", False)
        assert client.get(opened).status_code == status, who
    assert NAME not in str([(one.before, one.after, one.thing_label) for one in Record.objects.all()])


def test_an_original_is_as_closed_as_the_person_in_it(desk: Desk, lead: Lead) -> None:
    def paper() -> SimpleUploadedFile:
        return SimpleUploadedFile("工单.txt", "12345 工单，赵来访".encode(), "text/plain")

    closed = services.add_paper(actor=desk.coordinator, lead=lead, file=paper())
    covered = services.add_paper(actor=desk.coordinator, lead=lead, file=paper(), covered=True)
    seen = {one.pk for one in Attachment.objects.visible_to(desk.coordinator)}
    assert (closed.pk in seen, covered.pk in seen) == (False, True)
    assert Attachment.objects.visible_to(desk.handler).filter(pk=closed.pk).exists()
    services.decline(actor=desk.head, lead=lead, ground="taken_back", reason="本人撤回")
    corrected = services.add_paper(actor=desk.coordinator, lead=lead, file=paper(), covered=True)
    assert corrected.thing_id == lead.pk
    clue = desk.register(Kind.CLUE).lead
    with refused("lead.not_covered"):
        services.add_paper(actor=desk.coordinator, lead=clue, file=paper())
