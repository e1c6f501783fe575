"""The whole thread in a browser: coordinator, second person, citizen with verify.py."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import UnitKind, User
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import PASSWORD, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.items.testing import published_item
from mingcha.kernel import credit_code
from mingcha.planning.testing import DIGITS, MORNING, draft, load_initial, make_county

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def people(now: clock.FixedClock) -> None:
    load_initial()
    bureau = create_unit(
        actor=System(purpose="tests"),
        name="示范县人力资源和社会保障局",
        kind=UnitKind.BUREAU,
        division_code="130111",
    )
    published_item("工资支付与最低工资")
    make_officer(Role.COORDINATOR, unit=bureau, username="jingban", name="周经办", password=PASSWORD)
    make_officer(Role.BUREAU_LEADER, unit=bureau, username="juzhang", name="郑局长", password=PASSWORD)
    make_officer(Role.OVERSEER, unit=bureau, username="dudao", name="冯督导", password=PASSWORD)


def sign_in(page: Page, base: str, username: str) -> None:
    page.goto(f"{base}/accounts/sign-in/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def enter_subject(page: Page, base: str, number: int) -> None:
    page.goto(f"{base}/registry/subjects/new/")
    page.get_by_label("名称", exact=True).fill(f"示范企业{number:02d}有限公司")
    page.get_by_label("统一社会信用代码").fill(credit_code.synthetic(number))
    page.get_by_label("属地").first.select_option("130111")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"示范企业{number:02d}有限公司")


def enter_inspector(page: Page, base: str, number: int) -> None:
    page.goto(f"{base}/registry/inspectors/new/")
    page.get_by_label("姓名").fill(f"执法{number}")
    page.get_by_label("所在股室").select_option(label="示范县人力资源和社会保障局")
    page.get_by_label("执法证件号码").fill(f"1301110{number:04d}")
    page.get_by_label("发证机关").fill("示范县人民政府")
    page.get_by_label("证件有效期自").fill("2024-01-01")
    page.get_by_label("证件有效期至").fill("2029-12-31")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"执法{number}")


def begin_campaign(page: Page, base: str, today: date) -> None:
    """An occasion of its own, submitted to the leader."""
    page.goto(f"{base}/planning/campaigns/")
    page.get_by_role("link", name="临时任务").click()
    page.get_by_label("任务名称").fill("工资支付随机抽查")
    page.get_by_label("事由").fill("多起工资投诉")
    page.get_by_label("工资支付与最低工资").check()
    page.get_by_label("按户数").check()
    page.locator("#id_total").fill("3")
    page.get_by_label("采用现场检查的理由").fill("须当场核对原始记录")
    page.locator("#id_lead_unit").select_option(label="示范县人力资源和社会保障局")
    page.get_by_label("检查开始日期").fill((today + timedelta(days=1)).isoformat())
    page.get_by_label("检查结束日期").fill((today + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="拟定任务").click()
    page.get_by_role("button", name="提请批准方案和名单").click()
    expect(page.get_by_text("待批准").first).to_be_visible()


def plan_draw(page: Page, base: str, today: date, enter: Any) -> None:
    """The coordinator begins, the leader approves, the coordinator fixes time and place."""
    begin_campaign(page, base, today)
    page.context.clear_cookies()
    enter(page, User.objects.get(username="juzhang"))
    page.goto(base)
    page.get_by_role("link", name="抽查方案审批").first.click()
    page.get_by_role("button", name="同意").first.click()
    page.context.clear_cookies()
    sign_in(page, base, "jingban")
    page.get_by_role("link", name="拟定抽取：工资支付随机抽查").click()
    page.get_by_role("link", name="拟定抽取").click()
    page.get_by_label("摇号时间").fill(f"{today.isoformat()}T09:30")
    page.get_by_label("摇号地点").fill("政务服务中心一楼")
    page.get_by_label("公开抽取").check()
    page.get_by_role("button", name="保存").click()


def enter_digits(page: Page) -> None:
    boxes = page.locator("[data-balls] input")
    expect(boxes).to_have_count(20)
    boxes.first.click()
    page.keyboard.type(DIGITS)
    page.get_by_label("第 1 位见证人的姓名").fill("张甲")
    page.get_by_label("第 1 位见证人的身份").select_option(label="企业代表")
    page.get_by_role("button", name="录入完毕").click()


def test_ten_firms_are_drawn_before_two_people_and_checked_by_a_citizen(
    live_server: object,
    desktop: Page,
    phone: Page,
    people: None,
    now: clock.FixedClock,
    tmp_path: Path,
    enter: Any,
) -> None:
    base = live_server.url
    coordinator, citizen = desktop, phone

    sign_in(coordinator, base, "jingban")
    expect(coordinator.get_by_text("检查对象名录库还是空的")).to_be_visible()
    for number in range(1, 11):
        enter_subject(coordinator, base, number)
    for number in range(1, 5):
        enter_inspector(coordinator, base, number)
    plan_draw(coordinator, base, clock.today(), enter)
    coordinator.get_by_role("button", name="封存名单").click()
    expect(coordinator.get_by_role("heading", name="随机抽查名单封存公告")).to_be_visible()
    digest = coordinator.locator(".mc-paper [data-copy]").first.get_attribute("data-copy") or ""
    assert len(digest) == 64

    # The public sees the digest before the digits exist.
    citizen.goto(f"{base}/open/draws/130111-RS-2026-0001/")
    expect(citizen.locator(f"[data-copy='{digest}']")).to_be_visible()
    expect(citizen.get_by_text("谁也不知道会抽到谁")).to_be_visible()

    # Half an hour without a click ends a sign-in.
    now.advance(minutes=31)
    sign_in(coordinator, base, "jingban")
    coordinator.get_by_role("link", name="录入号码：工资支付随机抽查").click()
    enter_digits(coordinator)
    expect(coordinator.get_by_text("号码已录入")).to_be_visible()
    coordinator.locator("header").get_by_role("button", name="退出").click()

    sign_in(coordinator, base, "dudao")
    coordinator.get_by_role("link", name="核对号码：工资支付随机抽查").click()
    expect(coordinator.locator(".mc-digits li")).to_have_text(list(DIGITS))
    coordinator.get_by_label("我已对照现场摇出的号码球").check()
    coordinator.get_by_role("button", name="核对无误，开始抽取").click()
    expect(coordinator.get_by_text("抽取完成")).to_be_visible()

    citizen.reload()
    expect(citizen.get_by_text("抽中 3 户")).to_be_visible()
    citizen.get_by_label("名称或统一社会信用代码").fill("示范企业07")
    citizen.get_by_role("button", name="查询").click()
    expect(citizen.locator(".mc-answer")).to_have_count(1)
    citizen.get_by_role("link", name="在您自己的浏览器里复算").click()
    citizen.get_by_label("封存时您抄下或拍下的方案摘要").fill(digest)
    citizen.get_by_role("button", name="开始复算").click()
    expect(citizen.get_by_role("heading", name="一致", exact=True)).to_be_visible()
    verify_as_a_stranger(citizen, tmp_path, digest)


def verify_as_a_stranger(citizen: Page, folder: Path, digest: str) -> None:
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="下载复算包").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        archive.extractall(folder)
    (bundle,) = folder.iterdir()
    command = [sys.executable, "-I", "verify.py", ".", f"plan={digest}"]
    done = subprocess.run(command, cwd=bundle, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "MATCH"), done.stderr


def test_pressing_seal_twice_seals_once(
    live_server: object, desktop: Page, now: clock.FixedClock, enter: Any
) -> None:
    base, county = live_server.url, make_county(now)
    enter(desktop, User.objects.get(pk=county.coordinator.id))
    desktop.goto(base + reverse("planning:draws-detail", args=[draft(county).pk]))
    desktop.get_by_role("button", name="封存名单").dblclick()
    expect(desktop.get_by_role("heading", name="随机抽查名单封存公告")).to_be_visible()
    desktop.go_back()
    desktop.goto(f"{base}/open/draws/")
    expect(desktop.locator(".mc-list-link")).to_have_count(1)
