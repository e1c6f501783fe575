"""Every page of a draw, inside and public, in each of its states and at both sizes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from mingcha.accounts.models import User
from mingcha.planning.models import Draw
from mingcha.planning.testing import County, draft, drawn, revealed, sealed
from tests.e2e.conftest import open_page
from tests.e2e.looking import AT_DESKS, SCREENS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def inside(name: str, draw: Draw | None = None) -> str:
    return reverse(f"planning:{name}", args=[draw.pk] if draw else [])


@pytest.mark.parametrize("size", AT_DESKS)
def test_the_pages_inside_look_finished(
    size: str, county: County, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    finished = drawn(county)
    plan, waiting, shown = draft(county, items="甲"), sealed(county, items="乙"), revealed(county, items="丙")
    by_person = {
        county.coordinator: [
            inside("draws-list"),
            inside("draws-create"),
            inside("draws-detail", plan),
            inside("draws-edit", plan),
            inside("draws-detail", waiting),
            inside("draw-notice", waiting),
            inside("draw-digits", waiting),
            inside("draws-detail", finished),
            inside("draws-history", finished),
            reverse("registry:subjects-list"),
            reverse("registry:subjects-create"),
            reverse("registry:inspectors-create"),
            reverse("web:home"),
        ],
        county.overseer: [inside("draws-detail", shown), inside("draw-confirm", shown)],
    }
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    for person, addresses in by_person.items():
        enter(page, User.objects.get(pk=person.id))
        for address in addresses:
            page.goto(live_server.url + address)
            judge(page, axe, complaints)


@pytest.mark.parametrize("size", SCREENS)
def test_the_public_pages_look_finished(
    size: str, county: County, live_server: Any, axe: Any, console: Any, request: Any
) -> None:
    finished, waiting = drawn(county), sealed(county, items="乙")
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    for address in (
        reverse("portal:home"),
        reverse("portal:how"),
        reverse("portal:draws"),
        reverse("portal:draw", args=[waiting.number]),
        reverse("portal:draw", args=[finished.number]),
        reverse("portal:draw", args=[finished.number]) + "?q=示范企业",
        reverse("portal:check"),
        reverse("portal:verify", args=[finished.number]),
        reverse("portal:verify-on-server", args=[finished.number]),
        reverse("ledger:heads"),
    ):
        page.goto(live_server.url + address)
        judge(page, axe, complaints)


def test_a_citizen_with_an_old_browser_sees_why_a_firm_was_drawn(
    county: County, live_server: Any, chromium_92: Browser
) -> None:
    finished = drawn(county)
    page = open_page(chromium_92, "desktop")
    # The driver's own look-ups need a younger browser: ask the page by plain script.
    page.goto(live_server.url + reverse("portal:draw", args=[finished.number]) + "?q=示范企业03")
    assert page.evaluate("() => document.querySelectorAll('.mc-answer').length") == 1
    assert page.evaluate("() => document.querySelector('.mc-answer h3').offsetHeight") > 0
    page.context.close()
