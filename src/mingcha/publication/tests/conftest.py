from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.publication.testing import Bureau, forget_types, make_bureau

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def bureau(db: None, now: clock.FixedClock) -> Iterator[Bureau]:
    yield make_bureau()
    forget_types()


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter
