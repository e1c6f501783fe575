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

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import team_of
from mingcha.items.testing import published_item
from mingcha.planning.models import Campaign
from mingcha.planning.testing import County, drawn
from tests.e2e.looking import judge
from tests.e2e.phones import Phone, photograph
from tests.e2e.visits import (
    answers_every_point,
    chooses_the_result,
    confirms_what_came,
    everything_comes_home,
    hands_a_list_on,
    hands_the_record_in,
    opens_the_review,
    signs_as_the_second,
    takes_the_visit_along,
    tells_and_has_it_signed,
    they_come_in,
    they_leave,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FACTS = "九月份工资没有支付凭证"


@pytest.fixture(autouse=True)
def listed(county: County) -> None:
    """What may be inspected stands on the public list."""
    published_item("工资支付与最低工资")


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
    hands_a_list_on(desktop)
    becomes(desktop, county.head)
    confirms_what_came(desktop)

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
    hands_the_record_in(holding, visit)

    county.clock.advance(days=1)
    becomes(desktop, county.head)
    opens_the_review(desktop, visit)
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


def one_writes_while_the_other_takes_signatures(holding: Phone, writing: Phone, visit: Inspection) -> None:
    """The leader holds the phone for telling and signing; the colleague answers the points."""
    answers_every_point(writing, visit)
    first = writing.page.locator("[data-point]").first
    first.get_by_role("button", name="不符合").click()
    first.get_by_label("事实").fill(FACTS)
    first.get_by_label("涉及人数").fill("3")
    first.get_by_label("涉及金额").fill("8200.5")
    picture = {"name": "台账.png", "mimeType": "image/png", "buffer": photograph(200)}
    first.locator("input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(first.locator("[data-file]")).to_contain_text("在手机里，等待上传")
    signs_as_the_second(writing, visit)
    tells_and_has_it_signed(holding, visit, "会计请假，月底补上凭证")
    chooses_the_result(holding, visit, "发现问题待后续处理", "缺少九月份工资支付凭证")


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
