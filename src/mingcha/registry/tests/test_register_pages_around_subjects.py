"""Tags, claims, suspicions and merges keep the contract of every register page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.registry.models import BulkChange, Claim, Merge, Subject, Suspicion, Tag
from mingcha.registry.registers import (
    BulkChangeRegister,
    ClaimRegister,
    MergeRegister,
    SuspicionRegister,
    TagRegister,
)
from mingcha.registry.services import (
    change_together,
    define_tag,
    enter_subject,
    merge_subjects,
    receive_claims,
)
from mingcha.registry.tests.test_entering_a_subject import values
from mingcha.web.testing import CreatingContract, RegisterContract


@pytest.fixture
def sign_in_as(bureau: Unit) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, unit=bureau, reach="bureau"))

    return enter


class _OfSubjects(RegisterContract):
    @pytest.fixture(autouse=True)
    def _county(self, coordinator: Officer) -> None:
        self.coordinator = coordinator

    def subject(self, number: int) -> Subject:
        named = values(name=f"示范企业{number:03d}", credit_code=credit_code.synthetic(number))
        return enter_subject(actor=self.coordinator, values=named)


class TestTags(_OfSubjects, CreatingContract):
    register = TagRegister
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _empty(self, _county: None) -> None:
        Tag.objects.all().delete()

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "code": f"tag-{number}",
            "label": f"标签{number}",
            "group": "own",
            "meaning": "",
            "in_use": True,
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"code": "含空格 的"}, "标签1"

    def make(self, number: int) -> Tag:
        return define_tag(actor=self.coordinator, values=self.valid_input(number))


class TestClaims(_OfSubjects):
    register = ClaimRegister

    def make(self, number: int) -> Claim:
        ids = [self.subject(number).pk]
        return receive_claims(actor=self.coordinator, subjects=ids, source="推送")[0]


class TestSuspicions(_OfSubjects):
    register = SuspicionRegister

    def make(self, number: int) -> Suspicion:
        first, second = self.subject(2 * number), self.subject(2 * number + 1)
        return Suspicion.objects.create(first=first, second=second, reasons="name", found_at=clock.now())


class TestMerges(_OfSubjects):
    register = MergeRegister

    def make(self, number: int) -> Merge:
        kept, gone = self.subject(2 * number), self.subject(2 * number + 1)
        return merge_subjects(actor=self.coordinator, kept=kept, gone=gone, take=(), reason="同一家")


class TestBulkChanges(_OfSubjects):
    register = BulkChangeRegister

    def make(self, number: int) -> BulkChange:
        chosen = Subject.objects.filter(pk=self.subject(number).pk)
        return change_together(
            actor=self.coordinator,
            verb="town",
            value=f"镇{number}",
            subjects=chosen,
            counted=1,
            reason="整理",
        )
