"""A record is returned: the phone that wrote it still has it, and a new one takes up where it was left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.base.testing import load_initial
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.testing import again, submitted
from mingcha.inspection.testing import ready, team_of
from mingcha.planning.testing import County
from tests.e2e.phones import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def given_back(county: County, visit: Inspection) -> None:
    services.return_(actor=county.head, inspection=again(visit), reason="第一项的事实写得不清楚")


def test_on_a_new_phone_it_is_preloaded_completed_and_submitted(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any
) -> None:
    load_initial("inspection.initial")
    visit = submitted(county, result="6")
    given_back(county, visit)
    second = team_of(visit)[1]

    phone = phones("new")
    phone.signs_in(second)
    phone.takes_along(visit)
    phone.opens(visit, "door")
    expect(phone.page.get_by_text("已经离开，检查码作废")).to_be_visible()
    expect(phone.page.locator(".p-digits")).to_have_count(0)
    assert axe(phone.page) == []
    phone.opens(visit, "points")
    facts = phone.page.locator("[data-point]").first.get_by_label("事实")
    expect(facts).to_have_value("九月份工资没有支付凭证")
    facts.fill("九月份 3 人的工资没有银行支付凭证")
    phone.opens(visit, "result")
    phone.says("全部已传到平台")
    phone.page.get_by_role("button", name="提交检查记录").click()
    expect(phone.page.get_by_text("已提交，等待审核")).to_be_visible()

    assert again(visit).state == states.TO_REVIEW
    assert form_of(visit).points[0].facts == "九月份 3 人的工资没有银行支付凭证"


def test_the_phone_that_wrote_it_keeps_it_while_it_may_come_back(
    phones: Callable[[str], Phone], county: County, live_server: Any
) -> None:
    load_initial("inspection.initial")
    visit = ready(county)
    phone = phones("first")
    phone.signs_in(team_of(visit)[0])
    phone.takes_along(visit)
    submitted(county, visit)
    phone.signs_in(team_of(visit)[0])
    phone.opens(visit, "result")
    expect(phone.page.get_by_text("这次检查现在是“待审核”")).to_be_visible()

    county.clock.advance(days=8)
    phone.page.clock.set_fixed_time(county.clock.now())
    phone.signs_in(team_of(visit)[0])
    phone.page.reload()
    expect(phone.page.get_by_text("这次检查现在是“待审核”")).to_be_visible()
    given_back(county, visit)
    county.clock.advance(minutes=11)
    phone.page.clock.set_fixed_time(county.clock.now())
    phone.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(phone.page.get_by_role("button", name="提交检查记录")).to_be_enabled()

    services.submit(actor=team_of(visit)[0], inspection=again(visit))
    services.pass_review(actor=county.head, inspection=again(visit))
    county.clock.advance(days=8)
    phone.page.clock.set_fixed_time(county.clock.now())
    phone.signs_in(team_of(visit)[0])
    phone.page.goto(live_server.url + "/inspection/phone/app/#/")
    phone.page.reload()
    expect(phone.page.get_by_text("手机里还没有预载的检查")).to_be_visible()
