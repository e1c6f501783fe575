from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer, System
from mingcha.laws import initial

SYSTEM = System(purpose="tests")


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def some_laws(db: None, now: clock.FixedClock) -> None:
    """The laws that most tests cite."""
    wanted = {"劳动合同法", "社会保险法", "劳动保障监察条例", "民办教育促进法实施条例"}
    notice = "关于职工全年月平均工作时间和工资折算问题的通知"
    chosen = [row for row in initial.TABLE if {row.title, row.short_title} & {*wanted, notice}]
    initial.enter(actor=SYSTEM, rows=chosen)


@pytest.fixture
def library(db: None, now: clock.FixedClock) -> None:
    """The laws that every installation starts with."""
    load_initial("laws.initial")


@pytest.fixture
def coordinator(db: None, now: clock.FixedClock) -> Officer:
    return as_officer(make_officer(Role.COORDINATOR, unit=make_unit("综合股"), name="周经办"))


@pytest.fixture
def sign_in_as(db: None, now: clock.FixedClock) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, reach="bureau"))

    return enter
