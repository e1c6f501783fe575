"""Telephone of who was present, names of witness and receiver: masked until somebody says what for (N10)."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.inspection import services
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.testing import reviewed, submitted
from mingcha.inspection.testing import goes
from mingcha.ledger.models import Record
from mingcha.planning.testing import County

PHONE, MASKED = "13833110001", "138****0001"


def _desk(county: County) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    return client


def test_they_are_masked_on_record_and_notice_until_the_reason_is_on_record(
    here: County, visit: Inspection
) -> None:
    inspection = reviewed(here, visit, values={"present:phone": PHONE})
    notice = services.issue_result_notice(actor=goes(inspection), inspection=inspection)
    services.serve_result_notice(
        actor=goes(inspection),
        notice=notice,
        on=here.clock.now().date(),
        how="direct",
        receiver="王经理",
    )
    client = _desk(here)
    record = reverse("inspection:record", args=[inspection.pk])
    letter = reverse("inspection:result-notice", args=[notice.pk])

    page = client.get(record)
    assert MASKED in page.content.decode() and PHONE not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "签收人：王**" in client.get(letter).content.decode()

    asking = reverse("inspection:reveal-people", args=[inspection.pk]) + f"?next={letter}"
    once = client.get(asking).content.decode().split('name="_once" value="')[1].split('"')[0]
    assert client.post(asking, {"_once": once, "reason": " "}).status_code == 422
    answer = client.post(asking, {"_once": once, "reason": "打印笔录请企业签名"})

    assert answer["Location"] == letter
    assert "签收人：王经理" in client.get(letter).content.decode()
    assert PHONE in client.get(record).content.decode()
    assert Record.objects.filter(event="inspection.people_revealed", why="打印笔录请企业签名").count() == 1
    here.clock.advance(minutes=11)
    assert PHONE not in client.get(record).content.decode()


def test_the_reviewer_reads_the_record_masked_too(here: County, visit: Inspection) -> None:
    inspection = submitted(here, visit, values={"present:phone": PHONE})
    client = Client()
    sign_in(client, User.objects.get(pk=here.head.id))

    page = client.get(reverse("inspection:review", args=[inspection.pk])).content.decode()

    assert MASKED in page and PHONE not in page
