"""Two inspectors take a visit along, lose the network, fill one form at once, and lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Route, expect

from mingcha.inspection.form.reading import form_of
from mingcha.inspection.models import Evidence
from mingcha.inspection.testing import ready, team_of
from mingcha.planning.testing import County
from tests.e2e.looking import overflow
from tests.e2e.phones import Phone, photograph, signs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_two_fill_one_form_without_a_network_and_it_comes_home_whole(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any, tmp_path: Path
) -> None:
    inspection = ready(county)
    people = team_of(inspection)
    lead, second = phones("lead"), phones("second")
    for phone, officer in zip((lead, second), people, strict=True):
        phone.signs_in(officer)
        phone.page.goto(live_server.url + "/inspection/phone/")
        assert axe(phone.page) == []
        assert overflow(phone.page) <= 0
        phone.preloads(inspection)
        phone.opens(inspection, "door")
        phone.page.evaluate("() => navigator.serviceWorker.ready")
        expect(phone.page.locator(".p-digits")).to_be_visible()
        assert axe(phone.page) == []
        phone.context.set_offline(True)

    # Without a network: come in, look, write, photograph, sign.
    lead.page.screenshot(path=tmp_path / "door.png")
    lead.page.get_by_role("button", name="登记入企").click()
    expect(lead.page.get_by_text("实施检查的人员不得少于两人")).to_be_visible()
    for box in lead.page.locator(".p-there input").all():
        box.check()
    lead.page.get_by_role("button", name="登记入企").click()
    lead.says("没有网络")
    lead.opens(inspection, "points")
    point = lead.page.locator("[data-point]").first
    point.get_by_role("button", name="不符合").click()
    point.get_by_label("事实").fill("拖欠上月工资")
    point.get_by_label("涉及金额").fill("1234.5")
    (tmp_path / "现场.png").write_bytes(photograph(700))
    point.locator("input[type=file]").set_input_files(tmp_path / "现场.png")
    expect(point.locator("[data-file]")).to_contain_text("在手机里，等待上传")
    large = tmp_path / "大.jpg"
    large.write_bytes(b"\xff" * (40 * 1024 * 1024 + 1))
    point.locator("input[type=file]").set_input_files(large)
    expect(point.get_by_role("alert").filter(has_text="没有存下")).to_contain_text("超过 40.0 MB")
    second.opens(inspection, "points")
    theirs = second.page.locator("[data-point]").first
    theirs.get_by_role("button", name="符合", exact=True).click()
    lead.opens(inspection, "sign")
    lead.page.get_by_role("button", name="在手机上签名").first.click()
    signs(lead.page)
    expect(lead.page.get_by_text("被检查单位在场人已签名")).to_be_visible()
    assert axe(lead.page) == []

    # The battery dies; everything is still there, without a network.
    lead.killed()
    lead.context.set_offline(True)
    lead.opens(inspection, "points")
    expect(lead.page.locator("[data-point]").first).to_have_attribute("data-answer", "bad")
    expect(lead.page.get_by_label("事实")).to_have_value("拖欠上月工资")
    lead.says("还没有传到平台")

    # The network is back, the sign-in is over; the connection breaks once more between two pieces.
    Session.objects.all().delete()
    lead.context.set_offline(False)
    lead.says("登录已过期")
    assert not Evidence.objects.exists()
    lead.signs_in(people[0])
    broken: list[str] = []

    def breaking(route: Route) -> None:
        offset = route.request.url.rstrip("/").rpartition("/")[2]
        if offset != "0" and not broken:
            broken.append(offset)
            route.abort()
        else:
            route.continue_()

    lead.page.route("**/api/evidence/**", breaking)
    lead.opens(inspection, "points")
    lead.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    lead.says("没有网络")
    lead.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    lead.says("全部已传到平台")
    assert broken

    second.signs_in(people[1])
    second.context.set_offline(False)
    second.says("全部已传到平台")
    expect(theirs).to_contain_text("两人填写的不一样")
    expect(theirs).to_contain_text("由主检选定")
    assert axe(second.page) == []

    lead.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    mine = lead.page.locator("[data-point]").first
    expect(mine).to_contain_text("您是主检")
    mine.get_by_role("listitem").filter(has_text="本机").get_by_role("button", name="以此为准").click()
    expect(mine).to_have_attribute("data-answer", "bad")
    lead.says("全部已传到平台")

    filled = form_of(inspection)
    assert filled.conflicts == ()
    assert (filled.points[0].answer, filled.points[0].facts) == ("bad", "拖欠上月工资")
    assert str(filled.points[0].amount) == "1234.50"
    assert filled.sign_firm is not None
    (photo,) = filled.points[0].evidence
    assert photo.attachment is not None
    assert photo.attachment.file.read() == photograph(700)
