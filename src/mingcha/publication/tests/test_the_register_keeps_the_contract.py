"""The register of publications keeps the contract of every register page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingcha.base.events import Thing
from mingcha.publication.models import Publication
from mingcha.publication.registers import PublicationRegister
from mingcha.publication.testing import Bureau, prepared
from mingcha.web.testing import RegisterContract


class TestPublicationRegister(RegisterContract):
    register = PublicationRegister
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _people(self, bureau: Bureau) -> Iterator[None]:
        self.bureau = bureau
        yield

    def make(self, number: int) -> Publication:
        thing = Thing("sample.campaign", 100 + number, f"示范{number}")
        return prepared(self.bureau, thing=thing, title=f"示范抽查结果{number:02d}")
