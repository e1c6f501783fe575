"""条例9, rule N10: who reported stands on no page, in no export, ledger, log, search or readable column."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.crypto.fields import BlindIndexField
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC
from mingcha.basics.tests.factories import PNG
from mingcha.kernel.testing import refused
from mingcha.leads import services
from mingcha.leads.models import Complainant, Lead, NoticeService, Reporter
from mingcha.leads.services import Person
from mingcha.leads.testing import Desk
from mingcha.leads.vocabulary import Kind, Who
from mingcha.ledger.models import Record
from mingcha.ledger.personal import reveal

NAME, PHONE, ID_NUMBER = "鲁密报", "13700002222", "110105194912310021"
SECRETS = (NAME, PHONE, ID_NUMBER)


def form_of(desk: Desk, **values: str) -> dict[str, str]:
    """What the coordinator types and sends."""
    return {
        "_once": "registering-a-report-1",
        "kind": Kind.REPORT.value,
        "channel": "telephone",
        "received_on": "2026-11-23",
        "subject_text": "城南那家鞋厂",
        "what": "车间里有两个看着不满十六岁的孩子",
        "name": NAME,
        "phone": PHONE,
        "id_number": ID_NUMBER,
        "unit": str(desk.unit.pk),
        "handler": str(desk.people["handler"].pk),
        **values,
    }


def tells(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def report(desk: Desk, client: Client, caplog: pytest.LogCaptureFixture) -> Lead:
    """A report as the coordinator types it, answered with its code."""
    sign_in(client, desk.people["coordinator"])
    answer = client.post(reverse("leads:lead-register"), form_of(desk))
    assert (answer.status_code, tells(answer.content.decode())) == (200, [])
    assert tells(caplog.text) == []
    return Lead.objects.get(kind=Kind.REPORT)


def addresses(lead: Lead) -> Iterator[str]:
    for name in ("detail", "history", "edit"):
        yield reverse(f"leads:leads-{name}", args=[lead.pk])
    pages = "ask decline send-on propose close assign identify assess person paper".split()  # noqa: SIM905
    yield from (reverse(f"leads:lead-{page}", args=[lead.pk]) for page in pages)
    yield from (reverse(f"leads:{page}") for page in ("leads-list", "complainant-search", "progress"))
    yield reverse("web:home")
    yield reverse("ledger:records-list")
    about = Record.objects.filter(thing_type__startswith="leads.").values_list("pk", flat=True)
    yield from (reverse("ledger:records-detail", args=[pk]) for pk in about)


@pytest.mark.parametrize("who", ["coordinator", "head", "leader", "overseer", "handler", "administrator"])
def test_no_page_shows_a_reporter_to_anybody(desk: Desk, report: Lead, client: Client, who: str) -> None:
    person = desk.people.get(who) or make_officer(Role.ADMINISTRATOR)
    sign_in(client, person)
    opened = 0
    for address in addresses(report):
        answer = client.get(address)
        opened += answer.status_code == 200
        assert tells(answer.content.decode()) == [], address
    assert opened > 3


def test_no_query_gives_a_reporter_and_no_equal_value_finds_one(desk: Desk, report: Lead) -> None:
    for viewer in (desk.coordinator, desk.head, desk.leader, desk.overseer, desk.handler, PUBLIC):
        assert not Reporter.objects.visible_to(viewer).exists()
    assert not any(isinstance(field, BlindIndexField) for field in Reporter._meta.fields)
    assert not Complainant.objects.exists()


def test_the_handler_finds_no_reporter_by_searching(desk: Desk, report: Lead, client: Client) -> None:
    sign_in(client, desk.people["handler"])
    for secret in SECRETS:
        answer = client.post(reverse("leads:complainant-search"), {"asked": secret})
        assert report.number not in answer.content.decode()


def test_no_export_holds_a_reporter(desk: Desk, report: Lead, client: Client) -> None:
    sign_in(client, desk.people["coordinator"])
    answer = client.post(reverse("leads:leads-export"), {"reason": "汇总"})
    book = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    text = "".join(book.read(name).decode() for name in book.namelist())
    assert report.number in text
    assert tells(text) == []


def test_the_ledger_keeps_that_somebody_reported_and_nothing_about_who(desk: Desk, report: Lead) -> None:
    records = list(Record.objects.all())
    assert "leads.lead.person_added" in {record.event for record in records}
    told = " ".join(str(reveal(record, desk.leader)) for record in records if record.personal)
    assert "不满十六岁" in told
    assert tells(told) == []


def test_no_column_of_any_table_holds_a_reporter_in_clear(report: Lead) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            assert tells(str(cursor.fetchall())) == [], table


def test_a_text_that_names_the_reporter_is_not_kept(desk: Desk, client: Client) -> None:
    sign_in(client, desk.people["coordinator"])
    typed = form_of(desk, what=f"{NAME}说车间里有童工，电话 137 0000 2222")
    answer = client.post(reverse("leads:lead-register"), typed)
    assert (answer.status_code, Lead.objects.exists()) == (409, False)
    assert "车间里有童工" in answer.content.decode()


def test_a_paper_of_a_report_is_kept_only_with_its_author_covered(desk: Desk, report: Lead) -> None:
    photo = SimpleUploadedFile("照片.txt", "车间照片的说明".encode(), "text/plain")
    with refused("lead.not_covered"):
        services.add_paper(actor=desk.handler, lead=report, file=photo)
    assert services.add_paper(actor=desk.handler, lead=report, file=photo, covered=True).thing_id == report.pk


def test_no_receipt_of_a_report_names_who_signed(desk: Desk, report: Lead, client: Client) -> None:
    notice = services.ask_for_more(actor=desk.handler, lead=report, reason="请说明车间的位置")
    given = {"actor": desk.handler, "notice": notice, "on": notice.issued_on, "how": "direct"}
    receipt = SimpleUploadedFile("签收.png", PNG, "image/png")
    for named in ({"receiver": NAME}, {"proof": receipt}):
        with refused("lead.served_reporter"):
            services.serve(**given, **named)
    sign_in(client, desk.people["handler"])
    address = reverse("leads:notice-serve", args=[notice.pk])
    form = client.get(address).content.decode()
    assert ('name="how"' in form, 'name="receiver"' in form, 'name="proof"' in form) == (True, False, False)
    typed = {"_once": "served-to-a-reporter", "on": "2026-11-23", "how": "direct", "receiver": NAME}
    assert client.post(address, typed)["Location"] == reverse("leads:notice", args=[notice.pk])
    kept = NoticeService.objects.get()
    assert (kept.receiver, kept.paper) == ("", None)
    for who in ("handler", "coordinator", "head"):
        sign_in(client, desk.people[who])
        page = client.get(reverse("leads:notice", args=[notice.pk])).content.decode()
        assert ("举报人，凭查询码查看" in page, tells(page)) == (True, []), who


def test_what_an_earlier_receipt_of_a_report_names_is_closed_to_everybody(desk: Desk, report: Lead) -> None:
    notice = services.ask_for_more(actor=desk.handler, lead=report, reason="请说明车间的位置")
    NoticeService.objects.create(
        notice=notice, on=notice.issued_on, how="direct", receiver=NAME, recorded_at=clock.now()
    )
    for viewer in (desk.coordinator, desk.head, desk.leader, desk.overseer, desk.handler):
        assert not NoticeService.objects.visible_to(viewer).proofs_for(viewer).exists()


def test_whoever_reported_by_way_of_another_authority_signs_for_nothing_either(desk: Desk) -> None:
    sent = desk.register(Kind.TRANSFER, Person(Who.REPORTER, NAME, PHONE)).lead
    notice = services.ask_for_more(actor=desk.handler, lead=sent, reason="请说明车间的位置")
    with refused("lead.served_reporter"):
        services.serve(actor=desk.handler, notice=notice, on=notice.issued_on, how="direct", receiver=NAME)


def test_whoever_complains_later_opens_nothing_of_who_reported_before(desk: Desk) -> None:
    sent = desk.register(Kind.TRANSFER, Person(Who.REPORTER, NAME, PHONE)).lead
    notice = services.ask_for_more(actor=desk.handler, lead=sent, reason="请说明车间的位置")
    services.add_person(actor=desk.handler, lead=sent, person=Person(Who.COMPLAINANT, "张三"))
    with refused("lead.served_reporter"):
        services.serve(actor=desk.handler, notice=notice, on=notice.issued_on, how="direct", receiver=NAME)
    NoticeService.objects.create(
        notice=notice, on=notice.issued_on, how="direct", receiver=NAME, recorded_at=clock.now()
    )
    assert not NoticeService.objects.visible_to(desk.handler).proofs_for(desk.handler).exists()


def test_a_report_has_no_complainant_and_a_complaint_no_reporter(desk: Desk, report: Lead) -> None:
    with refused("lead.person"):
        services.add_person(actor=desk.head, lead=report, person=Person(Who.COMPLAINANT, "张三"))
    with refused("lead.person"):
        services.add_person(actor=desk.head, lead=desk.complaint(), person=Person(Who.REPORTER, "张三"))


def test_whoever_has_the_code_learns_state_and_days_and_no_more(
    desk: Desk, report: Lead, client: Client
) -> None:
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", _registered_again(desk, client))
    assert code is not None
    client.logout()
    page = reverse("leads:progress")
    answer = client.post(page, {"code": code[1].lower().replace("-", " ")}).content.decode()
    assert "待受理" in answer
    assert "2026年11月23日" in answer
    assert "鞋厂" not in answer
    wrong = client.post(page, {"code": "2222-2222-2222-2222"}).content.decode()
    assert "没有与这个查询码相符的举报" in wrong
    for _more in range(8):
        assert client.post(page, {"code": "x"}).status_code == 200
    assert client.post(page, {"code": code[1]}).status_code == 429
    desk.clock.advance(minutes=1)
    assert client.post(page, {"code": code[1]}).status_code == 200


def _registered_again(desk: Desk, client: Client) -> str:
    """Another report; pressed twice, it is one and its code is shown once."""
    sign_in(client, desk.people["coordinator"])
    before = Lead.objects.count()
    typed = form_of(desk, _once="registering-a-report-2")
    first = client.post(reverse("leads:lead-register"), typed)
    second = client.post(reverse("leads:lead-register"), typed)
    assert (first.status_code, second.status_code, Lead.objects.count()) == (200, 302, before + 1)
    assert "no-store" in first["Cache-Control"]
    return first.content.decode()
