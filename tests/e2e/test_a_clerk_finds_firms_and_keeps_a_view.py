"""A clerk finds a firm by two characters and by initials, keeps a view, takes what is shown as a workbook."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from mingcha.accounts.models import UnitKind, User
from mingcha.accounts.testing import make_officer, make_unit
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.kernel import credit_code
from mingcha.registry.models import Recusal, Subject
from mingcha.registry.tests.conftest import now  # noqa: F401  a fixture
from mingcha.web.testing import workbook_sheets
from tests.e2e.conftest import open_page
from tests.e2e.looking import overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FIRMS = (
    ("石家庄市栾城区恒泰建筑工程有限公司", "enterprise", "窦妪镇"),
    ("栾城区恒泰经营部", "household", "窦妪镇"),
    ("河北永兴印务有限公司", "enterprise", "冶河镇"),
    ("栾城区顺达劳务派遣有限公司", "enterprise", "窦妪镇"),
)


@pytest.fixture
def clerk(db: None) -> User:
    for app in ("accounts", "basics", "registry"):
        import_module(f"mingcha.{app}.initial").load(actor=System(purpose="tests"))
    bureau = make_unit("示范区人社局", kind=UnitKind.BUREAU)
    for number, (name, kind, town) in enumerate(FIRMS):
        Subject.objects.create(
            name=name,
            kind=kind,
            town=town,
            division_code="130111",
            credit_code=credit_code.synthetic(number),
            created_at=clock.now(),
        )
    return make_officer(Role.COORDINATOR, unit=bureau, name="王建国")


def names(page: Page) -> Any:
    return page.locator("tr[data-href] [data-cell=name]")


def test_from_two_characters_to_a_workbook(
    desktop: Page, clerk: User, live_server: Any, enter: Any, console: Any, tmp_path: Path
) -> None:
    page = desktop
    complaints = console(page)
    enter(page, clerk)
    page.goto(live_server.url + reverse("registry:subjects-list"))
    expect(names(page)).to_have_count(4)
    page.type("#id_q", "恒泰")
    expect(names(page)).to_have_text([FIRMS[1][0], FIRMS[0][0]])
    page.fill("#id_q", "sdlw")
    expect(names(page)).to_have_text([FIRMS[3][0]])
    page.fill("#id_q", "")
    expect(names(page)).to_have_count(4)

    page.get_by_role("button", name="更多筛选").click()
    page.select_option("#id_town", "窦妪镇")
    expect(names(page)).to_have_count(3)
    page.select_option("#id_kind", "enterprise")
    expect(names(page)).to_have_count(2)
    assert overflow(page) <= 0
    page.get_by_text("保存为视图").click()
    page.get_by_label("名称", exact=True).fill("窦妪企业")
    page.get_by_text("打开列表时就用它").click()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile("town="))

    page.goto(live_server.url + reverse("registry:subjects-list"))
    expect(page.get_by_role("link", name="窦妪企业", exact=True)).to_have_attribute("aria-current", "true")
    expect(names(page)).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_text("导出 Excel").click()
    path = tmp_path / "list.xlsx"
    download.value.save_as(path)
    (sheet,) = workbook_sheets(path.read_bytes())
    shown = names(page).all_inner_texts()
    assert [row[0] for row in sheet[1:]] == shown
    page.get_by_role("link", name="全部", exact=True).click()
    expect(names(page)).to_have_count(4)
    assert complaints == []


def test_a_form_finds_a_firm_with_the_keyboard_alone(
    desktop: Page, clerk: User, live_server: Any, enter: Any, console: Any, axe: Any
) -> None:
    page = desktop
    complaints = console(page)
    enter(page, clerk)
    page.goto(live_server.url + reverse("registry:recusals-create"))
    box = page.get_by_role("combobox", name="检查对象")
    box.type("恒泰")
    options = page.locator("[role=option]")
    expect(options).to_have_count(2)
    assert axe(page) == []
    box.press("ArrowDown")
    chosen = options.first.locator("span").inner_text()
    box.press("Enter")
    expect(box).to_have_value(re.compile(f" {re.escape(chosen)}$"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("没有这一家")
    expect(page.get_by_text("没有找到。请换几个字再试。")).to_be_visible()
    assert not Recusal.objects.exists()
    assert complaints == []


def test_a_list_on_the_phone_folds_its_filters(
    phone: Page, clerk: User, live_server: Any, enter: Any
) -> None:
    page = phone
    enter(page, clerk)
    page.goto(live_server.url + reverse("registry:subjects-list"))
    expect(page.locator("#id_town")).to_be_hidden()
    page.get_by_role("button", name="更多筛选").tap()
    expect(page.locator("#id_town")).to_be_visible()
    assert overflow(page) <= 0


def test_the_list_and_the_look_up_work_in_chromium_92(
    chromium_92: Browser, clerk: User, live_server: Any, enter: Any, console: Any
) -> None:
    page = open_page(chromium_92, "desktop")
    complaints = console(page)
    enter(page, clerk)
    page.goto(live_server.url + reverse("registry:subjects-list"))
    page.type("#id_q", "永兴")
    expect(names(page)).to_have_text([FIRMS[2][0]])
    page.goto(live_server.url + reverse("registry:recusals-create"))
    page.type("[data-lookup]", "永兴")
    expect(page.locator("[role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lookup]").first).to_have_value(re.compile("永兴印务"))
    assert complaints == []
    page.context.close()
