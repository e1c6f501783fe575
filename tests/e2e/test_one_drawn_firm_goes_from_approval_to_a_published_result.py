"""One firm through every hand: coordinator, leader, two inspectors, firm, reviewer, citizen.

Everything is clicked on what the screen offers, but for the draw itself, whose journey has its own test.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import team_of
from mingcha.items.testing import published_item
from mingcha.planning.models import Campaign
from mingcha.planning.testing import County, drawn
from tests.e2e.looking import judge
from tests.e2e.phones import Phone, photograph, signs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FACTS = "九月份工资没有支付凭证"


@pytest.fixture(autouse=True)
def listed(county: County) -> None:
    """What may be inspected stands on the public list."""
    published_item("工资支付与最低工资")


@pytest.fixture
def becomes(live_server: Any, enter: Any) -> Callable[[Page, Officer], None]:
    """The officer sits down at this page and sees the home page."""

    def become(page: Page, officer: Officer) -> None:
        page.context.clear_cookies()
        enter(page, User.objects.get(pk=officer.id))
        page.goto(live_server.url)

    return become


def test_one_drawn_firm_from_approval_to_the_public(
    desktop: Page,
    phone: Page,
    phones: Callable[[str], Phone],
    county: County,
    becomes: Callable[[Page, Officer], None],
    live_server: Any,
    console: Any,
    axe: Any,
) -> None:
    complaints, murmurs = console(desktop), console(phone)

    becomes(desktop, county.coordinator)
    drafts_a_campaign(desktop)
    becomes(desktop, county.leader)
    desktop.get_by_role("link", name="抽查方案审批").first.click()
    desktop.get_by_role("button", name="同意").first.click()
    drawn(county, of=Campaign.objects.get())
    becomes(desktop, county.coordinator)
    desktop.get_by_role("link", name="派发检查任务").first.click()
    desktop.get_by_role("button", name="派发", exact=True).click()
    becomes(desktop, county.head)
    desktop.get_by_role("link", name="比对、确认派来的检查任务").click()
    desktop.get_by_role("button", name="确认", exact=True).click()

    county.clock.advance(days=1)
    visit = Inspection.objects.get()
    lead, second = team_of(visit)
    holding, writing = phones("lead"), phones("second")
    for hand, officer in ((holding, lead), (writing, second)):
        hand.signs_in(officer)
        takes_the_visit_along(hand, live_server.url, visit)

    door = live_server.url + reverse("enterprise:door", args=[visit.packages.get().token])
    phone.clock.set_fixed_time(clock.now())
    phone.goto(door)
    expect(phone.get_by_text("检查码有效，由本平台签发")).to_be_visible()
    judge(phone, axe, murmurs)
    for hand in (holding, writing):
        hand.context.set_offline(True)
    they_come_in(holding)
    one_writes_while_the_other_takes_signatures(holding, writing, visit)
    county.clock.advance(minutes=50)
    for hand in (holding, writing):
        hand.page.clock.set_fixed_time(clock.now())
    they_leave(holding, visit)
    for hand, officer in ((holding, lead), (writing, second)):
        everything_comes_home(hand, officer)
    holding.opens(visit, "result")
    holding.page.get_by_role("button", name="提交检查记录").click()
    expect(holding.page.get_by_text("已提交，等待审核")).to_be_visible()

    county.clock.advance(days=1)
    becomes(desktop, county.head)
    desktop.get_by_role("link", name=f"审核检查结果：{visit.name}").click()
    expect(desktop.get_by_text(FACTS).first).to_be_visible()
    judge(desktop, axe, complaints)
    desktop.get_by_role("button", name="审核通过").click()
    becomes(desktop, lead)
    tells_the_firm(desktop)
    judge(desktop, axe, complaints)
    becomes(desktop, county.head)
    desktop.get_by_role("link", name="公示 1 件检查结果").click()
    judge(desktop, axe, complaints)
    desktop.get_by_role("button", name="公示这 1 件").click()

    phone.goto(live_server.url + "/open/")
    phone.get_by_role("link", name="检查结果").first.click()
    phone.get_by_label("名称或统一社会信用代码").fill(visit.name)
    phone.get_by_role("button", name="查询").click()
    phone.get_by_role("link", name=visit.name).click()
    expect(phone.get_by_text("发现问题待后续处理").first).to_be_visible()
    expect(phone.get_by_text("王经理")).to_have_count(0)
    judge(phone, axe, murmurs)


def they_come_in(holding: Phone) -> None:
    for box in holding.page.locator(".p-there input").all():
        box.check()
    holding.page.get_by_role("button", name="登记入企").click()
    holding.says("没有网络")


def one_writes_while_the_other_takes_signatures(holding: Phone, writing: Phone, visit: Inspection) -> None:
    """The leader holds the phone for telling and signing; the colleague answers the points."""
    writing.opens(visit, "points")
    points = writing.page.locator("[data-point]")
    for number in range(points.count()):
        points.nth(number).get_by_role("button", name="符合", exact=True).click()
    first = points.first
    first.get_by_role("button", name="不符合").click()
    first.get_by_label("事实").fill(FACTS)
    first.get_by_label("涉及人数").fill("3")
    first.get_by_label("涉及金额").fill("8200.5")
    picture = {"name": "台账.png", "mimeType": "image/png", "buffer": photograph(200)}
    first.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(first.locator("[data-file]")).to_contain_text("在手机里，等待上传")
    writing.opens(visit, "sign")
    page = writing.page
    page.get_by_role("button", name="在手机上签名").last.click()
    signs(page)

    holding.opens(visit, "sign")
    page = holding.page
    for choice in ("已出示", "已告知", "不申请回避", "属实"):
        page.get_by_role("button", name=choice, exact=True).click()
    page.get_by_label("在场人姓名").fill("王经理")
    page.get_by_label("职务").fill("人事主管")
    page.get_by_label("被检查单位的陈述").fill("会计请假，月底补上凭证")
    for place in (0, 1):
        page.get_by_role("button", name="在手机上签名").nth(0).click()
        signs(page)
        expect(page.get_by_role("button", name="重新签名")).to_have_count(place + 1)
    holding.opens(visit, "result")
    page.get_by_label("整个检查的结果").select_option(label="发现问题待后续处理")
    page.get_by_label("结果的具体情形").fill("缺少九月份工资支付凭证")
    page.get_by_role("button", name="其他情形").click()
    expect(page.get_by_role("button", name="其他情形")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("结果的具体情形")).to_have_value("缺少九月份工资支付凭证")


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


def tells_the_firm(page: Page) -> None:
    page.get_by_role("link", name="还没有送达检查结果告知书").click()
    page.get_by_role("button", name="检查结果告知书").click()
    page.get_by_role("link", name="登记送达").click()
    page.get_by_label("直接送达").check()
    page.get_by_label("签收人").fill("王经理")
    page.get_by_role("button", name="登记").click()


def drafts_a_campaign(page: Page) -> None:
    page.get_by_role("link", name="抽查任务").first.click()
    page.get_by_role("link", name="临时任务").click()
    page.get_by_label("任务名称").fill("工资支付随机抽查")
    page.get_by_label("事由").fill("多起工资投诉")
    page.get_by_label("工资支付与最低工资").check()
    page.get_by_label("按户数").check()
    page.locator("#id_total").fill("1")
    page.get_by_label("采用现场检查的理由").fill("须当场核对原始记录")
    page.locator("#id_lead_unit").select_option(label="示范县人力资源和社会保障局")
    page.get_by_label("检查开始日期").fill((clock.today() + timedelta(days=1)).isoformat())
    page.get_by_label("检查结束日期").fill((clock.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="拟定任务").click()
    page.get_by_role("button", name="提请批准方案和名单").click()
    expect(page.get_by_text("待批准").first).to_be_visible()


def takes_the_visit_along(hand: Phone, site: str, visit: Inspection) -> None:
    """From the home page to the route, and the day's visits into the phone."""
    hand.page.goto(site)
    hand.page.get_by_role("link", name="今天去 1 户").click()
    hand.page.get_by_role("button", name="预载今天的检查").click()
    card = hand.page.locator(f"[data-visit='{visit.pk}']")
    expect(card.locator("[data-said]")).to_have_text("已预载，可以离线使用")
    hand.opens(visit, "door")
    hand.page.evaluate("() => navigator.serviceWorker.ready")
