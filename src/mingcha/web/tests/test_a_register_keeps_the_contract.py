"""The contract that every register inherits, held by the sample register."""

from __future__ import annotations

from typing import Any

import pytest

from mingcha.web.testing import CreatingContract
from mingcha.web.tests.sample import Firm, FirmRegister, PersonalFirmRegister, Town

pytestmark = pytest.mark.usefixtures("sample_tables")


class TestFirmRegister(CreatingContract):
    everybody_sees_all = True
    register = FirmRegister

    def make(self, number: int) -> Firm:
        town, _ = Town.objects.get_or_create(name=f"示例镇{number}")
        return Firm.objects.create(name="同名单位", code=f"9113011100000000{number}", town=town)

    def make_invisible(self) -> Firm:
        return Firm.objects.create(name="看不见的单位", hidden=True)

    def valid_input(self, number: int) -> dict[str, Any]:
        return {"name": f"新单位{number}", "kind": "firm", "active": "on"}

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return {"name": "填过的名称", "kind": "no such kind"}, "填过的名称"


class TestPersonalFirmRegister(TestFirmRegister):
    register = PersonalFirmRegister
