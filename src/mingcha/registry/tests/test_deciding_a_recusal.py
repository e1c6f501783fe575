"""A recusal is declared, keeps the person away at once, and is decided within three work days (T09)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Deadline
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import check_lifecycle, refused
from mingcha.ledger.models import Record
from mingcha.registry.models import Inspector, Recusal, Subject
from mingcha.registry.providers import _recusals_to_decide
from mingcha.registry.recusal_lifecycle import RECUSAL, RecusalFacts
from mingcha.registry.selectors import recusals_between
from mingcha.registry.services import (
    approve_recusal,
    change_recusal,
    declare_own_recusal,
    declare_recusal,
    enter_inspector,
    enter_subject,
    reject_recusal,
)
from mingcha.registry.tests import test_entering_a_subject, test_entering_an_inspector

DAY = date(2026, 12, 1)


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=test_entering_a_subject.values())


@pytest.fixture
def person(coordinator: Officer, bureau: Unit) -> Inspector:
    return enter_inspector(actor=coordinator, values=test_entering_an_inspector.values(bureau))


@pytest.fixture
def leader(bureau: Unit) -> Officer:
    return as_officer(make_officer(Role.BUREAU_LEADER, unit=bureau))


@pytest.fixture
def recusal(coordinator: Officer, subject: Subject, person: Inspector) -> Recusal:
    return declare_recusal(actor=coordinator, values=given(subject, person))


def given(subject: Subject, person: Inspector, **changes: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "inspector": person,
        "kind": Recusal.Kind.FAMILY,
        "basis": "妻子任会计",
        "valid_from": date(2026, 11, 1),
        "valid_until": None,
    } | changes


def kept_away() -> bool:
    return bool(recusals_between(DAY, DAY))


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    check_lifecycle(RECUSAL, st.builds(RecusalFacts))


def test_declared_keeps_away_at_once_and_rejected_no_longer(recusal: Recusal, leader: Officer) -> None:
    assert kept_away()
    rejected = reject_recusal(actor=leader, recusal=recusal, reason="已离职三年，无利害关系")
    assert rejected.state == Recusal.State.REJECTED
    assert not kept_away()


def test_the_head_decides_within_three_work_days(recusal: Recusal, leader: Officer) -> None:
    deadline = Deadline.objects.get()
    assert (deadline.rule.code, deadline.due_on) == ("T09", date(2026, 11, 26))
    approve_recusal(actor=leader, recusal=recusal)
    deadline.refresh_from_db()
    assert deadline.met_on == date(2026, 11, 23)
    assert kept_away()


def test_the_home_page_of_the_head_leads_to_what_waits(recusal: Recusal, leader: Officer) -> None:
    (step,) = _recusals_to_decide(leader)
    assert str(recusal.pk) in step.url
    approve_recusal(actor=leader, recusal=recusal)
    assert list(_recusals_to_decide(leader)) == []


def test_who_declared_does_not_decide(bureau: Unit, subject: Subject, person: Inspector) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.BUREAU_LEADER, unit=bureau))
    declared = declare_recusal(actor=both, values=given(subject, person))
    with pytest.raises(Refused):
        approve_recusal(actor=both, recusal=declared)


def test_others_do_not_decide_and_nobody_decides_twice(
    recusal: Recusal, coordinator: Officer, leader: Officer
) -> None:
    with pytest.raises(Refused):
        approve_recusal(actor=coordinator, recusal=recusal)
    approve_recusal(actor=leader, recusal=recusal)
    with pytest.raises(Refused):
        reject_recusal(actor=leader, recusal=recusal, reason="改主意")


def test_rejecting_needs_a_reason(recusal: Recusal, leader: Officer) -> None:
    with pytest.raises(Refused):
        reject_recusal(actor=leader, recusal=recusal, reason="  ")


def test_a_rejected_recusal_that_is_changed_is_decided_anew(
    recusal: Recusal, coordinator: Officer, leader: Officer, subject: Subject, person: Inspector
) -> None:
    reject_recusal(actor=leader, recusal=recusal, reason="无利害关系")
    changed = given(subject, person, valid_until=date(2027, 1, 1))
    again = change_recusal(actor=coordinator, recusal=recusal, values=changed)
    assert (again.pk, again.state, again.decided_by) == (recusal.pk, Recusal.State.DECLARED, None)
    assert Deadline.objects.open().count() == 1


def test_a_change_of_an_approved_recusal_releases_nobody_before_it_is_approved(
    recusal: Recusal, coordinator: Officer, leader: Officer, subject: Subject, person: Inspector
) -> None:
    approve_recusal(actor=leader, recusal=recusal)
    ended = given(subject, person, valid_until=date(2026, 11, 24))
    change = change_recusal(actor=coordinator, recusal=recusal, values=ended)
    assert (change.state, change.replaces) == (Recusal.State.DECLARED, recusal)
    assert Deadline.objects.open().count() == 1
    assert kept_away()
    approve_recusal(actor=leader, recusal=change)
    recusal.refresh_from_db()
    assert recusal.state == Recusal.State.REPLACED
    assert not kept_away()


def test_a_change_that_is_rejected_leaves_the_approved_recusal_as_it_was(
    recusal: Recusal, coordinator: Officer, leader: Officer, subject: Subject, person: Inspector
) -> None:
    approve_recusal(actor=leader, recusal=recusal)
    ended = given(subject, person, valid_until=date(2026, 11, 24))
    change = change_recusal(actor=coordinator, recusal=recusal, values=ended)
    reject_recusal(actor=leader, recusal=change, reason="关系仍在")
    recusal.refresh_from_db()
    assert (recusal.state, recusal.valid_until) == (Recusal.State.APPROVED, None)
    assert kept_away()


def test_an_approved_recusal_has_one_change_at_a_time(
    recusal: Recusal, coordinator: Officer, leader: Officer, subject: Subject, person: Inspector
) -> None:
    approve_recusal(actor=leader, recusal=recusal)
    values = given(subject, person, valid_until=date(2027, 1, 1))
    assert change_recusal(actor=coordinator, recusal=recusal, values=given(subject, person)) == recusal
    change_recusal(actor=coordinator, recusal=recusal, values=values)
    with refused("recusal.changing"):
        change_recusal(actor=coordinator, recusal=recusal, values=values)


def test_a_person_declares_the_own_recusal_by_code_or_full_name(
    person: Inspector, subject: Subject, bureau: Unit
) -> None:
    user = make_officer(Role.INSPECTOR, unit=bureau)
    Inspector.objects.filter(pk=person.pk).update(user=user)
    values = {"kind": "family", "basis": "兄弟任经理", "valid_from": DAY, "valid_until": None}
    for named in (subject.credit_code.lower(), subject.name):
        own = declare_own_recusal(actor=as_officer(user), code_or_name=named, values=values)
        assert (own.subject, own.inspector, own.declared_by) == (subject, person, person.name)
    with refused("recusal.no_subject"):
        declare_own_recusal(actor=as_officer(user), code_or_name=subject.name[:2], values=values)


def test_who_is_no_inspector_declares_none(bureau: Unit, subject: Subject) -> None:
    stranger = as_officer(make_officer(Role.INSPECTOR, unit=bureau))
    with refused("recusal.no_inspector"):
        declare_own_recusal(actor=stranger, code_or_name=subject.name, values={})


def test_neither_ledger_nor_deadline_says_who_is_concerned(
    recusal: Recusal, leader: Officer, subject: Subject, person: Inspector
) -> None:
    approve_recusal(actor=leader, recusal=recusal)
    records = Record.objects.filter(thing_type=Thing.of(recusal).type)
    told = [f"{row.thing_label}{row.before}{row.after}{row.why}{row.personal}" for row in records]
    told += [deadline.thing_label for deadline in Deadline.objects.all()]
    assert len(told) >= 4
    assert not [text for text in told if person.name in text or subject.name in text]
