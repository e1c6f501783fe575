"""Arrivals are taken over or declined in time; what is late is on somebody's list (plan 二（二）2)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.models import Deadline
from mingcha.basics.services import deadlines
from mingcha.kernel import credit_code
from mingcha.kernel.refusal import Refused
from mingcha.registry.models import Claim, Subject
from mingcha.registry.services import decide_claims, enter_subject, receive_claims
from mingcha.registry.tests.test_entering_a_subject import values
from mingcha.web.providers import next_steps


@pytest.fixture
def claims(coordinator: Officer) -> list[Claim]:
    subjects = [
        enter_subject(
            actor=coordinator, values=values(name=f"新设企业{n}", credit_code=credit_code.synthetic(n))
        )
        for n in range(3)
    ]
    return receive_claims(actor=coordinator, subjects=[s.pk for s in subjects], source="省监管平台推送")


def step(officer: Officer) -> object:
    found = [step for step in next_steps.gather(officer) if "待认领" in str(step.title)]
    return found[0] if found else None


def test_an_arrival_starts_a_term_of_ten_work_days(claims: list[Claim]) -> None:
    deadline = Deadline.objects.get(thing_type="registry.claim", thing_id=claims[0].pk)
    assert (deadline.rule.code, deadline.due_on) == ("CLAIM", date(2026, 12, 7))
    assert not deadline.rule.confirmed


def test_arrivals_that_wait_stand_once_on_the_home_page(coordinator: Officer, claims: list[Claim]) -> None:
    waiting = [s for s in next_steps.gather(coordinator) if "认领" in f"{s.title}{s.detail}"]
    assert [s.count for s in waiting] == [len(claims)]


def test_who_waits_already_does_not_arrive_twice(coordinator: Officer, claims: list[Claim]) -> None:
    ids = [claim.subject_id for claim in claims]
    assert receive_claims(actor=coordinator, subjects=ids, source="再次推送") == []
    assert Claim.objects.count() == 3


def test_claiming_many_meets_every_deadline(coordinator: Officer, claims: list[Claim]) -> None:
    decide_claims(actor=coordinator, claims=[claim.pk for claim in claims], verb="claim")
    assert set(Claim.objects.values_list("state", flat=True)) == {"claimed"}
    assert set(Deadline.objects.values_list("state", flat=True)) == {"met"}


def test_a_decline_needs_its_reason_and_leaves_the_registration(
    coordinator: Officer, claims: list[Claim]
) -> None:
    with pytest.raises(Refused):
        decide_claims(actor=coordinator, claims=[claims[0].pk], verb="decline")
    decide_claims(actor=coordinator, claims=[claims[0].pk], verb="decline", reason="用工地在邻县")
    declined = Claim.objects.get(pk=claims[0].pk)
    assert (declined.state, declined.reason) == ("declined", "用工地在邻县")
    assert Subject.objects.get(pk=declined.subject_id).registration == "active"


def test_if_somebody_decided_one_meanwhile_none_is_decided(coordinator: Officer, claims: list[Claim]) -> None:
    decide_claims(actor=coordinator, claims=[claims[1].pk], verb="claim")
    with pytest.raises(Refused):
        decide_claims(actor=coordinator, claims=[claim.pk for claim in claims], verb="claim")
    assert Claim.objects.filter(state="pending").count() == 2


def test_home_counts_what_waits_with_the_nearest_day(
    bureau: Unit, coordinator: Officer, claims: list[Claim]
) -> None:
    head = as_officer(make_officer(Role.SECTION_HEAD, unit=bureau))
    for officer in (coordinator, head):
        found = step(officer)
        assert (found.count, found.due) == (3, date(2026, 12, 7))  # type: ignore[attr-defined]
    assert step(as_officer(make_officer(Role.OVERSEER, unit=bureau))) is None
    decide_claims(actor=coordinator, claims=[claim.pk for claim in claims], verb="claim")
    assert step(coordinator) is None


def test_what_is_late_says_so(coordinator: Officer, claims: list[Claim]) -> None:
    later = clock.FixedClock(datetime(2026, 12, 8, 9, 0, tzinfo=clock.SHANGHAI))
    with clock.using(later):
        deadlines.watch(actor=System(purpose="tests"))
        assert step(coordinator).tone == "danger"  # type: ignore[attr-defined]
        decide_claims(actor=coordinator, claims=[claims[0].pk], verb="claim")
    assert Deadline.objects.get(thing_id=claims[0].pk).state == "met_late"


def test_ticked_ones_are_claimed_from_one_page(bureau: Unit, claims: list[Claim], client: Client) -> None:
    sign_in(client, make_officer(Role.SECTION_HEAD, unit=bureau))
    page = reverse("registry:claims-many")
    assert client.get(page).content.decode().count('name="claim"') == 3
    ticked = [str(claim.pk) for claim in claims[:2]]
    client.post(page, {"claim": ticked, "verb": "claim", "_once": idempotency.token()})
    assert Claim.objects.filter(state="claimed").count() == 2
