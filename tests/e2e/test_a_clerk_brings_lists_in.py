"""A clerk brings three ugly lists in: looks, corrects a row, confirms, finds a firm, undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from mingcha.accounts.models import Unit, UnitKind
from mingcha.accounts.services import create_unit
from mingcha.accounts.testing import make_officer
from mingcha.base import clock
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.kernel.credit_code import synthetic
from mingcha.planning.testing import MORNING, load_initial
from mingcha.registry.models import Subject
from tests.e2e.looking import overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CODES = [synthetic(number) for number in range(1, 9)]
WRONG = CODES[2][:-1] + ("0" if CODES[2][-1] != "0" else "1")


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield fixed


@pytest.fixture
def bureau(now: clock.FixedClock, settings, tmp_path: Path) -> Unit:
    settings.MEDIA_ROOT = tmp_path / "media"
    load_initial()
    return create_unit(
        actor=System(purpose="tests"), name="示范县人社局", kind=UnitKind.BUREAU, division_code="130111"
    )


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A title above, a merged header of two rows, numbers as numbers, a row without a name."""
    path = tmp_path / "2026年度监管对象花名册.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("花名册")
    sheet.merge_range("A1:G1", "示范县 2026 年度监管对象花名册（加盖公章有效）")
    sheet.merge_range("A2:A3", "序号")
    sheet.merge_range("B2:B3", "单位名称")
    sheet.merge_range("C2:C3", "统一社会信用代码")
    sheet.merge_range("D2:E2", "基本情况")
    sheet.write_row("D3", ["成立日期", "注册资本"])
    sheet.merge_range("F2:F3", "用工人数")
    sheet.merge_range("G2:G3", "地址")
    rows = [
        (1, "示范商贸有限公司", CODES[0], "2019年3月5日", "100万元人民币", 30, "示范镇东大街1号"),
        (2, "示范（集团）建材有限公司", CODES[1].lower(), "2020.1.2", "５０万", "12人", "示范镇西大街2号"),
        (3, "示范餐饮店", WRONG, 43895, "N/A", 6, "示范镇南大街3号"),
        (4, "", CODES[3], "2021/6/7", "10万", 3, "示范镇北大街4号"),
    ]
    for number, row in enumerate(rows):
        sheet.write_row(3 + number, 0, row)
    sheet.write_row(8, 0, ["合计", "", "", "", "", 51])
    book.close()
    return path


@pytest.fixture
def old_csv(tmp_path: Path) -> Path:
    """What the old system exports: GB 18030, other headings, codes with apostrophes and blanks."""
    path = tmp_path / "市监推送.csv"
    lines = [
        "市场主体名称,社会信用代码,核准日期,经营状态,住所",
        f"示范商贸有限公司,'{CODES[0]},20190305,存续（在营、开业、在册）,示范镇东大街１号院",
        f"示范运输有限公司, {CODES[4]} ,20220102,注销,示范镇环城路5号",
        "示范早点铺,,20230405,开业,示范镇集市6号",
    ]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


@pytest.fixture
def inspectors(tmp_path: Path) -> Path:
    """A section's own table of its people."""
    path = tmp_path / "执法人员.csv"
    lines = [
        "姓名,科室,执法证号,发证机关,有效期起,有效期止",
        "王小明,示范县人社局,13011100001,示范县政府,2024-01-01,2029-12-31",
    ]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def upload(page: Page, base: str, path: Path, source: str, register: str = "检查对象") -> None:
    page.goto(f"{base}/registry/imports/new/")
    page.get_by_label("导入到").select_option(label=register)
    page.get_by_label("新来源的名称").fill(source)
    page.get_by_label("名单文件").set_input_files(str(path))
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(path.name)
    run_waiting()
    page.reload()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已确认，正在写入名录库")).to_be_visible()
    run_waiting()
    page.reload()


def settle_columns(page: Page) -> None:
    """Look at the columns and go on, where the platform was not sure by itself."""
    columns = page.get_by_role("link", name="列的含义", exact=True)
    if columns.count() and page.get_by_text("待确认列的含义").count():
        columns.click()
        page.get_by_role("button", name="就按这样核对").click()
        run_waiting()
        page.reload()


