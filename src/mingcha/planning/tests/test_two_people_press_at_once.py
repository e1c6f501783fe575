"""Two people press at the same moment: one wins, the other is told; the register stays one chain."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from mingcha.base import clock
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import selectors, services
from mingcha.planning.models import Draw, DrawTarget, RegisterLine
from mingcha.planning.testing import MORNING, County, draft, make_county, revealed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


def at_once(*presses: Callable[[], object]) -> list[object]:
    """Run all presses in threads that start together; give what each returned or raised."""
    gate = threading.Barrier(len(presses))
    outcomes: list[object] = [None] * len(presses)

    def press(number: int) -> None:
        gate.wait()
        try:
            outcomes[number] = presses[number]()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_one_draft_is_sealed_once(county: County) -> None:
    plan = draft(county)
    outcomes = at_once(*[lambda: services.seal(actor=county.coordinator, draw=plan)] * 4)
    assert [type(outcome) for outcome in outcomes].count(Draw) == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [outcome.codes for outcome in refused] == [("lifecycle.not_here",)] * 3
    assert RegisterLine.objects.count() == 2


def test_one_draw_is_drawn_once(county: County) -> None:
    draw = revealed(county)
    outcomes = at_once(
        lambda: services.confirm_digits(actor=county.overseer, draw=draw),
        lambda: services.confirm_digits(actor=county.leader, draw=draw),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Draw", "Refused"]
    assert DrawTarget.objects.filter(draw=draw, kind="S").count() == 3


def test_draws_sealed_and_drawn_at_the_same_moment_stay_one_chain(county: County) -> None:
    shown = revealed(county, items="先")
    plans = [draft(county, items=f"第{number}批") for number in range(3)]
    presses = [lambda plan=plan: services.seal(actor=county.coordinator, draw=plan) for plan in plans]
    outcomes = at_once(lambda: services.confirm_digits(actor=county.overseer, draw=shown), *presses)
    assert [type(outcome) for outcome in outcomes] == [Draw] * 4, outcomes
    assert first_gap(selectors.register_jsonl()) is None
    assert RegisterLine.objects.count() == 2 + 2 + 3 * 2
