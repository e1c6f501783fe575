"""Lists that were brought in keep the contract of every register page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.registry.importing.pages.registers import ImportRegister
from mingcha.registry.models import ImportBatch, ImportSource
from mingcha.web.testing import CreatingContract


@pytest.fixture
def sign_in_as(bureau: Unit) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, unit=bureau, reach="bureau"))

    return enter


class TestImports(CreatingContract):
    register = ImportRegister

    @pytest.fixture(autouse=True)
    def _source(self, bureau: Unit) -> None:
        self.source = ImportSource.objects.create(name="示范来源")

    def make(self, number: int) -> ImportBatch:
        made: ImportBatch = ImportBatch.objects.create(
            register=ImportBatch.Register.SUBJECTS,
            source=self.source,
            file_name=f"名单{number}.csv",
            state=ImportBatch.State.DONE,
            started_at=clock.now(),
            changed_at=clock.now(),
        )
        return made

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "register": "subjects",
            "new_source": f"来源{number}",
            "division_code": "",
            "file": SimpleUploadedFile("名单.csv", "企业名称\n示范甲\n".encode()),
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"division_code": "13"}, "来源1"
