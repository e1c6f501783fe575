"""A superior's list goes in, through, and back out: only files are handed over, nothing of them is typed.

The first firm goes through every hand in a browser; the second, whose hands would do the same, by services.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.basics.models import Deadline
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.testing import reviewed
from mingcha.inspection.testing import team_of
from mingcha.inspection.tests import platform
from mingcha.items.testing import published_item
from mingcha.planning.testing import County
from tests.e2e.looking import judge
from tests.e2e.phones import Phone
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
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def payload(file: Any) -> FilePayload:
    return {"name": file.name, "mimeType": SHEETS, "buffer": file.read()}


def test_a_superiors_task_goes_in_and_comes_back_out(
    desktop: Page,
    phones: Callable[[str], Phone],
    county: County,
    becomes: Callable[[Page, Officer], None],
    live_server: Any,
    console: Any,
    axe: Any,
) -> None:
    published_item(platform.ITEM)
    firms = [(one.credit_code, one.name) for one in county.subjects[:2]]
    page, complaints = desktop, console(desktop)
    becomes(page, county.coordinator)

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

    page.get_by_role("button", name="提请批准方案和名单").click()
    becomes(page, county.leader)
    page.get_by_role("link", name="抽查方案审批").first.click()
    page.get_by_role("button", name="同意").first.click()
    becomes(page, county.coordinator)
    hands_a_list_on(page)
    becomes(page, county.head)
    confirms_what_came(page)
    county.clock.advance(days=1)
    visit, other = Inspection.objects.order_by("task__seq")
    inspected(visit, phones, live_server.url, county)
    county.clock.advance(days=1)
    becomes(page, county.head)
    opens_the_review(page, visit)
    page.get_by_role("button", name="审核通过").click()
    reviewed(county, other)

    becomes(page, county.coordinator)
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


def inspected(visit: Inspection, phones: Callable[[str], Phone], site: str, county: County) -> None:
    """Two inspectors, each with a phone; what the superior's list says is on it already."""
    lead, second = team_of(visit)
    holding, writing = phones("lead"), phones("second")
    for hand, officer in ((holding, lead), (writing, second)):
        hand.signs_in(officer)
        takes_the_visit_along(hand, site, visit)
        expect(hand.page.get_by_role("heading", name=visit.name)).to_be_visible()
        hand.context.set_offline(True)
    they_come_in(holding)
    answers_every_point(writing, visit)
    signs_as_the_second(writing, visit)
    tells_and_has_it_signed(holding, visit)
    chooses_the_result(holding, visit, "未发现问题")
    county.clock.advance(minutes=50)
    for hand in (holding, writing):
        hand.page.clock.set_fixed_time(clock.now())
    they_leave(holding, visit)
    for hand, officer in ((holding, lead), (writing, second)):
        everything_comes_home(hand, officer)
    hands_the_record_in(holding, visit)


def read_back(page: Page, export: Any) -> None:
    page.get_by_role("link", name="读回省平台的导出").first.click()
    page.locator("input[type=file]").set_input_files(payload(export))
    page.get_by_role("button", name="上传并比对").click()
