"""What inspectors and their reviewer do about one visit, step by step, on the pages they are given."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from mingcha.base.viewers import Officer
from mingcha.inspection.models import Inspection
from tests.e2e.phones import Phone, signs


def hands_a_list_on(page: Page) -> None:
    """The coordinator, from the home page."""
    page.get_by_role("link", name="派发检查任务").first.click()
    page.get_by_role("button", name="派发", exact=True).click()


def confirms_what_came(page: Page) -> None:
    """The head of the section, from the home page."""
    page.get_by_role("link", name="比对、确认派来的检查任务").click()
    page.get_by_role("button", name="确认", exact=True).click()


def takes_the_visit_along(hand: Phone, site: str, visit: Inspection) -> None:
    """From the home page to the route, and the day's visits into the phone."""
    hand.page.goto(site)
    hand.page.get_by_role("link", name=re.compile(r"今天去 \d+ 户")).click()
    hand.preloads(visit)
    hand.opens(visit, "door")
    hand.page.evaluate("() => navigator.serviceWorker.ready")


def they_come_in(holding: Phone) -> None:
    for box in holding.page.locator(".p-there input").all():
        box.check()
    holding.page.get_by_role("button", name="登记入企").click()
    holding.says("没有网络")


def answers_every_point(hand: Phone, visit: Inspection) -> None:
    """Nothing is found."""
    hand.opens(visit, "points")
    points = hand.page.locator("[data-point]")
    for number in range(points.count()):
        points.nth(number).get_by_role("button", name="符合", exact=True).click()


def tells_and_has_it_signed(hand: Phone, visit: Inspection, statement: str = "") -> None:
    """亮证告知, who is present, and the first two places to sign: the firm's and one's own."""
    hand.opens(visit, "sign")
    page = hand.page
    for choice in ("已出示", "已告知", "不申请回避", "属实"):
        page.get_by_role("button", name=choice, exact=True).click()
    page.get_by_label("在场人姓名").fill("王经理")
    page.get_by_label("职务").fill("人事主管")
    page.get_by_label("被检查单位的陈述").fill(statement)
    for place in (0, 1):
        page.get_by_role("button", name="在手机上签名").nth(0).click()
        signs(page)
        expect(page.get_by_role("button", name="重新签名")).to_have_count(place + 1)


def signs_as_the_second(hand: Phone, visit: Inspection) -> None:
    hand.opens(visit, "sign")
    hand.page.get_by_role("button", name="在手机上签名").last.click()
    signs(hand.page)


def chooses_the_result(hand: Phone, visit: Inspection, result: str, reason: str = "") -> None:
    """And ticks 其他情形 where there is a `reason` in words."""
    hand.opens(visit, "result")
    page = hand.page
    page.get_by_label("整个检查的结果").select_option(label=result)
    if reason:
        page.get_by_label("结果的具体情形").fill(reason)
        page.get_by_role("button", name="其他情形").click()
        expect(page.get_by_role("button", name="其他情形")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_label("结果的具体情形")).to_have_value(reason)


def they_leave(holding: Phone, visit: Inspection) -> None:
    holding.opens(visit, "door")
    holding.page.get_by_role("button", name="登记离开").click()
    holding.says("没有网络")


def everything_comes_home(hand: Phone, officer: Officer) -> None:
    """The sign-in ran out meanwhile; nothing is lost by that."""
    hand.context.set_offline(False)
    hand.says("登录已过期")
    hand.signs_in(officer)
    hand.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    hand.says("全部已传到平台")


def hands_the_record_in(hand: Phone, visit: Inspection) -> None:
    hand.opens(visit, "result")
    hand.page.get_by_role("button", name="提交检查记录").click()
    expect(hand.page.get_by_text("已提交，等待审核")).to_be_visible()


def opens_the_review(page: Page, visit: Inspection) -> None:
    """The head of the section, from the home page."""
    page.get_by_role("link", name=f"审核检查结果：{visit.name}").click()
