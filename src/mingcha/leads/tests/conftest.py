from collections.abc import Iterator

import pytest

from mingcha.base import clock
from mingcha.leads.testing import MORNING, Desk, make_desk


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def desk(db: None, now: clock.FixedClock) -> Desk:
    return make_desk(now)
