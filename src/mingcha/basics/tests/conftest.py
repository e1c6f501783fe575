from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer, System

SYSTEM = System(purpose="tests")


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def system() -> System:
    return SYSTEM


@pytest.fixture
def loaded(db: None, now: clock.FixedClock) -> None:
    """The data that every installation starts with."""
    load_initial("accounts.initial", "basics.initial")


@pytest.fixture
def coordinator(db: None, now: clock.FixedClock) -> Officer:
    return as_officer(make_officer(Role.COORDINATOR, unit=make_unit("综合股"), name="周经办"))


@pytest.fixture
def leader(db: None, now: clock.FixedClock) -> Officer:
    return as_officer(make_officer(Role.BUREAU_LEADER, name="郑局长"))


@pytest.fixture
def administrator(db: None, now: clock.FixedClock) -> Officer:
    return as_officer(make_officer(Role.ADMINISTRATOR, name="管理员"))


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter
