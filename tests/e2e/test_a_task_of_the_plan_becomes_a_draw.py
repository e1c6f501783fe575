"""From a task of the year's plan to a drafted draw: nothing that the plan says is typed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.planning.models import Campaign, PlanLine
from mingcha.planning.plans.testing import (
    add_line,
    an_item,
    approved_plan,
    freeze,
    make_enterprises,
    make_plan,
)
from mingcha.planning.testing import MORNING, County, make_county
from mingcha.registry.models import Subject, Visit
from tests.e2e.looking import overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county(db: None) -> Iterator[County]:
    """A hundred and ten enterprises; one was visited in spring, one is suspended."""
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        made = make_county(fixed)
        make_enterprises(100)
        days = {"first_day": date(2026, 11, 24), "last_day": date(2026, 12, 31)}
        plan = make_plan(made, year=2026, base_day=date(2026, 1, 1))
        add_line(made, plan, an_item(), rate_bp=500, **days)
        approved_plan(made, freeze(made, plan))
        first, second, *_rest = made.subjects
        Visit.objects.create(
            subject=first, unit_name="劳动监察股", visited_on=date(2026, 3, 2), recorded_at=clock.now()
        )
        Subject.objects.filter(pk=second.pk).update(registration=Subject.Registration.SUSPENDED)
        yield made


def test_from_the_plan_to_a_draw_with_its_roster(
    desktop: Page, phone: Page, county: County, live_server: Any, enter: Any, console: Any, axe: Any
) -> None:
    page, complaints = desktop, console(desktop)
    enter(page, User.objects.get(pk=county.coordinator.id))
    page.goto(f"{live_server.url}/planning/plan-lines/{PlanLine.objects.get().pk}/")
    page.get_by_role("button", name="立抽查任务").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工资支付抽查")
    expect(page.get_by_text("名单 110 户，可以抽取 108 户，将抽取 6 户")).to_be_visible()
    expect(page.get_by_role("link", name="已达年度入企频次上限　1").first).to_be_visible()
    assert axe(page) == []
    assert overflow(page) <= 0
    page.get_by_role("link", name="歇业　1").first.click()
    expect(page.get_by_text("示范企业02有限公司")).to_be_visible()
    page.get_by_role("link", name="回到名单").click()
    expect(page.get_by_role("heading", name="谁可以去")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="基本情况").click()
    page.get_by_role("button", name="提请批准方案和名单").click()
    expect(page.get_by_text("待批准").first).to_be_visible()

    page.context.clear_cookies()
    enter(page, User.objects.get(pk=county.leader.id))
    page.goto(live_server.url)
    page.get_by_role("link", name="抽查方案审批").first.click()
    expect(page.get_by_text("将抽取 6 户").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="同意").first.click()

    page.context.clear_cookies()
    enter(page, User.objects.get(pk=county.coordinator.id))
    page.goto(live_server.url)
    page.get_by_role("link", name="拟定抽取：工资支付抽查").click()
    page.get_by_role("link", name="拟定抽取").click()
    expect(page.get_by_label("检查开始日期")).to_have_value("2026-11-24")
    page.get_by_label("摇号时间").fill("2026-11-23T10:30")
    page.get_by_label("摇号地点").fill("政务服务中心一楼")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("现在封存，将是这样")).to_be_visible()
    expect(page.get_by_role("button", name="封存名单")).to_be_enabled()
    assert complaints == []

    enter(phone, User.objects.get(pk=county.coordinator.id))
    for tab in ("", "roster/"):
        phone.goto(f"{live_server.url}/planning/campaigns/{Campaign.objects.get().pk}/{tab}")
        assert overflow(phone) <= 0
