"""The ten minutes of a newcomer in the demo: only what the screen says is clicked, roles change at one click.

A small demo county stands in for the large one; the rest is as `make demo` serves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.campaigns import READY
from demo.county import Size
from demo.load import load
from demo.people import PASSWORD, offered
from mingcha.base import clock, testing
from mingcha.planning.testing import DIGITS

# Imported before anything says that this is a demo: the addresses of the product stay as they are.
from mingcha.project.tests import demo_urls

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    # Whoever begins with everything that an installation begins with shares what one worker entered.
    pytest.mark.xdist_group("installed"),
]
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def now(settings: Any, tmp_path: Path) -> Iterator[clock.FixedClock]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DEMO, settings.DEMO_PEOPLE, settings.DEMO_PASSWORD = True, offered(), PASSWORD
    settings.TOTP_ROLES, settings.PASSWORD_DAYS = [], 0
    settings.ROOT_URLCONF = demo_urls.__name__
    fixed = clock.FixedClock(NOW)
    with clock.using(fixed):
        testing.load_all_initial()
        load(Size.of(200), lambda step: None)
        yield fixed


def become(page: Page, role: str) -> None:
    """One click; one is then on the home page of that person."""
    page.get_by_role("button", name=role, exact=True).click()
    expect(page.locator(".mc-demo-people [aria-current]")).to_have_text(role)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("件事要办"))


def follow(page: Page, step: str) -> None:
    """The next step that the home page names."""
    page.locator(".mc-steps").get_by_role("link", name=step).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def test_ten_minutes_from_the_sign_in_page_to_a_public_draw(
    live_server: Any,
    desktop: Page,
    phone: Page,
    now: clock.FixedClock,
    console: Callable[[Page], list[str]],
) -> None:
    complaints = console(desktop)
    page, base = desktop, live_server.url
    sign_in_as_the_page_says(page, base)
    plan_and_seal(page)
    now.advance(minutes=6)
    number = draw_before_two_people(page)
    hand_on(page)
    look_as_a_citizen(phone, base, number)
    assert complaints == []


def sign_in_as_the_page_says(page: Page, base: str) -> None:
    page.goto(f"{base}/accounts/sign-in/")
    expect(page.get_by_text(PASSWORD)).to_be_visible()
    page.get_by_label("登录名").fill("jingban")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")


def plan_and_seal(page: Page) -> None:
    """The form knows the campaign, the place and a moment: it only needs to be saved."""
    follow(page, f"拟定抽取：{READY}")
    page.get_by_role("link", name="拟定抽取").click()
    expect(page.get_by_label("摇号时间")).to_have_value("2026-11-26T10:04")
    expect(page.get_by_label("摇号地点")).to_have_value("示范县政务服务中心一楼")
    press(page, "保存")
    press(page, "封存名单")
    expect(page.get_by_role("heading", name="随机抽查名单封存公告")).to_be_visible()
    expect(page.get_by_text("接下来")).to_be_visible()


def draw_before_two_people(page: Page) -> str:
    """Digits by one, compared by another; gives the number of the draw."""
    number = page.locator(".mc-paper-number").inner_text()
    page.get_by_role("link", name="待办").first.click()
    follow(page, f"录入号码：{READY}")
    page.locator("[data-balls] input").first.click()
    page.keyboard.type(DIGITS)
    page.get_by_label("第 1 位见证人的姓名").fill("张甲")
    page.get_by_label("第 1 位见证人的身份").select_option(label="企业代表")
    press(page, "录入完毕")
    expect(page.get_by_text("号码已录入。请另一人")).to_be_visible()
    become(page, "督导员")
    follow(page, f"核对号码：{READY}")
    expect(page.locator(".mc-digits li")).to_have_text(list(DIGITS))
    page.get_by_label("我已对照现场摇出的号码球").check()
    press(page, "核对无误，开始抽取")
    expect(page.get_by_text("抽取完成")).to_be_visible()
    return number


def hand_on(page: Page) -> None:
    become(page, "综合经办")
    follow(page, "派发检查任务")
    press(page, "派发")
    become(page, "社保股负责人")
    follow(page, f"比对、确认派来的检查任务：{READY}")
    press(page, "确认")
    expect(page.get_by_text("已确认").first).to_be_visible()


def look_as_a_citizen(phone: Page, base: str, number: str) -> None:
    """Without signing in: the draw, marked as made for show; the question; the repetition."""
    phone.goto(f"{base}/open/")
    expect(phone.locator(".mc-demo")).to_contain_text("数据均为虚构")
    phone.get_by_role("link", name="随机抽取").first.click()
    phone.get_by_role("link", name=number).first.click()
    expect(phone.get_by_text(re.compile("抽中 3 户"))).to_be_visible()
    phone.get_by_label("名称或统一社会信用代码").fill("示范县")
    press(phone, "查询")
    expect(phone.locator(".mc-answer").first).to_be_visible()
    phone.get_by_role("link", name="在您自己的浏览器里复算").click()
    press(phone, "开始复算")
    expect(phone.get_by_role("heading", name="一致")).to_be_visible()
