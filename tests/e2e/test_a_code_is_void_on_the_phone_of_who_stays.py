"""A drawn team changes after the phones were preloaded: who stays shows no void code, and preloads anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.base.testing import load_initial
from mingcha.inspection.testing import goes, ready
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds
from tests.e2e.phones import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_former_code_is_hidden_until_the_visit_is_preloaded_again(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any
) -> None:
    load_initial("inspection.initial")
    visit = ready(county)
    gone, stays = visit.team[0], goes(visit, 1)
    phone = phones("stays")
    phone.signs_in(stays)
    phone.takes_along(visit)
    phone.opens(visit, "door")
    expect(phone.page.locator(".p-digits")).to_be_visible()

    assert visit.task is not None
    asked = planning.dispatch.ask_replacement(
        actor=county.head, task=visit.task, inspector=gone, grounds=grounds("clash")
    )
    agreed(county, asked)
    phone.page.goto(live_server.url + "/inspection/phone/")
    phone.opens(visit, "door")

    expect(phone.page.get_by_text("这个检查码已经作废")).to_be_visible()
    expect(phone.page.locator(".p-digits")).to_have_count(0)
    assert axe(phone.page) == []
    phone.takes_along(visit)
    phone.opens(visit, "door")
    expect(phone.page.locator(".p-digits")).to_be_visible()
