"""The list of leads keeps what every register promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, make_unit, sign_in
from mingcha.base import clock, testing
from mingcha.base.roles import Role
from mingcha.leads.models import Lead
from mingcha.leads.registers import LeadRegister
from mingcha.leads.testing import day
from mingcha.web.testing import RegisterContract


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    """`sign_in_as(client, *roles)` makes the client an officer with the roles over the whole bureau."""

    def enter(client: Client, *roles: Role | str) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter


class TestLeadRegister(RegisterContract):
    register = LeadRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _section(self, db: None, now: clock.FixedClock) -> None:
        testing.load_initial("basics.initial")
        self.unit = make_unit("劳动监察股")
        self.handler: User = make_officer(Role.INSPECTOR, unit=self.unit)

    def make(self, number: int) -> Lead:
        made: Lead = Lead.objects.create(
            number=f"线索〔2026〕第{number:04d}号",
            kind=Lead.Kind.CLUE,
            channel=Lead.Channel.OWN_DATA,
            received_on=day("2026-11-20"),
            subject_text=f"第 {number} 家",
            what="未参保人数与用工人数相差较大",
            unit=self.unit,
            handler=self.handler,
            state_since=day("2026-11-20"),
            registered_at=clock.now(),
        )
        return made
