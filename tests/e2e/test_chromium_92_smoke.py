"""Pages work in Chromium 92, the oldest browser that the bureau's computers run."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from mingcha.accounts.testing import make_officer
from mingcha.base.roles import Role
from tests.e2e.conftest import open_page, overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def background(page: Page, selector: str) -> str:
    return page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor")


def test_the_pages_work_and_keep_their_colours(
    chromium_92: Browser, live_server: Any, enter: Any, console: Any
) -> None:
    page = open_page(chromium_92, "desktop")
    complaints = console(page)
    enter(page, make_officer(Role.ADMINISTRATOR, name="郑管理"))
    page.goto(live_server.url + reverse("web:patterns"))
    assert background(page, ".mc-status.mc-tone-success") == "rgb(226, 243, 231)"
    assert background(page, ".mc-sidebar") == "rgb(16, 41, 79)"
    assert background(page, ".btn-primary") == "rgb(26, 86, 184)"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i id=soft class=bg-green-lt>x</i>')")
    assert background(page, "#soft") == "rgb(226, 243, 231)"
    assert overflow(page) <= 0

    make_officer(Role.INSPECTOR, name="钱执法")
    page.goto(live_server.url + reverse("accounts:users-list"))
    page.type("#id_q", "钱执")
    expect(page.locator("tr[data-href]")).to_have_count(1)
    assert complaints == []
    page.context.close()
