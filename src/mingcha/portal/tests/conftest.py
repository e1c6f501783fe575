from collections.abc import Iterator

import pytest

from mingcha.base import clock
from mingcha.planning.testing import MORNING, County, make_county


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def county(db: None, now: clock.FixedClock) -> County:
    return make_county(now)
