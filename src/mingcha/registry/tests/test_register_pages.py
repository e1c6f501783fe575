"""The registers keep the contract of every register page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.registry.models import Inspector, Leave, Recusal, Subject, Visit
from mingcha.registry.registers import (
    InspectorRegister,
    LeaveRegister,
    RecusalRegister,
    SubjectRegister,
    VisitRegister,
)
from mingcha.registry.services import (
    declare_recusal,
    enter_inspector,
    enter_leave,
    enter_subject,
    record_visit,
)
from mingcha.registry.tests import test_entering_a_subject, test_entering_an_inspector
from mingcha.web.testing import CreatingContract


@pytest.fixture
def sign_in_as(bureau: Unit) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, unit=bureau, reach="bureau"))

    return enter


def subject_values(number: int) -> dict[str, Any]:
    return test_entering_a_subject.values(
        name=f"示范企业{number:03d}有限公司", credit_code=credit_code.synthetic(number)
    )


class TestSubjects(CreatingContract):
    register = SubjectRegister

    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer) -> None:
        self.coordinator = coordinator

    def make(self, number: int) -> Subject:
        return enter_subject(actor=self.coordinator, values=subject_values(number))

    def valid_input(self, number: int) -> dict[str, Any]:
        return subject_values(number)

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return subject_values(1) | {"credit_code": "9113011"}, "示范企业001有限公司"


class TestInspectors(CreatingContract):
    register = InspectorRegister

    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer, bureau: Unit) -> None:
        self.coordinator, self.bureau = coordinator, bureau

    def values(self, number: int) -> dict[str, Any]:
        changes = {"name": f"执法{number:03d}", "certificate_number": f"13011{number:06d}"}
        return test_entering_an_inspector.values(self.bureau, **changes)

    def make(self, number: int) -> Inspector:
        return enter_inspector(actor=self.coordinator, values=self.values(number))

    def valid_input(self, number: int) -> dict[str, Any]:
        typed = self.values(number)
        return typed | {"unit": self.bureau.pk, "kind": "certified", "specialties": [], "user": ""}

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"valid_until": "2020-01-01"}, "13011000001"


class TestRecusals(CreatingContract):
    register = RecusalRegister
    #: Few read recusals; these few read all of them, wherever the firm lies.
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer, bureau: Unit) -> None:
        self.coordinator = coordinator
        self.inspector = enter_inspector(actor=coordinator, values=test_entering_an_inspector.values(bureau))

    def values(self, number: int) -> dict[str, Any]:
        subject = enter_subject(actor=self.coordinator, values=subject_values(number))
        return {
            "subject": subject,
            "inspector": self.inspector,
            "kind": Recusal.Kind.FAMILY,
            "basis": f"登记{number}",
            "valid_from": "2026-06-01",
            "valid_until": None,
        }

    def make(self, number: int) -> Recusal:
        return declare_recusal(actor=self.coordinator, values=self.values(number))

    def valid_input(self, number: int) -> dict[str, Any]:
        typed = self.values(number)
        return typed | {
            "subject": typed["subject"].credit_code,
            "inspector": self.inspector.pk,
            "valid_until": "",
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"valid_until": "2020-01-01"}, "登记1"


class TestLeaves(CreatingContract):
    register = LeaveRegister

    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer, bureau: Unit) -> None:
        self.coordinator = coordinator
        self.inspector = enter_inspector(actor=coordinator, values=test_entering_an_inspector.values(bureau))

    def values(self, number: int) -> dict[str, Any]:
        day = date(2026, 1, 1) + timedelta(days=3 * number)
        return {"inspector": self.inspector, "kind": "leave", "first_day": day, "last_day": day}

    def make(self, number: int) -> Leave:
        return enter_leave(actor=self.coordinator, values=self.values(number))

    def valid_input(self, number: int) -> dict[str, Any]:
        return self.values(number) | {"inspector": self.inspector.pk}

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"last_day": "2020-01-01"}, "2026-01-04"


class TestVisits(CreatingContract):
    register = VisitRegister

    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer) -> None:
        self.coordinator = coordinator
        self.subject = enter_subject(actor=coordinator, values=subject_values(1))

    def values(self, number: int) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "visited_on": date(2026, 1, 1) + timedelta(days=number),
            "kind": "routine",
            "manner": "on_site",
            "unit_name": "劳动监察股",
            "own_bureau": True,
            "items": f"事项{number}",
            "exempt_reason": "",
        }

    def make(self, number: int) -> Visit:
        return record_visit(actor=self.coordinator, values=self.values(number))

    def valid_input(self, number: int) -> dict[str, Any]:
        return self.values(number) | {"subject": self.subject.credit_code}

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"visited_on": "昨天"}, "事项1"
