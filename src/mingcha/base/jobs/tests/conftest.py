from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from mingcha.base import clock
from mingcha.base.clock import SHANGHAI, FixedClock
from mingcha.base.jobs.tests import handlers
from mingcha.base.roles import Role
from mingcha.base.viewers import Grant, Officer


@pytest.fixture(autouse=True)
def nothing_done_yet() -> None:
    handlers.done.clear()


@pytest.fixture
def owner() -> Officer:
    return Officer(id=1, name="李经办", grants=(Grant(Role.COORDINATOR),))


@pytest.fixture
def colleague() -> Officer:
    return Officer(id=2, name="赵同事", grants=(Grant(Role.COORDINATOR),))


@pytest.fixture
def administrator() -> Officer:
    return Officer(id=3, name="钱管理", grants=(Grant(Role.ADMINISTRATOR),))


@pytest.fixture
def at() -> Iterator[FixedClock]:
    """A clock at ten in the morning, Shanghai time, that the test moves."""
    fixed = FixedClock(datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI))
    with clock.using(fixed):
        yield fixed
