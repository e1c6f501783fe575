"""The list of 候补 and 更换 keeps what every register promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.planning.dispatch.change_registers import ChangeRegister
from mingcha.planning.models import ChangeRequest, Dispatch, Task
from mingcha.planning.testing import County, drawn
from mingcha.web.testing import RegisterContract


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    """`sign_in_as(client, *roles)` makes the client an officer with the roles over the whole bureau."""

    def enter(client: Client, *roles: Role | str) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter


class TestChangeRegister(RegisterContract):
    register = ChangeRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _batch(self, county: County) -> None:
        self.task = Task.objects.filter(dispatch=Dispatch.objects.get(draw=drawn(county)))[0]

    def make(self, number: int) -> ChangeRequest:
        return ChangeRequest.objects.create(
            dispatch=self.task.dispatch,
            kind=ChangeRequest.Kind.RESERVE,
            task=self.task,
            cause=ChangeRequest.Cause.CLOSED,
            reason=f"第 {number} 次核实",
            state="rejected",
            asked_at=clock.now(),
        )
