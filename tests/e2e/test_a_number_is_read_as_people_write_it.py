"""全角, thousands and units are understood; what is no number stays in the box, even with a flat battery."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.inspection.form.reading import form_of
from mingcha.inspection.testing import entered, team_of
from mingcha.planning.testing import County
from tests.e2e.looking import overflow
from tests.e2e.phones import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_what_is_no_number_survives_a_killed_browser_and_is_mended_before_handing_in(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any, tmp_path: Path
) -> None:
    inspection = entered(county)
    phone = phones("lead")
    phone.signs_in(team_of(inspection)[0])
    phone.takes_along(inspection)
    phone.opens(inspection, "points")
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    phone.context.set_offline(True)

    point = phone.page.locator("[data-point]").first
    point.get_by_role("button", name="不符合").click()
    point.get_by_label("涉及金额").fill("８,200.5 元")
    point.get_by_label("涉及人数").fill("三四个")
    point.get_by_label("事实").click()
    expect(point.get_by_role("alert").filter(has_text="这样写平台不收")).to_have_count(1)
    phone.killed()
    phone.context.set_offline(True)

    phone.opens(inspection, "points")
    point = phone.page.locator("[data-point]").first
    expect(point.get_by_label("涉及人数")).to_have_value("三四个")
    expect(point.get_by_label("涉及金额")).to_have_value("8200.50")
    phone.opens(inspection, "result")
    page = phone.page
    expect(page.get_by_text("第 1 项，涉及人数：写的是“三四个”")).to_be_visible()
    assert axe(page) == []
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "drafts.png", full_page=True)
    page.get_by_role("button", name="提交检查记录").click()
    expect(page.locator("[role=alert]").filter(has_text="改好或者不要了，再提交")).to_be_visible()
    expect(page.locator("#phone-status")).to_contain_text("有 1 处填写的内容平台不收")
    page.get_by_role("link", name="去改").click()
    page.locator("[data-point]").first.get_by_label("涉及人数").fill("３人")
    phone.opens(inspection, "result")
    expect(page.get_by_text("写的是“三四个”")).to_have_count(0)

    phone.signs_in(team_of(inspection)[0])
    phone.context.set_offline(False)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.says("全部已传到平台")
    expect(page.locator("#phone-status")).not_to_contain_text("平台不收")
    first = form_of(inspection).points[0]
    assert (first.persons, first.amount) == (3, Decimal("8200.50"))
