from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mingcha.accounts.models import RoleGrant, Unit, User
from mingcha.accounts.registers import UnitRegister, UserRegister
from mingcha.accounts.testing import make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Reach, Role
from mingcha.web.testing import CreatingContract


class TestUnitRegister(CreatingContract):
    register = UnitRegister
    everybody_sees_all = True

    def make(self, number: int) -> Unit:
        return make_unit(f"示例股{number}")

    def valid_input(self, number: int) -> dict[str, str]:
        return {"name": f"示例股{number}", "kind": "section", "capacity": "", "short_code": f"例{number}"}

    def invalid_input(self) -> tuple[dict[str, str], str]:
        return {"name": "示例股", "kind": "section", "division_code": "13"}, "示例股"


class TestUserRegister(CreatingContract):
    register = UserRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture
    def sign_in_as(self, db) -> Callable[..., None]:
        """The reader is one of the rows made before, so that the list holds exactly what was made."""

        def go(client: Client, *roles: Role) -> None:
            user = User.objects.order_by("pk").first() or make_officer()
            for role in roles:
                RoleGrant.objects.get_or_create(
                    user=user,
                    role=role,
                    reach=Reach.BUREAU,
                    defaults={"valid_from": clock.today() - timedelta(days=1), "granted_at": clock.now()},
                )
            sign_in(client, user)

        return go

    def make(self, number: int) -> User:
        return make_officer(name=f"示例人员{number}")

    def valid_input(self, number: int) -> dict[str, str]:
        return {"username": f"example{number}", "name": f"示例人员{number}", "unit": "", "phone": ""}

    def invalid_input(self) -> tuple[dict[str, str], str]:
        return {"username": "不 行", "name": "示例人员"}, "示例人员"
