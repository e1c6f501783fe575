"""From a drawn list to a team on its way: sent, confirmed, arranged week by week, packed, seen on a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer
from mingcha.base.roles import Role
from mingcha.planning.models import Dispatch, TaskMember
from mingcha.planning.testing import County, drawn
from mingcha.registry.models import Inspector
from tests.e2e.looking import judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def batch(county: County) -> Dispatch:
    """Drawn in secret, to be visited from the first of December."""
    days = {"visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}
    return Dispatch.objects.get(draw=drawn(county, mode="sealed", total=8, **days))


def test_from_a_drawn_list_to_a_team_on_its_way(
    desktop: Page,
    phone: Page,
    county: County,
    batch: Dispatch,
    live_server: Any,
    enter: Any,
    console: Any,
    axe: Any,
) -> None:
    person = county.inspectors[0]
    inspector = make_officer(Role.INSPECTOR, unit=person.unit, name=person.name)
    Inspector.objects.filter(pk=person.pk).update(user=inspector)
    mine = TaskMember.objects.filter(task__dispatch=batch, inspector=person).select_related("task")
    names = {member.task.name for member in mine}
    page, complaints = desktop, console(desktop)

    enter(page, User.objects.get(pk=county.coordinator.id))
    page.goto(live_server.url)
    page.get_by_role("link", name="派发检查任务：工资支付随机抽查").click()
    page.get_by_role("button", name="派发", exact=True).click()
    expect(page.get_by_text("待确认").first).to_be_visible()

    page.context.clear_cookies()
    enter(page, User.objects.get(pk=county.head.id))
    page.goto(live_server.url)
    expect(page.get_by_role("link", name="安排检查时间：工资支付随机抽查")).to_have_count(0)
    page.get_by_role("link", name="比对、确认派来的检查任务").click()
    page.get_by_role("button", name="确认", exact=True).click()
    page.goto(live_server.url)
    page.get_by_role("link", name="安排检查时间：工资支付随机抽查").click()
    judge(page, axe, complaints)
    page.get_by_role("button", name="按乡镇排出各周").click()
    expect(page.get_by_text("已按乡镇排出检查时间")).to_be_visible()
    expect(page.get_by_role("heading", name="示范镇")).to_be_visible()
    judge(page, axe, complaints)
    page.get_by_role("button", name="推后到 12月7日 那一周").first.click()
    expect(page.get_by_text("已改到这一周")).to_be_visible()
    page.get_by_role("link", name="打印任务包").first.click()
    expect(page.get_by_role("heading", name="检查任务包")).to_be_visible()
    expect(page.get_by_text("名单封存中")).to_be_visible()
    judge(page, axe, complaints)
    page.go_back()
    page.get_by_role("link", name="工作量").click()
    judge(page, axe, complaints)

    murmurs = console(phone)
    enter(phone, inspector)
    phone.goto(f"{live_server.url}/planning/my-tasks/")
    expect(phone.get_by_text("现在没有任务")).to_be_visible()
    judge(phone, axe, murmurs)
    county.clock.advance(days=7)
    phone.context.clear_cookies()
    enter(phone, inspector)
    phone.goto(live_server.url)
    phone.get_by_role("link", name=f"我的任务：{len(names)} 户").click()
    for name in names:
        expect(phone.get_by_role("heading", name=name)).to_be_visible()
    judge(phone, axe, murmurs)
    phone.get_by_role("link", name="任务包").first.click()
    expect(phone.get_by_role("heading", name="检查任务包")).to_be_visible()
    judge(phone, axe, murmurs)
