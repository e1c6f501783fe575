"""A clerk makes the year's plan, sees floor and shortage, mends both; it is approved, a citizen reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_unit
from mingcha.base import clock
from mingcha.items.testing import published_item
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans.testing import YEAR, make_enterprises
from mingcha.planning.testing import MORNING, County, make_county
from tests.e2e.looking import overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(db: None) -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        made = make_county(fixed)
        make_enterprises(91)
        make_unit("劳动监察股")
        published_item("工资支付与最低工资", manners=("on_site",))
        yield made


def figure(page: Page, label: str) -> Any:
    return page.locator(".mc-figure", has_text=label).locator(".mc-figure-number")


def add_line(page: Page) -> None:
    """Two visits of twenty half-days in February: too few firms, too much work."""
    page.get_by_role("link", name="添加任务").click()
    page.get_by_label("任务名称").fill("工资支付抽查")
    page.get_by_label("工资支付与最低工资").check()
    page.get_by_label("按户数").check()
    page.locator("#id_total").fill("3")
    page.get_by_label("开始日期").fill(f"{YEAR}-02-01")
    page.get_by_label("结束日期").fill(f"{YEAR}-02-28")
    page.locator("#id_lead_unit").select_option(label="劳动监察股")
    page.get_by_label("每户所需半天数").fill("20")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="回到计划").click()


def mend_line(page: Page) -> None:
    """Three in a hundred, from March to November, two half-days each."""
    page.get_by_role("link", name="工资支付抽查").click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("按比例").check()
    page.locator("#id_rate").fill("5")
    page.get_by_label("开始日期").fill(f"{YEAR}-03-01")
    page.get_by_label("结束日期").fill(f"{YEAR}-11-30")
    page.get_by_label("每户所需半天数").fill("2")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="回到计划").click()


def test_from_an_empty_year_to_the_public_page(
    desktop: Page, phone: Page, county: County, live_server: Any, enter: Any, console: Any, axe: Any
) -> None:
    page, complaints = desktop, console(desktop)
    enter(page, User.objects.get(pk=county.coordinator.id))
    page.goto(f"{live_server.url}/planning/plans/")
    page.get_by_role("link", name="起草年度计划").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("还没有冻结基准")).to_be_visible()

    add_line(page)
    page.get_by_role("button", name="冻结基准").click()
    expect(figure(page, "企业总数")).to_have_text("101")
    expect(figure(page, "至少要抽")).to_have_text("4")
    expect(figure(page, "确定能抽到的不同企业")).to_have_text("3")
    expect(page.get_by_text("没有达到下限")).to_be_visible()
    expect(page.get_by_text("人员不够，可以这样解决")).to_be_visible()
    expect(page.get_by_role("button", name="提请审批")).to_be_disabled()
    assert axe(page) == []
    assert overflow(page) <= 0

    mend_line(page)
    expect(figure(page, "确定能抽到的不同企业")).to_have_text("6")
    expect(page.get_by_text("达到下限", exact=True)).to_be_visible()
    page.locator(".mc-tabs").get_by_role("link", name="人员").click()
    expect(page.locator(".mc-chart canvas")).to_be_visible()
    assert axe(page) == []
    page.locator(".mc-tabs").get_by_role("link", name="基本情况").click()
    page.get_by_role("button", name="提请审批").click()
    expect(page.get_by_text("待审批").first).to_be_visible()

    page.context.clear_cookies()
    enter(page, User.objects.get(pk=county.leader.id))
    page.goto(live_server.url)
    page.get_by_role("link", name="年度抽查计划审批").first.click()
    expect(page.get_by_text("确定能抽到的不同企业")).to_be_visible()
    page.get_by_role("button", name="同意").first.click()
    plan = AnnualPlan.objects.get()
    page.goto(f"{live_server.url}/planning/plans/{plan.pk}/")
    expect(page.get_by_text("已公布").first).to_be_visible()
    public = page.get_by_role("link", name="公众看到的页面").get_attribute("href")
    assert complaints == []

    phone.goto(f"{live_server.url}{public}")
    expect(phone.get_by_text("工资支付抽查").first).to_be_visible()
    expect(phone.get_by_text("至少抽查 4 户").first).to_be_visible()
    assert overflow(phone) <= 0
