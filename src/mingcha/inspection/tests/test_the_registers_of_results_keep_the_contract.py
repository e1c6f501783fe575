"""The lists of corrections and of letters keep what every register promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.inspection.models import Correction, Inspection, RecordVersion, Referral
from mingcha.inspection.results.registers import CorrectionRegister, ReferralRegister
from mingcha.inspection.results.testing import submitted
from mingcha.planning.testing import County
from mingcha.web.testing import RegisterContract


@pytest.fixture
def sign_in_as(db: None) -> Callable[..., None]:
    """`sign_in_as(client, *roles)` makes the client an officer with the roles over the whole bureau."""

    def enter(client: Client, *roles: Role | str) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter


class TestCorrectionRegister(RegisterContract):
    register = CorrectionRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _recorded(self, here: County, visit: Inspection) -> None:
        self.county, self.inspection = here, submitted(here, visit)

    def make(self, number: int) -> Correction:
        return Correction.objects.create(
            inspection=self.inspection,
            of=RecordVersion.objects.get(inspection=self.inspection),
            proposed='{"result:reason": "补充"}',
            reason=f"第 {number} 次核对",
            state="rejected",
            asked_at=clock.now(),
            asked_by_id=self.county.coordinator.id,
        )


class TestReferralRegister(RegisterContract):
    register = ReferralRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _visited(self, here: County, visit: Inspection) -> None:
        self.inspection = visit

    def make(self, number: int) -> Referral:
        return Referral.objects.create(
            inspection=self.inspection,
            to="market",
            to_name="市场监管部门",
            number=f"示抄函字〔2026〕第{number:04d}号",
            matter="登记的住所查无此单位",
            state="dropped",
            made_at=clock.now(),
        )
