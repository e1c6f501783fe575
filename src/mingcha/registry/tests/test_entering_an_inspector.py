"""Inspectors: one certificate one person, valid on every day of the visit window (行政处罚法42, N3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.registry.forms import InspectorForm
from mingcha.registry.models import Specialty
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
        "status": "active",
        "user": None,
    } | changes


def typed(unit: Unit, **changes: Any) -> dict[str, Any]:
    given = values(unit) | {"unit": unit.pk, "kind": "certified", "specialties": [], "user": ""}
    return given | changes


def test_a_certificate_number_belongs_to_one_person(coordinator: Officer, bureau: Unit) -> None:
    enter_inspector(actor=coordinator, values=values(bureau))
    form = InspectorForm(typed(bureau, name="另一人", certificate_number=" 13011100001 "))
    assert "王一鸣" in form.errors["certificate_number"][0]


def test_a_certificate_does_not_end_before_it_begins(bureau: Unit) -> None:
    form = InspectorForm(typed(bureau, valid_until="2023-12-31"))
    assert "valid_until" in form.errors


def test_an_account_belongs_to_one_inspector(coordinator: Officer, bureau: Unit) -> None:
    account = make_officer(Role.INSPECTOR, unit=bureau)
    enter_inspector(actor=coordinator, values=values(bureau, user=account))
    form = InspectorForm(typed(bureau, certificate_number="2", user=account.pk))
    assert "user" in form.errors


def test_only_the_coordinator_keeps_the_register_of_inspectors(bureau: Unit) -> None:
    head = as_officer(make_officer(Role.SECTION_HEAD, unit=bureau))
    with pytest.raises(Refused):
        enter_inspector(actor=head, values=values(bureau))


def test_specialties_are_kept(coordinator: Officer, bureau: Unit) -> None:
    inspector = enter_inspector(actor=coordinator, values=values(bureau))
    assert [str(specialty) for specialty in inspector.specialties.all()] == ["劳动用工监察"]


def test_who_is_to_be_drawn_needs_a_certificate(coordinator: Officer, bureau: Unit) -> None:
    bare = {"certificate_number": "", "valid_from": None, "valid_until": None}
    form = InspectorForm(typed(bureau, **bare))
    assert {"certificate_number", "valid_from", "valid_until"} <= set(form.errors)
    with refused("inspector.certificate_missing"):
        enter_inspector(actor=coordinator, values=values(bureau, **bare))


@pytest.mark.parametrize("kind", ["expert", "helper"])
def test_experts_and_helpers_need_none_and_several_may_lack_one(
    coordinator: Officer, bureau: Unit, kind: str
) -> None:
    bare = {"kind": kind, "certificate_number": "", "valid_from": None, "valid_until": None}
    for name in ("赵专家", "钱协助"):
        assert InspectorForm(typed(bureau, name=name, **bare)).is_valid()
        enter_inspector(actor=coordinator, values=values(bureau, name=name, **bare))
