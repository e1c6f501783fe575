"""The law library, the parameters and the calendar at both sizes: accessible, nothing cut off."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts import initial as accounts_initial
from mingcha.accounts.testing import make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics import initial as basics_initial
from mingcha.basics.models import Parameter
from mingcha.basics.tests.test_a_holiday_notice_is_pasted_and_looked_at_first import NOTICE
from mingcha.laws import initial as laws_initial
from mingcha.laws.models import Law
from mingcha.laws.tests.samples import SECOND, make_law, make_text
from tests.e2e.looking import AT_DESKS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SYSTEM = System(purpose="tests")


@pytest.fixture
def entered(request: Any, live_server: Any, enter: Any, console: Any) -> tuple[Page, list[str]]:
    """A page of the wanted size, signed in as a coordinator, with the data of an installation."""
    accounts_initial.load(SYSTEM)
    basics_initial.load(SYSTEM)
    wanted = {"劳动保障监察条例", "企业信息公示暂行条例"}
    laws_initial.enter(actor=SYSTEM, rows=[row for row in laws_initial.TABLE if row.title in wanted])
    page: Page = request.getfixturevalue(request.node.callspec.params["size"])
    enter(page, make_officer(Role.COORDINATOR, name="周经办"))
    return page, console(page)


@pytest.mark.parametrize("size", AT_DESKS)
def test_the_pages_of_a_law_look_finished(
    size: str, live_server: Any, entered: tuple[Page, list[str]], axe: Any
) -> None:
    page, complaints = entered
    law = Law.objects.get(title="劳动保障监察条例")
    for address in (
        reverse("laws:laws-list"),
        reverse("laws:laws-detail", args=[law.pk]) + "#a11",
        reverse("laws:versions", args=[law.pk]),
        reverse("laws:search") + "?q=工资 责令",
        reverse("laws:text-add", args=[law.pk]),
        reverse("portal:laws"),
        reverse("portal:law", args=[law.pk]),
    ):
        page.goto(live_server.url + address)
        judge(page, axe, complaints)


@pytest.mark.parametrize("size", AT_DESKS)
def test_a_new_text_is_compared_and_entered(
    size: str, live_server: Any, entered: tuple[Page, list[str]], axe: Any
) -> None:
    page, complaints = entered
    law = make_law()
    make_text(law)
    page.goto(live_server.url + reverse("laws:text-add", args=[law.pk]))
    page.get_by_label("版本").fill("2027年修订")
    page.get_by_label("施行日期").fill("2099-03-01")
    page.get_by_label("来源").fill("示例机关令第2号")
    page.get_by_label("全文").fill(SECOND)
    page.get_by_role("button", name="查看变化").click()
    expect(page.get_by_text("变动 2 条")).to_be_visible()
    judge(page, axe, complaints)
    page.get_by_role("button", name="确认录入").click()
    expect(page.get_by_text("已录入。")).to_be_visible()
    judge(page, axe, complaints)


@pytest.mark.parametrize("size", AT_DESKS)
def test_parameters_and_the_pasted_notice_look_finished(
    size: str, live_server: Any, entered: tuple[Page, list[str]], axe: Any
) -> None:
    page, complaints = entered
    wage = Parameter.objects.get(code="MIN_WAGE_MONTH")
    for address in (
        reverse("basics:unconfirmed-list"),
        reverse("basics:parameters-detail", args=[wage.pk]) + "?on=2020-05-01",
        reverse("basics:workdays"),
    ):
        page.goto(live_server.url + address)
        judge(page, axe, complaints)
    page.goto(live_server.url + reverse("basics:workdays-notice"))
    page.get_by_label("通知全文").fill(NOTICE)
    page.get_by_role("button", name="读取并核对").click()
    expect(page.get_by_role("button", name="确认发布")).to_be_visible()
    judge(page, axe, complaints)
