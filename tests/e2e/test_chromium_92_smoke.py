"""Pages work in Chromium 92, the oldest browser that the bureau's computers run."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.inspection.testing import goes, ready
from mingcha.planning.plans.testing import add_line, an_item, approved_plan, freeze, make_plan
from mingcha.planning.testing import MORNING, make_county
from tests.e2e.conftest import open_page
from tests.e2e.looking import overflow

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


#: Whether anything has been painted on the chart's canvas.
DRAWN = """() => {
  const canvas = document.querySelector('[data-chart] canvas');
  if (canvas === null || canvas.width === 0) { return false; }
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.some(value => value !== 0);
}"""


#: Writes into a box as a person does.
TYPE = """text => {
  const box = document.querySelector('[data-point] textarea');
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def background(page: Page, selector: str) -> str:
    return page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor")


def test_the_pages_work_and_keep_their_colours(
    chromium_92: Browser, live_server: Any, enter: Any, console: Any
) -> None:
    page = open_page(chromium_92, "desktop")
    complaints = console(page)
    enter(page, make_officer(Role.ADMINISTRATOR, name="郑管理"))
    page.goto(live_server.url + reverse("web:patterns"))
    assert background(page, ".mc-status.mc-tone-success") == "rgb(226, 243, 231)"
    assert background(page, ".mc-sidebar") == "rgb(16, 41, 79)"
    assert background(page, ".btn-primary") == "rgb(26, 86, 184)"
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<i id=soft class=bg-green-lt>x</i>')")
    assert background(page, "#soft") == "rgb(226, 243, 231)"
    assert overflow(page) <= 0

    make_officer(Role.INSPECTOR, name="钱执法")
    page.goto(live_server.url + reverse("accounts:users-list"))
    page.type("#id_q", "钱执")
    expect(page.locator("tr[data-href]")).to_have_count(1)
    assert complaints == []
    page.context.close()


def test_the_charts_of_a_plan_and_the_item_list_are_drawn(
    chromium_92: Browser, live_server: Any, enter: Any, console: Any
) -> None:
    with clock.using(clock.FixedClock(MORNING)) as now:
        county = make_county(now)
        year = MORNING.year
        plan = make_plan(county, year=year, base_day=MORNING.date().replace(month=1, day=1))
        days = {"first_day": MORNING.date(), "last_day": MORNING.date().replace(month=12, day=31)}
        add_line(county, plan, an_item(), **days)
        plan = approved_plan(county, freeze(county, plan))
    clerk = User.objects.get(pk=county.coordinator.id)
    User.objects.filter(pk=clerk.pk).update(password_changed_at=clock.now())
    page = open_page(chromium_92, "desktop")
    complaints = console(page)
    enter(page, clerk)
    for name in ("planning:plan-people", "planning:plan-progress"):
        page.goto(live_server.url + reverse(name, args=[plan.pk]))
        page.wait_for_function(DRAWN)
        assert overflow(page) <= 0
    page.goto(live_server.url + reverse("items:items-list"))
    assert page.evaluate("document.querySelectorAll('tr[data-href]').length") == 1
    assert overflow(page) <= 0
    assert complaints == []
    page.context.close()


def test_the_inspectors_phone_keeps_what_is_written(
    chromium_92: Browser, live_server: Any, enter: Any, console: Any
) -> None:
    # What Playwright asks of an element is younger than this browser, so the page itself is asked.
    with clock.using(clock.FixedClock(MORNING)) as now:
        inspection = ready(make_county(now))
        page = open_page(chromium_92, "phone")
        complaints = console(page)
        enter(page, User.objects.get(pk=goes(inspection).id))
        page.goto(live_server.url + reverse("inspection:phone"))
        page.wait_for_function("() => document.querySelector('#take-all:enabled')")
        page.evaluate("() => document.getElementById('take-all').click()")
        page.wait_for_function("() => document.querySelector('[data-said][data-tone=done]')")
        page.goto(f"{live_server.url}{reverse('inspection:phone-app')}#/{inspection.pk}/points")
        page.wait_for_function("() => document.querySelector('[data-point] [data-value=bad]')")
        page.evaluate("() => document.querySelector('[data-point] [data-value=bad]').click()")
        page.wait_for_function("() => document.querySelector('[data-point] textarea')")
        page.evaluate(TYPE, "拖欠上月工资")
        page.evaluate("() => { location.hash = location.hash.replace('points', 'door'); }")
        page.wait_for_function("() => document.querySelector('.p-digits')")
        page.reload()
        page.evaluate("() => { location.hash = location.hash.replace('door', 'points'); }")
        page.wait_for_function("() => document.querySelector('[data-point] textarea')")
        kept = page.evaluate("() => document.querySelector('[data-point] textarea').value")
        assert kept == "拖欠上月工资"
        assert overflow(page) <= 0
        assert complaints == []
    page.context.close()
