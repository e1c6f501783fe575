"""One publishes, another decides on the correction of the same result: one waits, neither is sent away."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.testing import load_initial
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve
from mingcha.inspection import services
from mingcha.inspection.models import Correction, Inspection
from mingcha.inspection.results.testing import again, reviewed, waiting
from mingcha.inspection.services import correcting, publicising
from mingcha.inspection.testing import goes, ready
from mingcha.planning.testing import MORNING, County, make_county
from mingcha.planning.tests.test_two_people_press_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        made = make_county(fixed)
        load_initial("inspection.initial")
        yield made


def _asked(county: County) -> tuple[Inspection, Correction]:
    inspection = reviewed(county, ready(county), result="6")
    values = {"result:reason": "缺少九月份工资支付台账"}
    return inspection, services.ask_correction(
        actor=goes(inspection), inspection=inspection, proposed=values, reason="月份写错"
    )


def _slow(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> threading.Event:
    """Give the other the time to lock what it begins with, once this one holds its own first lock."""
    begun, real = threading.Event(), getattr(module, name)

    def slowly(*given: Any, **named: Any) -> Any:
        begun.set()
        time.sleep(1)
        return real(*given, **named)

    monkeypatch.setattr(module, name, slowly)
    return begun


def test_who_corrects_first_and_who_publishes_wait_in_the_same_order(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection, asked = _asked(county)
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None
    publications = waiting()
    begun = _slow(monkeypatch, correcting, "freeze")

    def publishing() -> object:
        begun.wait(10)
        return services.publish_results(actor=county.leader, publications=publications)

    outcomes = at_once(
        lambda: approve(actor=county.head, approval_id=approval.pk, opinion="同意"), publishing
    )

    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    # What waited was replaced by the corrected one, and is not published any more.
    assert again(inspection).state == "reviewed"
    services.publish_results(actor=county.leader, publications=waiting())
    assert again(inspection).state == "published"


def test_who_publishes_first_and_who_corrects_wait_in_the_same_order(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection, asked = _asked(county)
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None
    publications = waiting()
    begun = _slow(monkeypatch, publicising, "_check_publisher")

    def correcting_it() -> object:
        begun.wait(10)
        return approve(actor=county.head, approval_id=approval.pk, opinion="同意")

    outcomes = at_once(
        lambda: services.publish_results(actor=county.leader, publications=publications), correcting_it
    )

    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    assert again(inspection).state == "published"
    assert len(waiting()) == 1


def test_who_takes_a_request_back_and_who_agrees_to_it_wait_in_the_same_order(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection, asked = _asked(county)
    approval = approvals.of_thing("correction", Thing.of(asked))
    assert approval is not None
    begun = _slow(monkeypatch, correcting, "freeze")

    def taking_back() -> object:
        begun.wait(10)
        return services.withdraw_correction(actor=goes(inspection), correction=asked, reason="另行提出")

    outcomes = at_once(
        lambda: approve(actor=county.head, approval_id=approval.pk, opinion="同意"), taking_back
    )

    assert [type(one).__name__ for one in outcomes] == ["Approval", "Refused"], outcomes
    assert again(inspection).result_reason == "缺少九月份工资支付台账"
