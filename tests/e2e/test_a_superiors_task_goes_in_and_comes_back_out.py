"""A superior's list goes in, through, and back out: only files are handed over, nothing of them is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from mingcha.accounts.models import User
from mingcha.basics.models import Deadline
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.testing import reviewed
from mingcha.inspection.tests import platform
from mingcha.items.testing import published_item
from mingcha.planning.models import Campaign, Dispatch
from mingcha.planning.services import dispatch
from mingcha.planning.testing import County, approved
from tests.e2e.looking import judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def payload(file: Any) -> FilePayload:
    return {"name": file.name, "mimeType": SHEETS, "buffer": file.read()}


def test_a_superiors_task_goes_in_and_comes_back_out(
    desktop: Page, county: County, live_server: Any, enter: Any, console: Any, axe: Any
) -> None:
    published_item(platform.ITEM)
    firms = [(one.credit_code, one.name) for one in county.subjects[:2]]
    page, complaints = desktop, console(desktop)
    clerk = User.objects.get(pk=county.coordinator.id)
    enter(page, clerk)

    page.goto(f"{live_server.url}/planning/campaigns/")
    page.get_by_role("link", name="导入上级抽取名单").click()
    page.locator("input[type=file]").set_input_files(payload(platform.draw_list(firms, "执法1、执法2")))
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("共 2 行，对上 2 户")).to_be_visible()
    judge(page, axe, complaints)
    page.locator("#id_lead_unit").select_option(label="示范县人力资源和社会保障局")
    page.get_by_label("采用现场检查的理由").fill("须当场核对原始记录")
    page.get_by_role("button", name="确认，立为抽查任务").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(platform.TASK)

    inspected(county)
    enter(page, clerk)
    page.goto(f"{live_server.url}/inspection/return-templates/")
    page.get_by_role("link", name="上传空白模板").first.click()
    page.locator("input[type=file]").set_input_files(payload(platform.blank()))
    page.get_by_role("button", name="上传").click()
    judge(page, axe, complaints)
    page.get_by_role("button", name="确认对照").click()
    expect(page.get_by_text("对照已保存")).to_be_visible()
    page.goto(live_server.url)
    page.get_by_role("link", name=f"回填省平台：{platform.TASK}").click()
    page.get_by_role("button", name="列出").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载填好的模板").click()
    rows = platform.taken_in(Path(download.value.path()).read_bytes())
    assert [row[1:6] for row in rows] == [
        (platform.NUMBER, code, name, "未发现问题", "执法1、执法2") for code, name in firms
    ]

    wrong = [rows[0], (*rows[1][:4], "发现问题已责令改正", *rows[1][5:])]
    read_back(page, platform.export(wrong, "2026-11-24"))
    expect(page.locator(".mc-differs")).to_contain_text("省平台：发现问题已责令改正")
    judge(page, axe, complaints)
    read_back(page, platform.export(rows, "2026-11-24"))
    expect(page.locator(".mc-differs")).to_have_count(0)
    assert {one.state for one in Deadline.objects.filter(rule__code="T24")} == {DeadlineState.MET}


def inspected(county: County) -> None:
    """Approved, dispatched, visited and reviewed here, as every task is."""
    campaign = approved(county, Campaign.objects.get())
    batch = Dispatch.objects.get(campaign=campaign)
    dispatch.dispatch(actor=county.coordinator, batch=batch)
    dispatch.confirm(actor=county.head, batch=batch)
    county.clock.advance(days=1)
    for inspection in Inspection.objects.order_by("task__seq"):
        reviewed(county, inspection)


def read_back(page: Page, export: Any) -> None:
    page.get_by_role("link", name="读回省平台的导出").first.click()
    page.locator("input[type=file]").set_input_files(payload(export))
    page.get_by_role("button", name="上传并比对").click()
