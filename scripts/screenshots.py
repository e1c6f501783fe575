"""The pictures of docs/manual, taken from a fresh demo county while one draw is performed in it.

    python -m scripts.screenshots http://127.0.0.1:8765 docs/manual/images

Run by scripts/screenshots.sh. What is clicked here is what the manual tells people to click.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import xlsxwriter
from playwright.sync_api import Browser, Page, expect, sync_playwright
from python_calamine import load_workbook

from demo.campaigns import READY
from mingcha.base import clock

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
#: JPEG at this quality is sharp enough for text; the whole folder stays below six megabytes.
QUALITY = 62
DIGITS = "50318274960155937142"
#: The headings of the superior platform's blank, as counties describe it.
PLATFORM = (
    "序号",
    "任务编号",
    "统一社会信用代码",
    "企业名称",
    "检查事项",
    "检查结果",
    "检查人员",
    "检查时间",
    "备注",
)
#: Seconds from planning the draw to its moment: enough to seal it, and longer than the demo's shortest wait.
WAIT = 130
#: Seconds that the demo may take to start.
PATIENCE = 180


class Album:
    """Takes pictures of the two sizes, as one of the demo's people or as nobody."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.base, self.folder = base, folder
        self.desktop = self._page(browser, DESKTOP)
        self.phone = self._page(browser, PHONE)

    def _page(self, browser: Browser, size: dict[str, int]) -> Page:
        mobile = size is PHONE
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            is_mobile=mobile,
            has_touch=mobile,
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{self.base}/accounts/sign-in/")
        return page

    def become(self, role: str, page: Page | None = None) -> None:
        """Change the role by the demo's own button."""
        page = page or self.desktop
        page.get_by_role("button", name=role, exact=True).click()
        expect(page.locator(".mc-demo-people [aria-current]")).to_have_text(role)

    def take(self, name: str, address: str = "", page: Page | None = None) -> None:
        """A picture of what the window shows, after going to an address if one is given."""
        page = page or self.desktop
        if address:
            answer = page.goto(f"{self.base}{address}")
            if answer is None or not answer.ok:
                raise SystemExit(f"{address} does not open")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=self.folder / f"{name}.jpg", type="jpeg", quality=QUALITY)


def homes(album: Album) -> None:
    """The first screen of everyone who works at a desk."""
    for role, name in (
        ("综合经办", "coordinator"),
        ("局领导", "bureau-leader"),
        ("协同部门", "partner"),
        ("系统管理员", "administrator"),
    ):
        album.become(role)
        album.take(f"home-{name}", "/")
    for name, address in (
        ("users", "/accounts/users/"),
        ("parameters", "/settings/parameters/"),
        ("jobs", "/jobs/"),
    ):
        album.take(name, address)
    album.become("督导员")
    album.take("ledger", "/ledger/records/")


def registers(album: Album) -> None:
    """What the coordinator keeps."""
    album.become("综合经办")
    page = album.desktop
    album.take("subjects", "/registry/subjects/?q=建筑工程")
    page.locator("table tbody a").first.click()
    album.take("subject")
    album.take("import", "/registry/imports/")
    album.take("claims", "/registry/claims/")
    album.take("availability", "/registry/inspectors/availability/")
    album.take("items", "/items/")
    page.goto(f"{album.base}/planning/plans/")
    page.locator("table tbody a").last.click()
    album.take("plan")


def approval(album: Album) -> None:
    """What the leader reads before approving."""
    album.become("局领导")
    album.desktop.goto(album.base)
    album.desktop.get_by_role("link", name="审批：抽查方案审批").first.click()
    album.take("approval")


def draw(album: Album) -> str:
    """From the approved campaign to its tasks; gives the number of the draw."""
    page = album.desktop
    album.become("综合经办")
    page.get_by_role("link", name=f"拟定抽取：{READY}").click()
    album.take("campaign")
    page.get_by_role("link", name="拟定抽取").click()
    moment = clock.now().astimezone(clock.SHANGHAI) + timedelta(seconds=WAIT)
    page.get_by_label("摇号时间").fill(moment.strftime("%Y-%m-%dT%H:%M"))
    album.take("draw-form")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="封存名单").click()
    album.take("notice")
    number = page.locator(".mc-paper-number").inner_text()
    time.sleep(max(0.0, (moment - clock.now()).total_seconds()) + 1)
    page.goto(album.base)
    page.get_by_role("link", name=f"录入号码：{READY}").click()
    page.locator("[data-balls] input").first.click()
    page.keyboard.type(DIGITS)
    page.get_by_label("第 1 位见证人的姓名").fill("张甲")
    page.get_by_label("第 1 位见证人的身份").select_option(label="企业代表")
    album.take("digits")
    page.get_by_role("button", name="录入完毕").click()
    album.become("督导员")
    album.take("home-overseer", "/")
    page.get_by_role("link", name=f"核对号码：{READY}").click()
    album.take("confirm")
    page.get_by_label("我已对照现场摇出的号码球").check()
    page.get_by_role("button", name="核对无误，开始抽取").click()
    album.take("result")
    dispatch(album)
    return number


