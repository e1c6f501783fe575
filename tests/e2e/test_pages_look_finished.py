"""Every frame of the product at both sizes: accessible, nothing cut off, nothing complaining."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.testing import make_officer
from mingcha.base.roles import Role
from tests.e2e.looking import SCREENS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PAGES = ["web:patterns", "web:home", "accounts:users-list", "accounts:users-create"]


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_officers_looks_finished(
    name: str, size: str, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    enter(page, make_officer(Role.ADMINISTRATOR, name="郑管理"))
    complaints = console(page)
    page.goto(live_server.url + reverse(name))
    judge(page, axe, complaints)


@pytest.mark.parametrize("size", SCREENS)
def test_the_sign_in_page_looks_finished(
    size: str, live_server: Any, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    page.goto(live_server.url + reverse("accounts:sign-in"))
    judge(page, axe, complaints)


@pytest.mark.parametrize("size", SCREENS)
def test_a_missing_page_looks_finished(size: str, live_server: Any, axe: Any, request: Any) -> None:
    page: Page = request.getfixturevalue(size)
    response = page.goto(live_server.url + "/nowhere/")
    assert response is not None
    assert response.status == 404
    judge(page, axe, [])


def test_the_keyboard_is_enough_to_get_from_home_into_a_register(
    live_server: Any, enter: Any, desktop: Page
) -> None:
    enter(desktop, make_officer(Role.ADMINISTRATOR))
    desktop.goto(live_server.url)
    desktop.keyboard.press("Tab")
    skip = desktop.locator(".mc-skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    people = desktop.get_by_role("link", name="人员", exact=True)
    for _ in range(40):
        desktop.keyboard.press("Tab")
        if people.evaluate("link => link === document.activeElement"):
            break
    assert people.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("人员")


def test_a_register_filters_while_one_types_and_the_address_follows(
    live_server: Any, enter: Any, desktop: Page
) -> None:
    make_officer(Role.INSPECTOR, name="钱执法")
    make_officer(Role.INSPECTOR, name="孙执法")
    enter(desktop, make_officer(Role.ADMINISTRATOR, name="郑管理"))
    desktop.goto(live_server.url + reverse("accounts:users-list"))
    expect(desktop.locator("tr[data-href]")).to_have_count(3)
    desktop.get_by_label("搜索").press_sequentially("钱执")
    expect(desktop.locator("tr[data-href]")).to_have_count(1)
    expect(desktop.get_by_label("搜索")).to_be_focused()
    assert "q=" in desktop.url
    assert "unit=" not in desktop.url
    desktop.reload()
    expect(desktop.locator("tr[data-href]")).to_have_count(1)
    desktop.get_by_role("link", name="清空筛选").click()
    expect(desktop.locator("tr[data-href]")).to_have_count(3)


def test_a_register_is_cards_on_a_phone_and_a_table_on_a_desk(
    live_server: Any, enter: Any, phone: Page, desktop: Page
) -> None:
    officer = make_officer(Role.ADMINISTRATOR, name="郑管理")
    looks = []
    for page in (phone, desktop):
        enter(page, officer)
        page.goto(live_server.url + reverse("accounts:users-list"))
        looks.append(page.locator("tr[data-href]").first.evaluate("row => getComputedStyle(row).display"))
    assert looks == ["block", "table-row"]


def test_the_menu_opens_on_a_phone(live_server: Any, enter: Any, phone: Page) -> None:
    enter(phone, make_officer(Role.ADMINISTRATOR))
    phone.goto(live_server.url)
    people = phone.get_by_role("link", name="人员", exact=True)
    expect(people).not_to_be_visible()
    phone.get_by_role("button", name="打开或收起菜单").click()
    expect(people).to_be_visible()


def test_paper_shows_the_content_and_nothing_around_it(live_server: Any, enter: Any, desktop: Page) -> None:
    enter(desktop, make_officer(Role.ADMINISTRATOR))
    desktop.goto(live_server.url + reverse("web:patterns"))
    desktop.emulate_media(media="print")
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()
    for around in (".mc-sidebar", ".mc-topbar", ".mc-footer", ".mc-skip", ".btn"):
        expect(desktop.locator(around).first).not_to_be_visible()
