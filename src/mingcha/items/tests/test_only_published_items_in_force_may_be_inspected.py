"""N2, domain E3: 未经公布的检查事项不得实施."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingcha.base import clock
from mingcha.items import selectors, services
from mingcha.items.rules import require_in_force
from mingcha.items.services import create_item
from mingcha.items.testing import BEGAN, make_content, publish, published_item
from mingcha.items.tests.conftest import House
from mingcha.kernel.refusal import Refused


def test_a_published_item_may_be_inspected_from_its_first_day_on(house: House) -> None:
    version = published_item()
    require_in_force([version], BEGAN, clock.today())


def test_a_draft_may_not_be_inspected_and_the_refusal_names_the_article(house: House) -> None:
    draft = create_item(actor=house.coordinator, content=make_content())
    with pytest.raises(Refused) as raised:
        require_in_force([draft], clock.today())
    assert raised.value.codes == ("item.not_in_force",)
    assert "54号三" in raised.value.refusals[0].basis


def test_an_item_may_not_be_inspected_before_its_first_day(house: House) -> None:
    version = published_item(begins=clock.today() + timedelta(days=10))
    with pytest.raises(Refused):
        require_in_force([version], clock.today())
    require_in_force([version], clock.today() + timedelta(days=10))


def test_an_item_that_ends_within_the_visits_may_not_be_inspected(house: House) -> None:
    version = published_item()
    version.effective_until = date(2026, 12, 31)
    require_in_force([version], date(2026, 12, 1), date(2026, 12, 31))
    with pytest.raises(Refused) as raised:
        require_in_force([version], date(2026, 12, 1), date(2027, 1, 15))
    assert raised.value.refusals[0].params["day"] == "2027-01-01"


def test_a_stopped_item_may_not_be_inspected_from_that_day_on(house: House) -> None:
    version = published_item()
    services.stop(actor=house.leader, version_id=version.pk, reason="没有法定依据，予以清理")
    version.refresh_from_db()
    with pytest.raises(Refused):
        require_in_force([version], clock.today())
    require_in_force([version], clock.today() - timedelta(days=1))


def test_every_item_that_is_out_of_force_is_named(house: House) -> None:
    drafts = [
        create_item(actor=house.coordinator, content=make_content(code=code)) for code in ("T01", "T02")
    ]
    with pytest.raises(Refused) as raised:
        require_in_force(drafts, clock.today())
    assert len(raised.value.refusals) == 2


def test_the_list_of_a_day_holds_what_was_in_force_then(house: House) -> None:
    old = published_item(begins=date(2025, 1, 1))
    following = services.draft_next(actor=house.coordinator, item_id=old.item_id)
    new = publish(following, date(2027, 1, 1))
    assert list(selectors.in_force(date(2024, 12, 31))) == []
    assert list(selectors.in_force(date(2026, 12, 31))) == [old]
    assert list(selectors.in_force(date(2027, 1, 1))) == [new]
