"""Flags, changes of the list and superiors' lists keep the contract of every register page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.base import clock
from mingcha.items.models import BasisFlag, ListRevision, SuperiorList
from mingcha.items.registers import FlagRegister, RevisionRegister, SuperiorRegister
from mingcha.items.testing import published_item
from mingcha.items.tests.conftest import House
from mingcha.items.tests.test_a_superiors_list_is_compared_and_decided_row_by_row import HEADINGS, ROWS
from mingcha.web.testing import CreatingContract, RegisterContract


class _OfTheList(RegisterContract):
    """Whoever works on the list works on all of it."""

    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _house(self, house: House) -> None:
        self.house = house


class TestFlags(_OfTheList):
    register = FlagRegister

    def make(self, number: int) -> BasisFlag:
        version = published_item(f"事项{number}", code=f"T{number:03d}")
        basis = version.all_bases.first()
        assert basis is not None
        made: BasisFlag = BasisFlag.objects.create(
            basis=basis, new_text=basis.law_text, kind=BasisFlag.Kind.CHANGED, raised_at=clock.now()
        )
        return made


class TestRevisions(_OfTheList):
    register = RevisionRegister

    def make(self, number: int) -> ListRevision:
        made: ListRevision = ListRevision.objects.create(
            title=f"清单调整{number}",
            effective_from=date(2027, 1, 1),
            proposed_at=clock.now() + timedelta(minutes=number),
        )
        return made


class TestSuperiors(_OfTheList, CreatingContract):
    register = SuperiorRegister

    def make(self, number: int) -> SuperiorList:
        made: SuperiorList = SuperiorList.objects.create(
            authority="省厅", title=f"清单{number}", file_name="清单.csv", sha256="0", received_at=clock.now()
        )
        return made

    def valid_input(self, number: int) -> dict[str, Any]:
        content = "\n".join((HEADINGS, *ROWS)).encode("utf-8-sig")
        return {
            "authority": "省厅",
            "title": f"清单{number}",
            "published_on": "2026-06-01",
            "file": SimpleUploadedFile("清单.csv", content),
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"published_on": "2036-06-01"}, "清单1"
