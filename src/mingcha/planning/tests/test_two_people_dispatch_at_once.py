"""Two people press at the same moment: one wins, the other is told; nothing is handed on twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingcha.base import clock
from mingcha.basics.models import Deadline
from mingcha.kernel.refusal import Refused
from mingcha.planning import services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Dispatch, Task
from mingcha.planning.testing import MORNING, County, drawn, make_county
from mingcha.planning.tests.test_two_people_press_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


def test_a_batch_is_handed_on_once_and_confirmed_once(county: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    for verb, actor in (
        (services.dispatch.dispatch, county.coordinator),
        (services.dispatch.confirm, county.head),
    ):
        outcomes = at_once(*[lambda verb=verb, actor=actor: verb(actor=actor, batch=batch)] * 3)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Dispatch", "Refused", "Refused"]
        told = [outcome.codes for outcome in outcomes if isinstance(outcome, Refused)]
        assert told == [("lifecycle.not_here",)] * 2
    assert Task.objects.filter(state=states.CONFIRMED).count() == 3
    assert Deadline.objects.filter(rule__code="CONFIRM_DISPATCH").count() == 1
