"""From "这户查不了" to the public page: asked for with evidence, looked at, approved, checked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.planning.models import ChangeRequest, Dispatch, Task
from mingcha.planning.testing import MORNING, County, handed_on, make_county
from tests.e2e.looking import AT_DESKS, ON_PHONES, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PAPER = {
    "name": "登记状态.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
}


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed, inspectors=6)


@pytest.mark.parametrize("size", AT_DESKS)
def test_a_reserve_is_asked_for_approved_and_checked_in_the_browser(
    size: str, county: County, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    batch: Dispatch = handed_on(county)
    task = Task.objects.filter(dispatch=batch).order_by("seq")[0]
    page: Page = request.getfixturevalue(size)
    look = partial(judge, page, axe, console(page))
    enter(page, User.objects.get(pk=county.head.id))
    page.goto(live_server.url + reverse("planning:tasks-detail", args=[task.pk]))
    look()
    page.get_by_role("link", name="这户查不了").click()
    look()
    page.get_by_label("已迁出本辖区").check()
    page.get_by_label("说明").fill("现场无人，登记住所已迁往市区")
    page.get_by_label("佐证").set_input_files(PAPER)  # type: ignore[arg-type]
    page.get_by_role("button", name="提请局领导决定").click()
    look()
    page.goto(live_server.url + reverse("planning:tasks-detail", args=[task.pk]))
    page.get_by_role("link", name="更换检查人员").click()
    look()
    enter(page, User.objects.get(pk=county.leader.id))
    page.goto(live_server.url)
    look()
    asked = ChangeRequest.objects.get()
    page.get_by_role("link", name=f"决定{asked}").click()
    look()
    page.get_by_role("button", name="同意", exact=True).click()
    look()
    page.goto(live_server.url + reverse("planning:changes-list"))
    look()
    assert batch.draw is not None
    page.goto(live_server.url + reverse("portal:draw", args=[batch.draw.number]))
    look()
    page.get_by_role("link", name="在您自己的浏览器里复算").click()
    page.get_by_role("button", name="开始复算").click()
    page.get_by_text("抽取以后的候补和更换 1 次，每一次都与登记簿上的摘要一致。").wait_for()
    look()


@pytest.mark.parametrize("size", ON_PHONES)
def test_an_inspector_who_cannot_go_says_so_on_the_phone(
    size: str, county: County, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    from mingcha.planning.tests.test_an_inspector_learns_of_a_task_when_he_may import officer_for

    batch = handed_on(county)
    person = Task.objects.filter(dispatch=batch).order_by("seq")[0].team[0].inspector
    me = officer_for(person)
    page: Page = request.getfixturevalue(size)
    look = partial(judge, page, axe, console(page))
    enter(page, User.objects.get(pk=me.id))
    page.goto(live_server.url + reverse("planning:my-tasks"))
    page.get_by_role("link", name="我不能参加").click()
    look()
    page.get_by_label("病假、事假等长时间不能到岗").check()
    page.get_by_label("说明").fill("骨折住院")
    page.get_by_role("button", name="提请局领导决定").click()
    look()
    assert ChangeRequest.objects.get().asked_by_id == me.id
