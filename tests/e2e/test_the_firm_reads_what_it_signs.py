"""Before the firm signs on glass it reads what it confirms; what is changed afterwards is told at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.base import clock
from mingcha.inspection import services
from mingcha.inspection.form.reading import as_ops, form_of, ops_of
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.services.form import Written
from mingcha.inspection.testing import entered, ready, team_of
from mingcha.kernel.forms import Sight, seen
from mingcha.planning.testing import County
from tests.e2e.looking import overflow
from tests.e2e.phones import Phone, signs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_firm_reads_the_answers_and_its_own_words_and_signs_anew_after_a_change(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any, tmp_path: Path
) -> None:
    inspection = entered(county)
    phone = phones("lead")
    phone.signs_in(team_of(inspection)[0])
    page = phone.page
    phone.takes_along(inspection)
    phone.opens(inspection, "door")
    page.evaluate("() => navigator.serviceWorker.ready")
    phone.context.set_offline(True)

    phone.opens(inspection, "sign")
    read = page.locator("[data-read]")
    expect(read.first).to_contain_text("还没有回答")
    phone.opens(inspection, "points")
    point = page.locator("[data-point]").first
    point.get_by_role("button", name="不符合").click()
    point.get_by_label("事实").fill("拖欠上月工资")
    point.get_by_label("涉及人数").fill("3")

    phone.opens(inspection, "sign")
    expect(read.first).to_contain_text("不符合")
    expect(read.first).to_contain_text("拖欠上月工资")
    expect(read.first).to_contain_text("涉及人数 3")
    summary = page.locator("details").filter(has=read.first)
    page.get_by_label("被检查单位的陈述").fill("月底补发")
    page.get_by_label("在场人姓名").fill("王经理")
    page.get_by_label("职务").click()
    expect(summary).to_contain_text("被检查单位的陈述：月底补发")
    expect(summary).to_contain_text("在场人姓名：王经理")
    assert axe(page) == []
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "read.png", full_page=True)

    page.get_by_role("button", name="在手机上签名").first.click()
    signs(page)
    expect(page.get_by_text("被检查单位在场人已签名")).to_be_visible()
    expect(page.get_by_text("签名以后，又改了")).to_have_count(0)

    phone.opens(inspection, "points")
    page.locator("[data-point]").first.get_by_label("事实").fill("拖欠上月工资，另有两人没有合同")
    phone.opens(inspection, "sign")
    expect(page.get_by_text("签名以后，又改了 1 处")).to_be_visible()
    page.get_by_role("button", name="重新签名").first.click()
    signs(page)
    expect(page.get_by_text("签名以后，又改了")).to_have_count(0)

    phone.context.set_offline(False)
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.says("全部已传到平台")
    both = Evidence.objects.filter(inspection=inspection, kind=Evidence.Kind.SIGNATURE).order_by(
        "taken_at", "id"
    )
    said = [seen(as_ops(ops_of(inspection)), Sight(**one.sight)) for one in both if one.sight]
    assert [form.digest for form in said] == [one.sight["digest"] for one in both if one.sight]
    assert [form.value(f"point:{inspection_point(inspection)}:facts") for form in said] == [
        "拖欠上月工资",
        "拖欠上月工资，另有两人没有合同",
    ]


def test_what_came_while_somebody_was_typing_was_not_on_the_screen(
    phones: Callable[[str], Phone], county: County, live_server: Any
) -> None:
    """A colleague's answer arrives while the leader's finger is in a box: nothing is drawn anew for it."""
    inspection = entered(county)
    phone, lead, second = phones("lead"), *team_of(inspection)
    phone.signs_in(lead)
    page = phone.page
    phone.takes_along(inspection)
    phone.opens(inspection, "sign")
    page.get_by_label("被检查单位的陈述").press_sequentially("月底补发")
    phone.says("全部已传到平台")
    answer = f"point:{inspection_point(inspection)}:answer"
    services.put(
        actor=second, inspection=inspection, ops=[Written("second-phone", 1, answer, "bad", clock.now())]
    )
    with page.expect_response(f"**/api/{inspection.pk}/"):
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="在手机上签名").first.click()
    signs(page)
    expect(page.get_by_text("被检查单位在场人已签名")).to_be_visible()
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.says("全部已传到平台")

    said = Sight(**Evidence.objects.get(sight__isnull=False).sight or {})
    then = seen(as_ops(ops_of(inspection)), said)
    assert then.digest == said.digest
    assert (then.value("firm:statement"), then.value(answer)) == ("月底补发", None)
    expect(page.get_by_text("签名以后，又改了 1 处")).to_be_visible()


def inspection_point(inspection: Inspection) -> int:
    """The first point of its form."""
    return form_of(inspection).points[0].point.pk


def test_a_reason_that_is_ticked_is_written_behind_what_was_typed(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any, tmp_path: Path
) -> None:
    inspection = ready(county)
    phone = phones("lead")
    phone.signs_in(team_of(inspection)[0])
    page = phone.page
    phone.takes_along(inspection)
    phone.opens(inspection, "result")
    page.get_by_label("整个检查的结果").select_option(label="发现问题待后续处理")
    page.get_by_label("结果的具体情形").fill("有三个人没上社保")
    page.get_by_role("button", name="应参保未参保").click()
    expect(page.get_by_role("button", name="应参保未参保")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("结果的具体情形")).to_have_value("有三个人没上社保；应参保未参保")
    page.get_by_role("button", name="其他情形").click()
    expect(page.locator("[data-key^='result:reasons='][aria-pressed='true']")).to_have_count(2)
    expect(page.get_by_label("结果的具体情形")).to_have_value("有三个人没上社保；应参保未参保")
    page.get_by_role("button", name="应参保未参保").click()
    expect(page.locator("[data-key^='result:reasons='][aria-pressed='true']")).to_have_count(1)
    assert axe(page) == []
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "reasons.png", full_page=True)
