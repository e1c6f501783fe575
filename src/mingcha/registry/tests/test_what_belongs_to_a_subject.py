"""Contacts, licences, tags, gradings, counts: added, corrected, ended, and never gone without a trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.registry.forms.parts import PART_FORMS, GradingForm
from mingcha.registry.models import (
    Contact,
    Division,
    Grading,
    Headcount,
    Industry,
    Licence,
    Subject,
    SubjectTag,
    Tag,
)
from mingcha.registry.services import add_part, correct_part, end_part, enter_subject
from mingcha.registry.services.newest import refresh_rows
from mingcha.registry.services.parts import PARTS
from mingcha.registry.tests.test_entering_a_subject import values

PHONE = "13800001234"


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=values())


def contact(**changes: Any) -> dict[str, Any]:
    return {
        "post": "hr",
        "name": "李晓明",
        "phone": PHONE,
        "source": "企业自报",
        "recorded_on": date(2026, 11, 1),
    } | changes


def count(day: date, **numbers: int | None) -> dict[str, Any]:
    return {"counted_on": day, "workers": None, "insured": None, "dispatched": None, "source": "参保登记"} | (
        numbers
    )


def grade(system: str, letter: str, year: int) -> dict[str, Any]:
    return {"system": system, "grade": letter, "year": year, "graded_on": date(year + 1, 3, 1), "source": ""}


def stored(subject: Subject) -> Subject:
    return Subject.objects.get(pk=subject.pk)


def test_every_kind_has_a_form_and_a_form_has_a_kind() -> None:
    assert PARTS.keys() == PART_FORMS.keys()


def test_a_contact_is_masked_on_screen_and_encrypted_in_the_database_and_the_ledger(
    coordinator: Officer, bureau: Unit, subject: Subject, client: Client
) -> None:
    add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    html = client.get(reverse("registry:subjects-detail", args=[subject.pk])).content.decode()
    assert "138****1234" in html
    assert PHONE not in html
    assert "李晓明" not in html
    record = Record.objects.get(event="registry.subject.part_added")
    assert PHONE not in f"{record.after}{record.personal}"


def test_a_number_is_read_only_after_saying_what_for(
    coordinator: Officer, bureau: Unit, subject: Subject, client: Client
) -> None:
    row = add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = reverse("registry:contact-phone", args=[row.pk])
    assert PHONE not in client.get(page).content.decode()
    assert client.post(page, {"reason": " ", "_once": idempotency.token()}).status_code == 422
    assert not Record.objects.filter(event="registry.contact.revealed").exists()
    shown = client.post(page, {"reason": "通知入企时间", "_once": idempotency.token()}, follow=True)
    assert f'href="tel:{PHONE}"' in shown.content.decode()
    assert Record.objects.get(event="registry.contact.revealed").why == "通知入企时间"


def test_the_number_is_hidden_again_after_ten_minutes(
    coordinator: Officer, bureau: Unit, subject: Subject, client: Client, now: Any
) -> None:
    row = add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = reverse("registry:contact-phone", args=[row.pk])
    client.post(page, {"reason": "通知", "_once": idempotency.token()})
    assert PHONE in client.get(page).content.decode()
    now.advance(minutes=11)
    assert PHONE not in client.get(page).content.decode()


def test_a_contact_that_is_no_longer_used_stays_with_the_day(coordinator: Officer, subject: Subject) -> None:
    row = add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    end_part(actor=coordinator, part="contacts", row_id=row.pk, reason="已离职")
    assert Contact.objects.get().ended_on == date(2026, 11, 23)
    assert Record.objects.get(event="registry.subject.part_ended").why == "已离职"
    with pytest.raises(Refused) as raised:
        end_part(actor=coordinator, part="contacts", row_id=row.pk, reason="再来一次")
    assert raised.value.codes == ("part.ended",)


def test_nothing_is_ended_without_a_reason(coordinator: Officer, subject: Subject) -> None:
    row = add_part(actor=coordinator, part="contacts", subject=subject, values=contact())
    with pytest.raises(Refused):
        end_part(actor=coordinator, part="contacts", row_id=row.pk, reason="  ")
    assert Contact.objects.get().ended_on is None


def test_a_licence_number_belongs_to_one_subject_and_the_refusal_names_it(
    coordinator: Officer, subject: Subject
) -> None:
    licence = {"kind": Licence.Kind.DISPATCH, "number": "冀130111001", "valid_until": date(2027, 1, 1)}
    add_part(actor=coordinator, part="licences", subject=subject, values=licence)
    other = enter_subject(actor=coordinator, values=values(name="另一家", credit_code=""))
    with pytest.raises(Refused) as raised:
        add_part(actor=coordinator, part="licences", subject=other, values=licence)
    assert subject.name in raised.value.text()


def test_a_tag_comes_off_with_a_reason_that_the_ledger_keeps(coordinator: Officer, subject: Subject) -> None:
    tag = Tag.objects.get(code="watch")
    row = add_part(
        actor=coordinator,
        part="tags",
        subject=subject,
        values={"tag": tag, "since": date(2026, 1, 1), "why": "三次投诉"},
    )
    end_part(actor=coordinator, part="tags", row_id=row.pk, reason="整改完毕")
    assert not SubjectTag.objects.exists()
    record = Record.objects.get(event="registry.subject.part_ended")
    assert (record.after["row"], record.why) == ("重点关注", "整改完毕")


def test_the_subject_repeats_its_newest_counts(coordinator: Officer, subject: Subject) -> None:
    for day, workers, insured in ((date(2026, 3, 1), 80, 60), (date(2025, 3, 1), 90, 70)):
        add_part(
            actor=coordinator,
            part="headcounts",
            subject=subject,
            values=count(day, workers=workers, insured=insured),
        )
    # A later list that knows only the insured does not erase the workers.
    latest = count(date(2026, 6, 1), insured=66)
    row = add_part(actor=coordinator, part="headcounts", subject=subject, values=latest)
    now = stored(subject)
    assert (now.workers, now.insured, now.counted_on) == (80, 66, date(2026, 6, 1))
    end_part(actor=coordinator, part="headcounts", row_id=row.pk, reason="录错企业")
    now = stored(subject)
    assert (now.workers, now.insured, now.counted_on) == (80, 60, date(2026, 3, 1))


def test_computed_again_the_columns_are_what_is_stored(coordinator: Officer, subject: Subject) -> None:
    for system, grades in Grading.GRADES.items():
        for year, letter in enumerate(grades, start=2020):
            add_part(actor=coordinator, part="gradings", subject=subject, values=grade(system, letter, year))
    add_part(actor=coordinator, part="headcounts", subject=subject, values=count(date(2026, 1, 1), workers=9))
    row = Grading.objects.filter(system="hrss").latest("year")
    correct_part(actor=coordinator, part="gradings", row_id=row.pk, values=grade("hrss", "B", row.year))
    columns = ("workers", "insured", "dispatched", "counted_on", *Grading.COLUMNS.values())
    before = Subject.objects.values(*columns).get()
    assert before["grade_hrss"] == "B"
    assert refresh_rows(Subject.objects.all()) == 1
    assert Subject.objects.values(*columns).get() == before


def test_the_three_systems_never_mix(coordinator: Officer, subject: Subject) -> None:
    for system, letter in (("hrss", "A"), ("market", "D"), ("dispatch", "A+")):
        add_part(actor=coordinator, part="gradings", subject=subject, values=grade(system, letter, 2025))
    now = stored(subject)
    assert (now.grade_hrss, now.grade_market, now.grade_dispatch) == ("A", "D", "A+")
    assert len(set(Grading.COLUMNS.values())) == len(Grading.System)


@pytest.mark.parametrize("mixed", ["hrss:D", "market:A+", "A", "hrss:"])
def test_a_grade_of_another_system_cannot_be_chosen(bureau: Unit, mixed: str) -> None:
    form = GradingForm({"grade_of_system": mixed, "year": 2025, "graded_on": "2026-03-01"})
    assert "grade_of_system" in form.errors


def test_every_grade_is_shown_with_its_system_in_words(
    coordinator: Officer, bureau: Unit, subject: Subject, client: Client
) -> None:
    add_part(actor=coordinator, part="gradings", subject=subject, values=grade("market", "C", 2025))
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    html = client.get(reverse("registry:subjects-detail", args=[subject.pk])).content.decode()
    for system in Grading.System:
        assert html.count(f"<span>{system.label}</span>") == 1
    market = html.split(f"<span>{Grading.System.MARKET.label}</span>")[1]
    assert market.startswith("<strong>C 级")


def test_a_withdrawn_row_is_taken_up_again_when_it_comes_back(coordinator: Officer, subject: Subject) -> None:
    day = date(2026, 3, 1)
    row = add_part(actor=coordinator, part="headcounts", subject=subject, values=count(day, workers=8))
    end_part(actor=coordinator, part="headcounts", row_id=row.pk, reason="录错")
    again = add_part(actor=coordinator, part="headcounts", subject=subject, values=count(day, workers=18))
    assert again.pk == row.pk
    assert stored(subject).workers == 18
    assert Headcount.objects.get().withdrawn_on is None


@pytest.mark.parametrize("page", ["subjects-detail", "subject-file"])
def test_many_rows_ask_the_database_no_more_questions(
    coordinator: Officer, bureau: Unit, subject: Subject, client: Client, page: str
) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    address = reverse(f"registry:{page}", args=[subject.pk])

    def grow(tag: str, year: int) -> None:
        for part, entered in (
            ("contacts", contact()),
            ("licences", {"kind": "other", "number": tag, "state": "valid"}),
            ("tags", {"tag": Tag.objects.get(code=tag), "since": date(2026, 1, 1), "why": "x"}),
            ("gradings", grade("hrss", "A", year)),
            ("headcounts", count(date(year, 1, 1), workers=year)),
        ):
            add_part(actor=coordinator, part=part, subject=subject, values=entered)

    grow("watch", 2020)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    grow("dispatch", 2021)
    grow("training", 2022)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few), [query["sql"] for query in many.captured_queries]


def test_the_page_of_a_subject_asks_fourteen_questions(
    bureau: Unit, subject: Subject, client: Client
) -> None:
    """Four of them are who is asking, three are parameters and the calendar; names of places and trades are
    remembered for some minutes."""
    Subject.objects.update(industry_code="7263", division_code="130111")
    Industry.objects.update_or_create(code="7263", defaults={"name": "劳务派遣服务", "level": 4})
    for code in ("130111", subject.credit_code[2:8]):
        Division.objects.update_or_create(code=code, defaults={"name": "示范区"})
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    address = reverse("registry:subjects-detail", args=[subject.pk])
    assert "7263 劳务派遣服务" in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 14, [query["sql"] for query in asked.captured_queries]


def test_only_keepers_write(bureau: Unit, subject: Subject) -> None:
    overseer = as_officer(make_officer(Role.OVERSEER, unit=bureau))
    with pytest.raises(Refused):
        add_part(actor=overseer, part="contacts", subject=subject, values=contact())


def test_adding_twice_by_a_double_press_adds_once(bureau: Unit, subject: Subject, client: Client) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = reverse("registry:part-add", args=[subject.pk, "contacts"])
    typed = contact(recorded_on="2026-11-01") | {"_once": idempotency.token()}
    assert client.post(page, typed)["Location"] == client.post(page, typed)["Location"]
    assert Contact.objects.count() == 1
