"""N10: whoever reads the ledger reads of a lead neither the firm nor what was told, but under its own key."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import sign_in
from mingcha.leads import services
from mingcha.leads.testing import Desk
from mingcha.leads.vocabulary import Kind
from mingcha.ledger.models import Record
from mingcha.ledger.personal import reveal


def test_firm_and_words_stand_under_the_leads_own_key(desk: Desk) -> None:
    lead = desk.register(Kind.CLUE, subject=None, subject_text="老王家的面粉厂").lead
    services.change_lead(actor=desk.coordinator, lead=lead, values={"subject_text": "王记面粉厂"})
    services.identify(actor=desk.head, lead=lead, subject=desk.firms[1])

    records = list(Record.objects.filter(event__startswith="leads.lead.").order_by("seq"))
    clear = " ".join(f"{one.thing_label} {one.before} {one.after} {one.why}" for one in records)
    assert lead.number is not None and lead.number in clear
    assert "面粉厂" not in clear and desk.firms[1].name not in clear and "工资" not in clear
    kept = [reveal(one, desk.leader) for one in records]
    assert kept == [
        {"subject_text": "老王家的面粉厂", "what": "三个月没有发工资"},
        {"subject_text": {"before": "老王家的面粉厂", "after": "王记面粉厂"}},
        {"subject": {"before": "", "after": str(desk.firms[1])}},
    ]


def test_who_keeps_leads_for_one_section_enters_them_for_that_section_alone(
    desk: Desk, client: Client
) -> None:
    """孙别股 is head of another section and goes inspecting: the second role opens no other unit."""
    sign_in(client, desk.people["other"])
    page = client.get(reverse("leads:lead-register")).content.decode()
    assert "仲裁股" in page
    assert "劳动监察股" not in page