def test_three_ugly_lists_one_correction_and_one_undoing(
    desktop: Page,
    live_server,
    bureau: Unit,
    workbook: Path,
    old_csv: Path,
    inspectors: Path,
    enter: Callable[..., None],
    axe: Callable[[Page], list[str]],
    console: Callable[[Page], list[str]],
    tmp_path: Path,
) -> None:
    page, base = desktop, live_server.url
    complaints = console(page)
    enter(page, make_officer(Role.COORDINATOR, unit=bureau, name="周经办"))

    upload(page, base, workbook, "本局花名册")
    settle_columns(page)
    expect(page.get_by_text("待确认导入").first).to_be_visible()
    expect(page.get_by_text("问题归类")).to_be_visible()
    assert axe(page) == []
    assert overflow(page) <= 0
    page.get_by_role("link", name="逐行看").click()
    page.get_by_role("link", name="不能导入的 1").click()
    assert axe(page) == []
    page.get_by_role("link", name="改正").click()
    assert axe(page) == []
    page.get_by_label("名称", exact=True).fill("示范理发店")
    page.get_by_role("button", name="保存并重新核对").click()
    expect(page.get_by_text("这一行已改正并重新核对")).to_be_visible()
    page.get_by_role("link", name="回到核对结果").click()
    expect(page.get_by_text("新增 4、更新 0、没有变化 0、不导入 0")).to_be_visible()
    assert not Subject.objects.exists()
    confirm(page)
    expect(page.get_by_text("已导入").first).to_be_visible()
    page.get_by_role("link", name="看这次导入的").click()
    expect(page.get_by_text("示范理发店").first).to_be_visible()

    upload(page, base, old_csv, "市监局推送")
    settle_columns(page)
    expect(page.get_by_text("新增 2、更新 1、没有变化 0、不导入 0")).to_be_visible()
    page.get_by_role("link", name="逐行看").click()
    assert axe(page) == []
    page.go_back()
    confirm(page)

    upload(page, base, inspectors, "股室自报", "执法检查人员")
    settle_columns(page)
    confirm(page)
    expect(page.get_by_text("已导入").first).to_be_visible()

    page.goto(f"{base}/registry/subjects/?q=示范运输")
    page.get_by_role("link", name="示范运输有限公司").click()
    page.get_by_role("link", name="历史记录").click()
    expect(page.get_by_text("导入：市监局推送")).to_be_visible()

    page.goto(f"{base}/registry/imports/")
    assert axe(page) == []
    page.get_by_role("link", name="市监推送.csv").first.click()
    page.get_by_role("button", name="撤销这次导入").click()
    run_waiting()
    page.reload()
    page.goto(f"{base}/registry/imports/")
    page.get_by_role("link", name="撤销：市监推送.csv").first.click()
    expect(page.get_by_text("移除 2 条、恢复 1 条、保持现状 0 条")).to_be_visible()
    page.get_by_role("button", name="确认撤销").click()
    run_waiting()
    names = set(Subject.objects.values_list("name", flat=True))
    assert names == {"示范商贸有限公司", "示范（集团）建材有限公司", "示范餐饮店", "示范理发店"}
    assert Subject.objects.get(credit_code=CODES[0]).address == "示范镇东大街1号"
    assert complaints == []


def test_the_pages_of_a_list_on_a_phone(
    phone: Page, live_server, bureau: Unit, workbook: Path, enter: Callable[..., None], axe
) -> None:
    page, base = phone, live_server.url
    enter(page, make_officer(Role.COORDINATOR, unit=bureau, name="周经办"))
    upload(page, base, workbook, "本局花名册")
    settle_columns(page)
    assert overflow(page) <= 0
    page.get_by_role("link", name="逐行看").click()
    assert overflow(page) <= 0
    assert axe(page) == []
    page.go_back()
    page.get_by_role("link", name="列的含义", exact=True).click()
    assert overflow(page) <= 0
    assert axe(page) == []
