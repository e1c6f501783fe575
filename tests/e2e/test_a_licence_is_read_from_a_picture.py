"""The QR of a firm's licence: photographed where the browser reads one, else typed; checked on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.inspection.models import Entry, Inspection
from mingcha.inspection.testing import ready, team_of
from mingcha.planning.testing import County
from tests.e2e.looking import judge
from tests.e2e.phones import Phone, photograph

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

#: What a browser that reads codes answers; the next texts stand in `codes`.
READER = """codes => { window.codes = codes; window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { const text = window.codes.shift(); return text ? [{ rawValue: text }] : []; }
}; }"""


@pytest.fixture
def visit(county: County) -> Inspection:
    return ready(county)


def at_the_door(phone: Phone, visit: Inspection, site: str) -> Page:
    phone.signs_in(team_of(visit)[0])
    phone.takes_along(visit)
    phone.opens(visit, "door")
    return phone.page


def by_licence(page: Page) -> None:
    page.get_by_label("怎样登记").select_option("licence")
    for box in page.locator(".p-there input").all():
        box.check()


def came_in(page: Page) -> None:
    expect(page.get_by_text("入企：")).to_be_visible()
    expect(page.get_by_text("（还没有传到平台）")).to_have_count(0)


def test_the_camera_reads_it_and_the_phone_knows_whose_it_is(
    phones: Callable[[str], Phone],
    county: County,
    visit: Inspection,
    live_server: Any,
    axe: Any,
    tmp_path: Path,
) -> None:
    phone = phones("reads")
    page = at_the_door(phone, visit, live_server.url)
    other = Inspection.objects.exclude(pk=visit.pk).order_by("pk")[0].subject.credit_code
    own = visit.subject.credit_code
    page.evaluate(READER, ["", f"http://example.com/{other}", f"https://example.com/l?uniscid={own}&x=1"])
    page.evaluate("() => window.dispatchEvent(new Event('hashchange'))")
    picture = tmp_path / "执照.png"
    picture.write_bytes(photograph(40))
    by_licence(page)
    expect(page.get_by_text("拍下执照上的二维码")).to_be_visible()
    assert axe(page) == []
    camera = page.locator("#licence-picture")

    camera.set_input_files(picture)
    expect(page.get_by_text("照片里没有认出二维码")).to_be_visible()
    camera.set_input_files(picture)
    expect(page.get_by_text(f"这是另一户的执照（{other}）")).to_be_visible()
    page.get_by_role("button", name="登记入企").click()
    assert not Entry.objects.exists()
    camera.set_input_files(picture)
    expect(page.get_by_text(f"是这一户的执照：{own}")).to_be_visible()
    page.get_by_role("button", name="登记入企").click()
    came_in(page)

    assert Entry.objects.get().via == Entry.Via.LICENCE


def test_a_browser_that_reads_none_says_so_and_the_code_is_typed(
    phones: Callable[[str], Phone], visit: Inspection, live_server: Any
) -> None:
    phone = phones("types")
    page = at_the_door(phone, visit, live_server.url)
    page.evaluate("() => { delete window.BarcodeDetector; }")
    page.evaluate("() => window.dispatchEvent(new Event('hashchange'))")
    by_licence(page)
    expect(page.get_by_text("这个浏览器不会从照片里认二维码")).to_be_visible()
    page.get_by_role("button", name="登记入企").click()
    expect(page.get_by_text("请先拍下执照上的二维码")).to_be_visible()
    page.get_by_label("营业执照上的统一社会信用代码").fill(visit.subject.credit_code.lower())
    page.get_by_role("button", name="登记入企").click()
    came_in(page)
    assert Entry.objects.get().via == Entry.Via.LICENCE


def test_on_the_page_of_coming_in_it_is_photographed_too(
    phone: Page, visit: Inspection, live_server: Any, enter: Any, axe: Any, console: Any, tmp_path: Path
) -> None:
    page, complaints = phone, console(phone)
    own = visit.subject.credit_code
    page.add_init_script(f"({READER})([{own!r}])")
    enter(page, User.objects.get(pk=team_of(visit)[0].id))
    page.clock.set_fixed_time(clock.now())
    page.goto(live_server.url + reverse("inspection:enter", args=[visit.pk]))
    expect(page.get_by_text("拍下执照上的二维码")).to_be_visible()
    judge(page, axe, complaints)
    picture = tmp_path / "执照.png"
    picture.write_bytes(photograph(40))
    page.locator("#licence-picture").set_input_files(picture)
    expect(page.locator("#id_licence")).to_have_value(own)
    expect(page.get_by_text(f"是这一户的执照：{own}")).to_be_visible()
    page.get_by_label("扫描营业执照").check()
    for box in page.locator("input[name=people]").all():
        box.check()
    page.get_by_role("button", name="登记入企").click()
    expect(page.get_by_text("已登记入企")).to_be_visible()
    assert Entry.objects.get().via == Entry.Via.LICENCE
