"""Recusals are seen by few and hold for a period (监察条例16, N10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.ledger.models import Record
from mingcha.registry.models import Inspector, Recusal, Subject
from mingcha.registry.selectors import firms_kept_from, recusals_between
from mingcha.registry.services import (
    change_recusal,
    declare_recusal,
    enter_inspector,
    enter_subject,
    merge_subjects,
)
from mingcha.registry.tests import test_entering_a_subject, test_entering_an_inspector


@pytest.fixture
def pair(coordinator: Officer, bureau: Unit) -> tuple[Subject, Inspector]:
    subject = enter_subject(actor=coordinator, values=test_entering_a_subject.values())
    inspector = enter_inspector(actor=coordinator, values=test_entering_an_inspector.values(bureau))
    return subject, inspector


def values(pair: tuple[Subject, Inspector], **changes: Any) -> dict[str, Any]:
    return {
        "subject": pair[0],
        "inspector": pair[1],
        "kind": Recusal.Kind.FAMILY,
        "basis": "配偶任职",
        "valid_from": date(2026, 6, 1),
        "valid_until": date(2026, 12, 31),
    } | changes


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_recusal_holds_from_its_first_to_its_last_day(
    coordinator: Officer, pair: tuple[Subject, Inspector], day: date, holds: bool
) -> None:
    declare_recusal(actor=coordinator, values=values(pair))
    assert recusals_between(day, day) == ([(pair[0].pk, pair[1].pk)] if holds else [])


def test_a_recusal_without_an_end_holds_on(coordinator: Officer, pair: tuple[Subject, Inspector]) -> None:
    declare_recusal(actor=coordinator, values=values(pair, valid_until=None))
    assert recusals_between(date(2036, 1, 1), date(2036, 1, 1))


def test_ending_a_recusal_keeps_it_on_the_list(coordinator: Officer, pair: tuple[Subject, Inspector]) -> None:
    recusal = declare_recusal(actor=coordinator, values=values(pair))
    change_recusal(actor=coordinator, recusal=recusal, values=values(pair, valid_until=date(2026, 7, 1)))
    assert not recusals_between(date(2026, 8, 1), date(2026, 8, 31))
    assert Recusal.objects.visible_to(coordinator).count() == 1


def test_of_a_firm_whose_entries_were_merged_it_holds_under_each_of_them(
    coordinator: Officer, pair: tuple[Subject, Inspector], django_assert_num_queries: Any
) -> None:
    kept, person = pair
    others = [
        enter_subject(actor=coordinator, values=test_entering_a_subject.values(name=name, credit_code=""))
        for name in ("同一户的旧登记", "更早的登记")
    ]
    gone, earlier = others
    merge_subjects(actor=coordinator, kept=gone, gone=earlier, take=(), reason="同一户")
    merge_subjects(actor=coordinator, kept=kept, gone=gone, take=(), reason="同一户")
    for entry in (kept, earlier):
        Recusal.objects.create(
            **values((entry, person)), state=Recusal.State.APPROVED, declared_on=date(2026, 6, 1)
        )
    day, entries = date(2026, 6, 1), sorted(one.pk for one in (kept, *others))
    with django_assert_num_queries(4):
        assert recusals_between(day, day) == [(pk, person.pk) for pk in entries]
        assert firms_kept_from([person.pk], day, day) == set(entries)
    assert firms_kept_from([person.pk + 1], day, day) == set()


def test_only_coordinator_overseer_leader_and_the_person_see_a_recusal(
    coordinator: Officer, bureau: Unit, pair: tuple[Subject, Inspector]
) -> None:
    declare_recusal(actor=coordinator, values=values(pair))
    person = make_officer(Role.INSPECTOR, unit=bureau)
    Inspector.objects.filter(pk=pair[1].pk).update(user=person)
    others = [as_officer(make_officer(role, unit=bureau)) for role in Role]
    seers = {viewer.name for viewer in others if Recusal.objects.visible_to(viewer).exists()}
    expected = {
        viewer.name for viewer in others if viewer.has(Role.COORDINATOR, Role.OVERSEER, Role.BUREAU_LEADER)
    }
    assert seers == expected
    assert Recusal.objects.visible_to(as_officer(person)).count() == 1
    assert not Recusal.objects.visible_to(PUBLIC).exists()


def test_the_ledger_shows_no_recusal_in_clear(coordinator: Officer, pair: tuple[Subject, Inspector]) -> None:
    recusal = declare_recusal(actor=coordinator, values=values(pair))
    change_recusal(actor=coordinator, recusal=recusal, values=values(pair, valid_until=date(2026, 7, 1)))
    records = Record.objects.filter(event__startswith="registry.recusal.")
    assert records.count() == 2
    for record in records:
        assert record.personal
        text = f"{record.thing_label}{record.before}{record.after}{record.why}{record.personal}"
        assert pair[0].name not in text
        assert pair[1].name not in text
        assert "配偶" not in text
