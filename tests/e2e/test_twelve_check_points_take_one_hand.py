"""Twelve check points on a phone without a network: one touch each, one thumb, less than five minutes.

A person is slower than a script. What a script can prove is what a person has to do: how many touches, how
many of them need the keyboard, how far a thumb must go, how long the page takes for each. The minutes are
counted from these with the usual times for a touch, a typed character and reading a question.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from mingcha.inspection.testing import ready, team_of
from mingcha.items.testing import make_point, published_item
from mingcha.planning.testing import County
from tests.e2e.looking import overflow
from tests.e2e.phones import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

POINTS, BAD, NOT_HERE = 12, 5, 9
FACTS = "三月工资迟发八天"
#: Seconds: to read a question and to decide; to touch; to type a character of Chinese on a phone.
READING, TOUCH, CHARACTER = 12.0, 1.2, 1.0
#: As small as a thumb still finds, in CSS pixels; as long as a touch may wait for the page, in seconds.
THUMB, PATIENCE = 44, 1.0
#: Where the answers of each point stand, read at one moment: the page is drawn anew at will.
BOXES = """() => [...document.querySelectorAll("[data-point]")].map((point) =>
  [...point.querySelectorAll("button.p-choice")].map((one) => one.getBoundingClientRect().toJSON()))"""


def test_twelve_points_ask_for_a_touch_each_and_leave_minutes_to_spare(
    phones: Callable[[str], Phone], county: County, live_server: Any
) -> None:
    page = _on_the_form(phones, county, live_server.url)
    points = page.locator("[data-point]")
    expect(points).to_have_count(POINTS)

    waited, touches = [], 0
    for number in range(POINTS):
        wanted = {BAD: ("不符合", "bad"), NOT_HERE: ("不适用", "na")}.get(number, ("符合", "ok"))
        waited.append(_touched(points.nth(number), *wanted))
        touches += 1
    facts = points.nth(BAD).get_by_label("事实")
    facts.fill(FACTS)
    touches += 1
    page.locator("h2").first.click()

    expect(page.locator(".p-count")).to_contain_text("12")
    assert [point.get_attribute("data-answer") for point in points.all()].count("ok") == POINTS - 2
    expect(points.nth(BAD).get_by_label("事实")).to_have_value(FACTS)
    assert overflow(page) <= 0
    assert touches == POINTS + 1
    assert max(waited) < PATIENCE
    assert POINTS * READING + touches * TOUCH + len(FACTS) * CHARACTER + sum(waited) < 5 * 60


def test_every_answer_is_large_enough_and_within_reach_of_either_thumb(
    phones: Callable[[str], Phone], county: County, live_server: Any
) -> None:
    page = _on_the_form(phones, county, live_server.url)
    width = page.evaluate("() => document.documentElement.clientWidth")
    expect(page.locator("[data-point] button.p-choice")).to_have_count(3 * POINTS)
    for boxes in page.evaluate(BOXES):
        assert all(box["height"] >= THUMB and box["width"] >= THUMB for box in boxes)
        # They fill a line from edge to edge: whichever hand holds the phone, its thumb is over one of them.
        assert min(box["left"] for box in boxes) < width * 0.2
        assert max(box["right"] for box in boxes) > width * 0.8


def _on_the_form(phones: Callable[[str], Phone], county: County, site: str) -> Page:
    points = tuple(
        replace(make_point(), question=f"第 {number} 项按规定办理了吗？") for number in range(1, POINTS + 1)
    )
    inspection = ready(county, item_versions=[published_item("十二项", points=points)])
    lead, other = team_of(inspection)
    phone = phones("one-hand")
    assert other.id != lead.id
    phone.signs_in(lead)
    phone.takes_along(inspection)
    phone.opens(inspection, "points")
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    phone.context.set_offline(True)
    return phone.page


def _touched(point: Locator, name: str, answer: str) -> float:
    """Touch an answer; seconds until the page shows it as given."""
    button = point.get_by_role("button", name=name, exact=True)
    began = time.monotonic()
    button.tap()
    expect(point).to_have_attribute("data-answer", answer)
    return time.monotonic() - began
