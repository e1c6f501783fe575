"""The register of laws keeps the contract of every register page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from mingcha.laws.registers import LawRegister
from mingcha.laws.tests.samples import make_law, make_text
from mingcha.web.testing import CreatingContract


@pytest.mark.usefixtures("now")
class TestLaws(CreatingContract):
    everybody_sees_all = True
    register = LawRegister

    def make(self, number: int) -> models.Model:
        law = make_law(f"示例条例{number:02d}")
        make_text(law)
        return law

    def valid_input(self, number: int) -> dict[str, Any]:
        return {"title": f"新条例{number}", "rank": "2"}

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        make_law("已有条例")
        return {"title": "已有条例", "rank": "2", "aliases": "只写在这里的名称"}, "只写在这里的名称"