def dispatch(album: Album) -> None:
    """Handed to the section, looked at by its head."""
    page = album.desktop
    album.become("综合经办")
    page.get_by_role("link", name="派发检查任务").first.click()
    album.take("dispatch")
    page.get_by_role("button", name="派发", exact=True).click()
    album.become("社保股负责人")
    album.take("home-section-head")
    page.get_by_role("link", name="比对、确认派来的检查任务").first.click()
    album.take("dispatch-confirm")
    page.get_by_role("button", name="确认", exact=True).click()
    page.get_by_role("link", name="各周安排").click()
    page.get_by_role("button", name="按乡镇排出各周").click()
    album.take("weeks")


def inspections(album: Album) -> None:
    """What the head reviews; what goes into the superior's platform and comes back."""
    album.become("股室负责人")
    page = album.desktop
    page.goto(album.base)
    page.get_by_role("link", name="审核检查结果").first.click()
    album.take("review")
    album.become("综合经办")
    with tempfile.TemporaryDirectory() as folder:
        _returned(album, Path(folder))
    album.take("return-read")


def _returned(album: Album, folder: Path) -> None:
    """A blank filled, and read back with one result that the platform says otherwise."""
    page = album.desktop
    page.goto(f"{album.base}/inspection/return-templates/blank/")
    page.set_input_files("input[type=file]", _book(folder / "批量录入模板.xlsx", [PLATFORM]))
    page.get_by_role("button", name="上传").click()
    page.get_by_role("button", name="确认对照").click()
    page.goto(f"{album.base}/inspection/returns/make/")
    page.get_by_label("抽查任务").select_option(index=1)
    page.get_by_role("button", name="列出").click()
    with page.expect_download() as filled:
        page.get_by_role("link", name="下载填好的模板").click()
    sheet = load_workbook(str(filled.value.path())).get_sheet_by_index(0)
    _heading, *rows = [list(map(str, row)) for row in sheet.to_python()]
    rows[0][PLATFORM.index("检查结果")] = "发现问题待后续处理"
    today = clock.today().isoformat()
    said = [[*row, f"JG{place:04d}", today] for place, row in enumerate(rows, start=1)]
    page.get_by_role("link", name="读回省平台的导出").click()
    export = _book(folder / "检查结果导出.xlsx", [(*PLATFORM, "检查结果编号", "公示日期"), *said])
    page.set_input_files("input[type=file]", export)
    page.get_by_role("button", name="上传并比对").click()


def _book(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """A workbook of one sheet, as the platform makes them."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("检查结果")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return path


def at_the_door(album: Album) -> None:
    """Today's route, the code that an inspector shows, and what the firm sees behind it."""
    phone = album.phone
    album.take("route-phone", "/inspection/phone/", phone)
    # Those that are under way come first; the code is shown before.
    ahead = phone.locator("[data-visit]").filter(has_text="待检查")
    ahead.get_by_role("link", name="检查页面").first.click()
    phone.get_by_role("button", name="下发资料包").click()
    package = phone.request.get(f"{phone.url}package/").json()
    phone.get_by_role("link", name="亮码", exact=True).click()
    album.take("code-phone", page=phone)
    behind = urlsplit(json.loads(package["payload"])["issue"]["address"]).path
    album.take("door-phone", behind, phone)


def on_the_phone(album: Album) -> None:
    """What an inspector sees in the hand."""
    phone = album.phone
    album.become("执法人员", phone)
    album.take("home-inspector-phone", "/", phone)
    album.take("my-tasks-phone", "/planning/my-tasks/", phone)
    phone.locator("main a[href*='/planning/tasks/']").first.click()
    album.take("task-phone", page=phone)
    album.take("own-recusals-phone", "/registry/recusals/own/", phone)
    at_the_door(album)


def citizens(album: Album, number: str) -> None:
    """What anybody sees, without signing in."""
    album.phone.context.clear_cookies()
    album.desktop.context.clear_cookies()
    album.take("open-home", "/open/")
    album.take("open-results", "/open/results/")
    album.take("open-draw", f"/open/draws/{number}/")
    phone = album.phone
    phone.goto(f"{album.base}/open/draws/{number}/")
    phone.get_by_label("名称或统一社会信用代码").fill("建筑工程")
    phone.get_by_role("button", name="查询").click()
    phone.locator(".mc-answer").first.scroll_into_view_if_needed()
    album.take("open-answer-phone", page=phone)
    phone.get_by_role("link", name="在您自己的浏览器里复算").click()
    phone.get_by_role("button", name="开始复算").click()
    expect(phone.get_by_role("heading", name="一致")).to_be_visible()
    album.take("open-verify-phone", page=phone)


def wait_for(base: str) -> None:
    """Until the demo answers; SystemExit when it never does."""
    for _second in range(PATIENCE):
        try:
            with urlopen(f"{base}/healthz", timeout=5) as answer:
                if answer.status == HTTPStatus.OK:
                    return
        except OSError:
            pass
        time.sleep(1)
    raise SystemExit(f"nobody answers at {base}")


def main() -> int:
    """All pictures into a folder."""
    base, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    wait_for(base)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        album = Album(browser, base, folder)
        homes(album)
        registers(album)
        approval(album)
        inspections(album)
        number = draw(album)
        on_the_phone(album)
        citizens(album, number)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
