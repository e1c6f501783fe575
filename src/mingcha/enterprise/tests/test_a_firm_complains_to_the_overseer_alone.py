"""投诉和核对: what a firm complains of is read by the overseer alone; six digits are checked with care."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.enterprise import services
from mingcha.enterprise.doors import Door, open_door
from mingcha.enterprise.models import CodeCheck, VisitComplaint
from mingcha.enterprise.services import complaining
from mingcha.inspection import services as inspections
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import goes, left
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning.testing import County

SAID = "检查人员要求我们请客，老板王小明不同意就说要罚款"


@pytest.fixture
def door(here: County, visit: Inspection) -> Door:
    return open_door(inspections.issue_package(actor=goes(visit), inspection=visit).token)


def test_a_complaint_is_for_the_overseer_and_nobody_else(
    client: Client, here: County, visit: Inspection, door: Door
) -> None:
    answered = client.post(
        reverse("enterprise:complain", args=[door.token]), {"text": SAID, "contact": "13900001111"}
    )
    assert "投诉已送督导员" in client.get(answered["Location"]).content.decode()

    complaint = VisitComplaint.objects.visible_to(here.overseer).get()
    assert complaint.text == SAID
    for viewer in (here.coordinator, here.head, here.leader, goes(visit), door.viewer):
        assert not VisitComplaint.objects.visible_to(viewer).exists()
    told = " ".join(f"{one.before} {one.after} {one.thing_label}" for one in Record.objects.all())
    assert "请客" not in told
    assert Record.objects.filter(event="enterprise.complaint_received").get().thing_id == complaint.pk


def test_the_same_words_are_one_complaint_and_a_code_floods_nobody(
    here: County, visit: Inspection, door: Door
) -> None:
    for number in range(20):
        services.complain(actor=door.viewer, door=door, text=f"第 {number} 件")
    services.complain(actor=door.viewer, door=door, text="第 0 件")
    assert VisitComplaint.objects.count() == 20
    with refused("limit.visit_complaints"):
        services.complain(actor=door.viewer, door=door, text="再来一件")


def test_the_same_words_sent_twice_at_once_are_one_complaint(
    visit: Inspection, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_other_is_first(name: str, number: int) -> None:
        digest = hex_digest(SAID.encode())
        VisitComplaint.objects.create(inspection=visit, text=SAID, digest=digest, received_at=clock.now())

    monkeypatch.setattr(complaining.limits, "check", the_other_is_first)
    made = services.complain(actor=door.viewer, door=door, text=SAID)
    assert VisitComplaint.objects.get() == made


def test_a_code_that_is_void_complains_of_nothing(here: County, visit: Inspection, door: Door) -> None:
    inspections.issue_package(actor=goes(visit), inspection=visit, anew=True)
    with refused("complaint.code"):
        services.complain(actor=door.viewer, door=open_door(door.token), text=SAID)


def test_the_overseer_says_what_was_done_and_the_next_step_is_gone(
    client: Client, here: County, visit: Inspection, door: Door
) -> None:
    complaint = services.complain(actor=door.viewer, door=door, text=SAID)
    sign_in(client, User.objects.get(pk=here.overseer.id))
    assert "1 件企业投诉待处理" in client.get("/").content.decode()
    page = client.get(reverse("enterprise:complaints-detail", args=[complaint.pk])).content.decode()
    assert SAID in page

    client.post(
        reverse("enterprise:complaint-handle", args=[complaint.pk]),
        {"handling": "已谈话核实", "_once": idempotency.token()},
    )

    assert "企业投诉待处理" not in client.get("/").content.decode()
    with refused("lifecycle.not_here"):
        services.handle_complaint(actor=here.overseer, complaint=complaint, handling="改一改说法")
    complaint.refresh_from_db()
    assert complaint.handling == "已谈话核实"
    handled = Record.objects.get(event="enterprise.complaint_handled")
    assert (handled.before, handled.after) == ({"state": "待处理"}, {"state": "已处理"})
    with refused("basics.role"):
        services.handle_complaint(actor=here.head, complaint=complaint, handling="不许")


def test_six_digits_tell_the_clerk_whose_code_it_is(
    client: Client, here: County, visit: Inspection, door: Door
) -> None:
    sign_in(client, User.objects.get(pk=here.coordinator.id))
    digits = f"{door.issue.digits[:3]} {door.issue.digits[3:]}"

    asked = client.post(reverse("enterprise:check-code"), {"digits": digits, "_once": idempotency.token()})

    page = client.get(asked["Location"]).content.decode()
    assert "入企码有效" in page
    assert visit.name in page
    assert visit.team[0].certificate_number in page
    here.clock.advance(minutes=11)
    assert client.get(asked["Location"]).status_code == 404


def test_guessing_digits_ends_after_ten_and_a_visit_that_is_over_has_none(
    here: County, visit: Inspection, door: Door
) -> None:
    with refused("code.digits"):
        services.check_digits(actor=here.coordinator, digits="12345")
    left(here, visit)
    assert services.check_digits(actor=here.overseer, digits=door.issue.digits).issue is None
    others = (f"{number:06d}" for number in range(100) if f"{number:06d}" != door.issue.digits)
    for _time in range(10):
        services.check_digits(actor=here.coordinator, digits=next(others))
    with refused("limit.wrong_codes"):
        services.check_digits(actor=here.coordinator, digits=next(others))
    here.clock.advance(hours=1, minutes=1)
    assert services.check_digits(actor=here.coordinator, digits=next(others)).issue is None
    assert CodeCheck.objects.visible_to(here.head).count() == 0
