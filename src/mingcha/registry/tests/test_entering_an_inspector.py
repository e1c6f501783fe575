"""Inspectors: one certificate one person, valid on every day of the visit window (行政处罚法42, N3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.accounts.models import Unit
from mingcha.base.viewers import Officer
from mingcha.registry.forms import InspectorForm
from mingcha.registry.models import Inspector, Specialty
from mingcha.registry.services import enter_inspector


def values(unit: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "name": "王一鸣",
        "unit": unit,
        "certificate_number": "13011100001",
        "authority": "示范县人民政府",
        "valid_from": date(2024, 1, 1),
        "valid_until": date(2026, 12, 31),
        "specialties": Specialty.objects.filter(code="ldjc"),
        "active": True,
        "user": None,
    } | changes


def typed(unit: Unit, **changes: Any) -> dict[str, Any]:
    return values(unit) | {"unit": unit.pk, "specialties": [], "user": ""} | changes


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2024, 1, 1), date(2026, 12, 31), True),
        (date(2026, 12, 1), date(2027, 1, 1), False),
        (date(2023, 12, 31), date(2024, 2, 1), False),
    ],
)
def test_a_certificate_counts_only_when_it_covers_every_day(
    coordinator: Officer, bureau: Unit, first: date, last: date, found: bool
) -> None:
    enter_inspector(actor=coordinator, values=values(bureau))
    people = Inspector.objects.visible_to(coordinator).certified_through(first, last)
    assert people.exists() is found


def test_a_person_who_is_not_at_work_is_not_certified(coordinator: Officer, bureau: Unit) -> None:
    enter_inspector(actor=coordinator, values=values(bureau, active=False))
    day = date(2026, 11, 23)
    assert not Inspector.objects.visible_to(coordinator).certified_through(day, day).exists()


def test_a_certificate_number_belongs_to_one_person(coordinator: Officer, bureau: Unit) -> None:
    enter_inspector(actor=coordinator, values=values(bureau))
    form = InspectorForm(typed(bureau, name="另一人", certificate_number=" 13011100001 "))
    assert "王一鸣" in form.errors["certificate_number"][0]


def test_a_certificate_does_not_end_before_it_begins(bureau: Unit) -> None:
    form = InspectorForm(typed(bureau, valid_until="2023-12-31"))
    assert "valid_until" in form.errors


def test_specialties_are_kept(coordinator: Officer, bureau: Unit) -> None:
    inspector = enter_inspector(actor=coordinator, values=values(bureau))
    assert [str(specialty) for specialty in inspector.specialties.all()] == ["劳动用工监察"]
