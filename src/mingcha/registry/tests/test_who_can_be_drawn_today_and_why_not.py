"""Who can be drawn, who not, and why: one answer for the page, the preview and the seal (N3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.registry.models import Inspector
from mingcha.registry.selectors import assigned_targets, availability
from mingcha.registry.services import cancel_leave, enter_inspector, enter_leave
from mingcha.registry.tests.test_entering_an_inspector import values

TODAY = date(2026, 11, 23)
EVERYONE = System(purpose="tests")


@pytest.fixture
def person(coordinator: Officer, bureau: Unit) -> Inspector:
    return enter_inspector(actor=coordinator, values=values(bureau))


def obstacles(first: date = TODAY, last: date = TODAY) -> list[str]:
    (found,) = availability(EVERYONE, first, last)
    return [refusal.code for refusal in found.obstacles]


def change(person: Inspector, **fields: Any) -> None:
    Inspector.objects.filter(pk=person.pk).update(**fields)


def away(coordinator: Officer, person: Inspector, first: date, last: date) -> Any:
    given = {"inspector": person, "kind": "leave", "first_day": first, "last_day": last}
    return enter_leave(actor=coordinator, values=given)


def test_a_certified_person_at_work_can_be_drawn(person: Inspector) -> None:
    assert obstacles() == []


def test_a_certificate_must_hold_over_the_whole_stretch(person: Inspector) -> None:
    assert obstacles(TODAY, date(2026, 12, 31)) == []
    assert obstacles(TODAY, date(2027, 1, 1)) == ["inspector.expired"]
    change(person, valid_from=TODAY + timedelta(days=1))
    assert obstacles() == ["inspector.not_yet"]


@pytest.mark.parametrize("status", ["suspended", "review", "left"])
def test_only_who_is_at_work_can_be_drawn(person: Inspector, status: str) -> None:
    change(person, status=status)
    assert obstacles() == ["inspector.not_active"]


@pytest.mark.parametrize("kind", ["expert", "helper"])
def test_experts_and_helpers_are_never_drawn(person: Inspector, kind: str) -> None:
    change(person, kind=kind)
    assert obstacles() == ["inspector.not_certified"]


def test_a_closed_section_sends_nobody(person: Inspector, bureau: Unit) -> None:
    section = create_unit(actor=EVERYONE, name="撤销的股", parent=bureau)
    change(person, unit=section)
    Unit.objects.filter(pk=section.pk).update(closed_on=TODAY)
    assert obstacles() == ["inspector.unit_closed"]


def test_leave_over_the_whole_stretch_stands_in_the_way_and_a_part_of_it_does_not(
    person: Inspector, coordinator: Officer
) -> None:
    leave = away(coordinator, person, TODAY, TODAY + timedelta(days=4))
    assert obstacles() == ["inspector.on_leave"]
    assert obstacles(TODAY, TODAY + timedelta(days=5)) == []
    (found,) = availability(EVERYONE, TODAY, TODAY + timedelta(days=5))
    assert found.days_away == 5
    cancel_leave(actor=coordinator, leave=leave)
    assert obstacles() == []


def test_two_leaves_that_meet_are_one_absence(person: Inspector, coordinator: Officer) -> None:
    away(coordinator, person, TODAY, TODAY)
    away(coordinator, person, TODAY + timedelta(days=1), TODAY + timedelta(days=1))
    assert obstacles(TODAY, TODAY + timedelta(days=1)) == ["inspector.on_leave"]


@pytest.fixture
def three_assigned(person: Inspector) -> Iterator[None]:
    assigned_targets.register("tests")(lambda year: {person.pk: 3} if year == TODAY.year else {})
    yield
    assigned_targets._functions.pop("tests")


def test_the_yearly_limit_counts_what_was_assigned(person: Inspector, three_assigned: None) -> None:
    change(person, yearly_limit=4)
    (found,) = availability(EVERYONE, TODAY, TODAY)
    assert (found.assigned, found.remaining, found.can_be_drawn) == (3, 1, True)
    change(person, yearly_limit=3)
    assert obstacles() == ["inspector.limit_reached"]
    change(person, yearly_limit=None)
    assert obstacles() == []


def test_every_reason_is_said_at_once(person: Inspector) -> None:
    change(person, status="left", valid_until=date(2026, 1, 31))
    assert obstacles() == ["inspector.not_active", "inspector.expired"]


def test_the_page_says_who_who_not_why_and_what_to_do(
    person: Inspector, coordinator: Officer, bureau: Unit, client: Client
) -> None:
    late = values(bureau, name="李到期", certificate_number="2", valid_until=date(2026, 11, 1))
    enter_inspector(actor=coordinator, values=late)
    helper = values(bureau, name="孙协助", kind="helper", certificate_number="3")
    enter_inspector(actor=coordinator, values=helper)
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    page = client.get(reverse("registry:availability")).content.decode()
    assert "可以抽取：1 人" in page
    assert "不能抽取：1 人" in page
    assert "执法证件已于 2026-11-01 到期" in page
    assert "请办理换证，再更新证件有效期" in page
    assert "孙协助" in page.partition("专家和协助人员")[2]


def test_the_page_keeps_what_was_asked_when_the_days_are_wrong(client: Client, bureau: Unit) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    asked = {"first": "2026-12-02", "last": "2026-12-01"}
    page = client.get(reverse("registry:availability"), asked).content.decode()
    assert "止日早于起日" in page
    assert "2026-12-02" in page


def test_a_head_sees_the_own_section_only(person: Inspector, bureau: Unit) -> None:
    section = create_unit(actor=EVERYONE, name="监察股", parent=bureau)
    head = as_officer(make_officer(Role.SECTION_HEAD, unit=section, reach="section"))
    assert availability(head, TODAY, TODAY) == []
    change(person, unit=section)
    assert len(availability(head, TODAY, TODAY)) == 1
