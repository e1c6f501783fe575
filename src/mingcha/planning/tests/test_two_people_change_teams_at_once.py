"""Two people press at the same moment: one wins, the other is told; rows and register stay one story."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mingcha.base import clock
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.change_rules import foresee
from mingcha.planning.dispatch.changes import living, teams_of
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, Task
from mingcha.planning.services.dispatch import changing
from mingcha.planning.testing import MORNING, County, grounds, handed_on, make_county, revealed
from mingcha.planning.tests.test_two_people_press_at_once import at_once
from mingcha.registry.models import Recusal
from mingcha.registry.services import reject_recusal

pytestmark = pytest.mark.django_db(transaction=True)
Cause = ChangeRequest.Cause


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


def agree(county: County, request: ChangeRequest) -> object:
    found = foresee(request.dispatch, request.kind, task=request.task, inspector=request.inspector)
    return lambda: services.dispatch.approve(actor=county.leader, request=request, seen=found.digest)


def whole(batch: Dispatch) -> bool:
    live = Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED).select_related("target")
    found = {task.target.roster_id: [one.code for one in task.team] for task in live if task.target}
    return found == teams_of(living(batch)) and first_gap(selectors.register_jsonl()) is None


def reserves_asked_for(county: County, batch: Dispatch) -> list[ChangeRequest]:
    return [
        services.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds(Cause.CLOSED))
        for task in Task.objects.filter(dispatch=batch).order_by("seq")[:2]
    ]


def test_the_same_request_is_carried_out_once(county: County) -> None:
    batch = handed_on(county)
    request, _other = reserves_asked_for(county, batch)
    outcomes = at_once(*[agree(county, request)] * 3)  # type: ignore[list-item]
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangeRequest", "Refused", "Refused"]
    told = [one.codes for one in outcomes if isinstance(one, Refused)]
    assert told == [("lifecycle.not_here",)] * 2
    assert DispatchChange.objects.count() == 1
    assert whole(batch)


def test_of_two_requests_that_were_looked_at_together_one_is_shown_anew(county: County) -> None:
    batch = handed_on(county)
    presses = [agree(county, request) for request in reserves_asked_for(county, batch)]
    outcomes = at_once(*presses)  # type: ignore[arg-type]
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangeRequest", "Refused"]
    assert [one.codes for one in outcomes if isinstance(one, Refused)] == [("change.moved",)]
    assert whole(batch)


def test_two_who_ask_for_the_same_at_once_ask_once(county: County) -> None:
    batch = handed_on(county)
    task = Task.objects.filter(dispatch=batch).order_by("seq")[0]
    outcomes = at_once(
        *[
            lambda actor=actor: services.dispatch.ask_reserve(
                actor=actor, task=task, grounds=grounds(Cause.CLOSED)
            )
            for actor in (county.head, county.coordinator)
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangeRequest", "Refused"]
    assert ChangeRequest.objects.count() == 1


def test_a_change_and_a_draw_at_the_same_moment_stay_one_chain(county: County) -> None:
    batch = handed_on(county)
    other = revealed(county, items="先")
    (request, _second) = reserves_asked_for(county, batch)
    outcomes = at_once(
        agree(county, request),  # type: ignore[arg-type]
        lambda: services.confirm_digits(actor=county.leader, draw=other),
        lambda: services.dispatch.reject(actor=county.leader, request=_second, reason="不同意"),
    )
    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    assert whole(batch)


def test_who_decides_on_the_recusal_and_who_on_the_request_wait_in_the_same_order(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = handed_on(county)
    task = Task.objects.filter(dispatch=batch).order_by("seq")[0]
    request = services.dispatch.ask_replacement(
        actor=county.head,
        task=task,
        inspector=task.team[0].inspector,
        grounds=grounds(Cause.RECUSAL),
        relation="family",
    )
    begun, advance = threading.Event(), changing.advance

    def slowly(*given: Any, **named: Any) -> None:
        """The request is locked; the other gets the time to lock what it begins with."""
        begun.set()
        time.sleep(1)
        advance(*given, **named)

    def on_the_recusal() -> object:
        begun.wait(10)
        return reject_recusal(
            actor=county.leader, recusal=Recusal.objects.get(), reason="不属于应当回避的情形"
        )

    monkeypatch.setattr(changing, "advance", slowly)
    outcomes = at_once(agree(county, request), on_the_recusal)  # type: ignore[arg-type]
    assert [type(one).__name__ for one in outcomes] == ["ChangeRequest", "Refused"], outcomes
    assert Recusal.objects.get().state == Recusal.State.APPROVED
    assert whole(batch)
