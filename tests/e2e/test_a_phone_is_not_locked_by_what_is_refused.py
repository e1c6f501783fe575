"""A queue that comes home too late: the reason is said, it is given back as files, and the phone is free."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.base.testing import load_initial
from mingcha.base.viewers import Officer
from mingcha.inspection import services
from mingcha.inspection.models import Evidence, FormOp, Inspection, Unvisited
from mingcha.inspection.testing import ready, team_of
from mingcha.planning import services as planning
from mingcha.planning.testing import County, agreed, grounds
from tests.e2e.phones import Phone, photograph

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(county: County) -> Inspection:
    load_initial("inspection.initial")
    return ready(county)


def too_late(county: County, visit: Inspection) -> None:
    """The term within which a visit may still be registered is over."""
    county.clock.advance(days=15)


def not_visited(county: County, visit: Inspection) -> None:
    """Meanwhile somebody else has agreed that nobody goes there."""
    asked = services.ask_unvisited(
        actor=team_of(visit)[0], inspection=visit, reason=Unvisited.Reason.SUSPENDED, words="已经停产"
    )
    services.grant_unvisited(actor=county.head, unvisited=asked)


def taken_by_a_reserve(county: County, visit: Inspection) -> None:
    """Another firm has taken this one's place."""
    assert visit.task is not None
    asked = planning.dispatch.ask_reserve(actor=county.head, task=visit.task, grounds=grounds("closed"))
    agreed(county, asked)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (too_late, "不能再补录"),
        (not_visited, "这次检查目前为“未检查”"),
        (taken_by_a_reserve, "这次检查已经不归您办理"),
    ],
)
def test_what_is_refused_is_downloaded_and_then_one_can_sign_out(
    happens: Callable[[County, Inspection], None],
    said: str,
    phones: Callable[[str], Phone],
    county: County,
    visit: Inspection,
    live_server: Any,
    axe: Any,
    tmp_path: Path,
) -> None:
    phone, officer = phones("late"), team_of(visit)[0]
    _written_without_a_network(phone, officer, visit, live_server.url, tmp_path)

    happens(county, visit)
    phone.page.clock.set_fixed_time(county.clock.now())
    phone.signs_in(officer)
    phone.context.set_offline(False)
    phone.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.says("平台没有收下，请在那次检查的“提交”页下载保存")
    expect(phone.page.locator("#phone-status")).to_contain_text("全部已传到平台")

    page = phone.page
    page.goto(f"{live_server.url}/inspection/phone/app/#/")
    page.get_by_role("button", name="退出并清除").click()
    expect(page.get_by_text("请先在那次检查的“提交”页下载")).to_be_visible()
    phone.opens(visit, "result")
    expect(page.locator(".p-conflict")).to_contain_text(said)
    assert axe(page) == []
    if happens is taken_by_a_reserve:
        phone.opens(visit, "door")
        expect(page.locator(".p-code")).to_have_count(0)
        expect(page.get_by_role("button", name="登记入企")).to_have_count(0)
        assert axe(page) == []
        phone.opens(visit, "result")
    files: list[Any] = []
    page.on("download", lambda one: files.append(one))
    page.get_by_role("button", name="下载这些内容").click()
    expect(page.get_by_text("已经下载，可以退出")).to_be_visible()
    phone.says("全部已传到平台")
    expect(page.locator("#phone-status")).not_to_contain_text("没有收下")
    found = {one.suggested_filename: one.path() for one in files}
    told = json.loads(Path(found[f"inspection-{visit.pk}.json"]).read_text(encoding="utf-8"))
    assert [one["step"] for one in told["steps"]] == ["enter"]
    assert told["steps"][0]["said"]["via"] == "code"
    assert "拖欠上月工资" in [one["value"] for one in told["changes"]]
    assert Path(found["现场.png"]).read_bytes() == photograph(40)
    assert not FormOp.objects.exists()
    assert not Evidence.objects.exists()

    page.goto(f"{live_server.url}/inspection/phone/app/#/")
    page.get_by_role("button", name="退出并清除").click()
    page.wait_for_url("**/accounts/sign-in/**")


def test_what_was_downloaded_still_goes_home_when_the_entry_is_registered_after_all(
    phones: Callable[[str], Phone], county: County, visit: Inspection, live_server: Any, tmp_path: Path
) -> None:
    phone, officer = phones("late"), team_of(visit)[0]
    _written_without_a_network(phone, officer, visit, live_server.url, tmp_path)
    too_late(county, visit)
    phone.page.clock.set_fixed_time(county.clock.now())
    phone.signs_in(officer)
    phone.context.set_offline(False)
    phone.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.says("平台没有收下")
    phone.opens(visit, "result")
    phone.page.get_by_role("button", name="下载这些内容").click()
    expect(phone.page.get_by_text("已经下载，可以退出")).to_be_visible()

    services.enter(
        actor=team_of(visit)[1],
        inspection=Inspection.objects.get(pk=visit.pk),
        via="failure",
        reason="全镇断网，今天补录",
        people=[one.pk for one in visit.team],
    )
    phone.page.evaluate("() => window.dispatchEvent(new Event('online'))")

    expect(phone.page.locator(".p-conflict")).to_have_count(0)
    phone.says("全部已传到平台")
    assert "拖欠上月工资" in FormOp.objects.values_list("value", flat=True).last().replace('"', "")  # type: ignore[union-attr]
    assert Evidence.objects.get().attachment is not None


def _written_without_a_network(
    phone: Phone, officer: Officer, visit: Inspection, site: str, folder: Path
) -> None:
    """Preloaded; then, offline, they came in, found something and took a picture."""
    phone.signs_in(officer)
    phone.takes_along(visit)
    phone.opens(visit, "door")
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    phone.context.set_offline(True)
    for box in phone.page.locator(".p-there input").all():
        box.check()
    phone.page.get_by_role("button", name="登记入企").click()
    expect(phone.page.get_by_text("（还没有传到平台）")).to_be_visible()
    phone.opens(visit, "points")
    point = phone.page.locator("[data-point]").first
    point.get_by_role("button", name="不符合").click()
    point.get_by_label("事实").fill("拖欠上月工资")
    picture = folder / "现场.png"
    picture.write_bytes(photograph(40))
    point.locator("input[type=file]").set_input_files(picture)
    expect(point.locator("[data-file]")).to_contain_text("在手机里，等待上传")
    phone.says("还没有传到平台")
