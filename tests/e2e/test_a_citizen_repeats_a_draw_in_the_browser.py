"""A citizen opens a finished draw, lets the own browser compute it, and finds out what was tampered with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from mingcha.base.viewers import PUBLIC
from mingcha.kernel.draw.tests.support import vector, write_files
from mingcha.planning import selectors
from mingcha.planning.models import Draw, DrawTarget
from mingcha.planning.testing import County, drawn
from tests.e2e.conftest import open_page
from tests.e2e.looking import SCREENS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def finished(county: County) -> Draw:
    return drawn(county)


def verifier(page: Page, address: str, draw: Draw | None = None) -> None:
    """Open the page and wait until its program is loaded."""
    place = reverse("portal:verify", args=[draw.number]) if draw else reverse("portal:check")
    page.goto(address + place)
    expect(page.locator("#check")).to_be_visible()


def start(page: Page, name: str = "开始复算") -> None:
    page.get_by_role("button", name=name).click()


def verdict(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, exact=True)).to_be_visible()


def choose(page: Page, folder: Path) -> None:
    page.get_by_label("或者里面的文件").set_input_files([path for path in folder.iterdir() if path.is_file()])


@pytest.mark.parametrize("size", SCREENS)
def test_the_draws_page_leads_here_and_one_button_is_enough(
    size: str, finished: Draw, live_server: Any, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    page.goto(live_server.url + reverse("portal:draw", args=[finished.number]))
    page.get_by_role("link", name="在您自己的浏览器里复算").click()
    judge(page, axe, complaints)
    start(page)
    verdict(page, "一致")
    expect(page.get_by_text("您没有填写封存时抄下的方案摘要")).to_be_visible()
    table = page.get_by_role("region", name="每一类的数")
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table).to_contain_text("企业")
    drawn_one = DrawTarget.objects.visible_to(PUBLIC).get(draw=finished, kind="S", seq=2)
    page.get_by_label("企业的编号").fill(drawn_one.roster_id.lower())
    start(page, "查询")
    answer = page.locator(".mc-answer")
    expect(answer).to_contain_text("抽取序号 2")
    expect(answer).to_contain_text(drawn_one.ticket)
    expect(answer).to_contain_text(f"{drawn_one.roster_id} | sha256sum")
    judge(page, axe, complaints)


def test_the_digest_that_was_kept_proves_more(finished: Draw, live_server: Any, desktop: Page) -> None:
    verifier(desktop, live_server.url, finished)
    in_groups = " ".join(finished.plan_digest[n : n + 8].upper() for n in range(0, 64, 8))
    desktop.get_by_label("方案摘要").fill(in_groups)
    expect(desktop.get_by_text("与现在公布的方案摘要相同")).to_be_visible()
    start(desktop)
    verdict(desktop, "一致")
    expect(desktop.get_by_text("名单和规则在摇号之前没有改过")).to_be_visible()


def test_another_digest_is_said_clearly_before_and_after(
    finished: Draw, live_server: Any, desktop: Page
) -> None:
    verifier(desktop, live_server.url, finished)
    other = finished.plan_digest[:9] + ("0" if finished.plan_digest[9] != "0" else "1")
    desktop.get_by_label("方案摘要").fill(other)
    start(desktop)
    expect(desktop.get_by_text("您填写的有 10 位")).to_be_visible()
    expect(desktop.locator("#check-progress")).to_be_hidden()
    desktop.get_by_label("方案摘要").fill(other + finished.plan_digest[10:])
    expect(desktop.get_by_text("从第 10 位起不一样")).to_be_visible()
    start(desktop)
    verdict(desktop, "方案与您抄下的不是同一份，没有计算")
    expect(desktop.get_by_text("方案的摘要与您填写的不同")).to_be_visible()
    expect(desktop.get_by_text("REJECTED plan-digest")).to_be_visible()


def test_one_changed_byte_is_found_in_files_from_the_disk(
    finished: Draw, live_server: Any, desktop: Page, tmp_path: Path
) -> None:
    files = selectors.files_for(finished, PUBLIC)
    lines = files["roster.csv"].split(b"\n")
    weight = b"\n".join([*lines[:3], lines[3].replace(b",1,", b",2,", 1), *lines[4:]])
    form = b"\n".join([*lines[:3], lines[3].replace(b",", b";", 1), *lines[4:]])
    verifier(desktop, live_server.url, finished)
    start(desktop, "核对这些文件")
    expect(desktop.get_by_text("请先选择")).to_be_visible()
    choose(desktop, write_files(tmp_path / "true", files))
    start(desktop, "核对这些文件")
    verdict(desktop, "一致")

    choose(desktop, write_files(tmp_path / "weight", files | {"roster.csv": weight}))
    start(desktop, "核对这些文件")
    verdict(desktop, "文件不合规范，没有计算")
    expect(desktop.locator("#check-result")).to_contain_text("roster.csv")
    expect(desktop.get_by_text("封存以后，这个文件被改动过")).to_be_visible()
    expect(desktop.get_by_text("REJECTED roster-digest")).to_be_visible()

    choose(desktop, write_files(tmp_path / "form", files | {"roster.csv": form}))
    start(desktop, "核对这些文件")
    expect(desktop.get_by_text("roster.csv 第 4 行")).to_be_visible()
    expect(desktop.get_by_text("这一行的写法不符合规定")).to_be_visible()


def test_a_changed_result_is_shown_beside_the_true_one(
    finished: Draw, live_server: Any, desktop: Page, tmp_path: Path
) -> None:
    files = selectors.files_for(finished, PUBLIC)
    lines = files["result.csv"].split(b"\n")
    swapped = b"\n".join([lines[0], lines[2], lines[1], *lines[3:]])
    folder = write_files(tmp_path, files | {"result.csv": swapped})
    verifier(desktop, live_server.url)
    choose(desktop, folder)
    start(desktop, "核对这些文件")
    verdict(desktop, "不一致")
    verdict(desktop, "result.csv 第 2 行")
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="保存浏览器算出的 result.csv").click()
    saved = Path(download.value.path()).read_bytes()
    assert saved.split(b"\n")[1].split(b",")[2] == lines[1].split(b",")[2]


@pytest.mark.parametrize("size", SCREENS)
def test_an_overseer_checks_the_whole_bundle_without_a_network(
    size: str, live_server: Any, tmp_path: Path, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    verifier(page, live_server.url)
    judge(page, axe, complaints)
    page.context.set_offline(True)
    for name in ("V3", "V5"):
        write_files(tmp_path / name, vector(name))
    choose(page, tmp_path / "V3")
    start(page, "核对这些文件")
    verdict(page, "一致")
    expect(page.get_by_text("检查对象和检查人员都与公布的完全一致")).to_be_visible()
    expect(page.get_by_text("I006 把第 6 号交给 I003")).to_be_visible()
    expect(page.get_by_text("拉平：I002 的户数比 I003 多")).to_be_visible()
    choose(page, tmp_path / "V5")
    start(page, "核对这些文件")
    expect(page.get_by_role("heading", name="为什么这几个名额空着")).to_be_visible()
    figures = ["B", "5", "5", "5", "0", re.compile("[0-9a-f]{16}")]
    expect(page.get_by_role("region", name="每一类的数").locator("td")).to_have_text(figures)
    expect(page.get_by_text(re.compile("这 2 个人（I00[12]、I00[12]）都已满额"))).to_be_visible()
    page.context.set_offline(False)
    judge(page, axe, complaints)


def test_another_firm_behind_the_same_number_is_refused(
    finished: Draw, live_server: Any, desktop: Page, tmp_path: Path
) -> None:
    verifier(desktop, live_server.url, finished)
    start(desktop)
    verdict(desktop, "一致")
    expect(desktop.get_by_text("的摘要与方案里的一致：哪个编号是哪一户")).to_be_visible()
    files = selectors.files_for(finished, PUBLIC)
    files["evidence/names.csv"] = files["evidence/names.csv"].replace("公司".encode(), "商店".encode(), 1)
    desktop.get_by_label("解压后的整个文件夹").set_input_files(write_files(tmp_path / "draw", files))
    start(desktop, "核对这些文件")
    verdict(desktop, "文件不合规范，没有计算")
    expect(desktop.locator("#check-result")).to_contain_text("evidence/names.csv")
    expect(desktop.locator("#check-result")).to_contain_text("REJECTED names-digest")


def test_a_folder_with_two_bundles_is_not_guessed_at(live_server: Any, desktop: Page, tmp_path: Path) -> None:
    for name in ("V1", "V3"):
        write_files(tmp_path / "both" / name, vector(name))
    verifier(desktop, live_server.url)
    folder = desktop.get_by_label("解压后的整个文件夹")
    folder.set_input_files(tmp_path / "both")
    expect(desktop.get_by_text("选中的文件里有 2 个 plan.json")).to_be_visible()
    folder.set_input_files(tmp_path / "both" / "V1")
    start(desktop, "核对这些文件")
    verdict(desktop, "一致")


def test_it_can_be_cancelled_and_started_again(finished: Draw, live_server: Any, desktop: Page) -> None:
    waiting: list[Route] = []
    desktop.context.route("**/files/roster.csv", lambda route: waiting.append(route))
    verifier(desktop, live_server.url, finished)
    start(desktop)
    expect(desktop.get_by_role("listitem").filter(has_text="读取文件")).to_have_attribute(
        "aria-current", "step"
    )
    desktop.get_by_role("button", name="取消").click()
    verdict(desktop, "已经取消，没有得出结论。可以重新开始。")
    desktop.context.unroute("**/files/roster.csv")
    start(desktop)
    verdict(desktop, "一致")


def test_without_script_the_server_does_it_and_says_so(
    finished: Draw, live_server: Any, chromium: Browser
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("portal:verify", args=[finished.number]))
    page.get_by_role("link", name="让服务器再算一遍").click()
    expect(page.get_by_text("一致 MATCH")).to_be_visible()
    expect(page.get_by_text("您仍然要相信服务器")).to_be_visible()
    page.context.close()


def test_it_works_in_the_oldest_browser(finished: Draw, live_server: Any, chromium_92: Browser) -> None:
    page = open_page(chromium_92, "desktop")
    page.goto(live_server.url + reverse("portal:verify", args=[finished.number]))
    # The driver's own look-ups need a younger browser: ask the page by plain script.
    page.wait_for_function("() => !document.getElementById('check').hidden")
    page.evaluate("() => document.querySelector('#check-published button[type=submit]').click()")
    page.wait_for_function("() => document.getElementById('check-verdict')")
    assert page.evaluate("() => document.getElementById('check-verdict').textContent") == "一致"
    page.context.close()
