from collections.abc import Iterator
from datetime import datetime

import pytest

from mingcha.accounts.models import Unit, UnitKind
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer, System


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI))
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def bureau(db: None, now: clock.FixedClock) -> Unit:
    load_initial("accounts.initial", "basics.initial", "registry.initial")
    return create_unit(
        actor=System(purpose="tests"), name="示范县人社局", kind=UnitKind.BUREAU, division_code="130111"
    )


@pytest.fixture
def coordinator(bureau: Unit) -> Officer:
    return as_officer(make_officer(Role.COORDINATOR, unit=bureau))
