"""Days of leave: entered by the coordinator or the own head, never twice, cancelled and not deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mingcha.accounts.models import Unit
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.kernel.testing import refused
from mingcha.registry.forms import LeaveForm
from mingcha.registry.models import Inspector, Leave
from mingcha.registry.services import cancel_leave, change_leave, enter_inspector, enter_leave
from mingcha.registry.tests.test_entering_an_inspector import values

DAY = date(2026, 12, 1)


@pytest.fixture
def person(coordinator: Officer, bureau: Unit) -> Inspector:
    return enter_inspector(actor=coordinator, values=values(bureau))


def given(person: Inspector, first: date = DAY, days: int = 3) -> dict[str, Any]:
    last = first + timedelta(days=days - 1)
    return {"inspector": person, "kind": "leave", "first_day": first, "last_day": last}


def test_the_same_days_are_entered_once(coordinator: Officer, person: Inspector) -> None:
    enter_leave(actor=coordinator, values=given(person))
    with refused("leave.overlaps"):
        enter_leave(actor=coordinator, values=given(person, DAY + timedelta(days=2)))
    enter_leave(actor=coordinator, values=given(person, DAY + timedelta(days=3)))


def test_days_can_be_moved_but_not_onto_other_leave(coordinator: Officer, person: Inspector) -> None:
    leave = enter_leave(actor=coordinator, values=given(person))
    later = enter_leave(actor=coordinator, values=given(person, DAY + timedelta(days=10)))
    change_leave(actor=coordinator, leave=leave, values=given(person, DAY + timedelta(days=1)))
    with refused("leave.overlaps"):
        change_leave(actor=coordinator, leave=later, values=given(person, DAY + timedelta(days=2)))


def test_a_cancelled_leave_stays_on_record_and_frees_its_days(
    coordinator: Officer, person: Inspector
) -> None:
    leave = enter_leave(actor=coordinator, values=given(person))
    for _press in range(2):
        cancel_leave(actor=coordinator, leave=leave)
    assert Leave.objects.get().cancelled_on == date(2026, 11, 23)
    enter_leave(actor=coordinator, values=given(person))


def test_a_head_enters_leave_for_the_own_section_only(
    coordinator: Officer, person: Inspector, bureau: Unit
) -> None:
    section = create_unit(actor=System(purpose="tests"), name="监察股", parent=bureau)
    head = as_officer(make_officer(Role.SECTION_HEAD, unit=section, reach="section"))
    with refused("leave.other_section"):
        enter_leave(actor=head, values=given(person))
    Inspector.objects.filter(pk=person.pk).update(unit=section)
    enter_leave(actor=head, values=given(person))


def test_leave_does_not_end_before_it_begins(person: Inspector) -> None:
    wrong = given(person) | {"inspector": person.pk, "last_day": DAY - timedelta(days=1)}
    assert "last_day" in LeaveForm(wrong).errors
