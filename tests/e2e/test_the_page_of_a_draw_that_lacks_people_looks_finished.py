"""The proof of an empty place, as coordinator and overseer read it, at both sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.planning.testing import MORNING, County, drawn, make_county, make_inspector
from mingcha.registry.models import Specialty
from tests.e2e.test_pages_look_finished import SIZES, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def county() -> Iterator[County]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


@pytest.mark.parametrize("size", SIZES)
def test_the_proof_can_be_read_and_opened(
    size: str, county: County, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    specialty = Specialty.objects.visible_to(county.coordinator).get(code="lwpq")
    unit = county.inspectors[0].unit
    make_inspector(county.coordinator, 80, unit, name="钱专长", specialties=[specialty])
    draw = drawn(county, specialty=specialty, capacity=2)
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    enter(page, User.objects.get(pk=county.overseer.id))
    page.goto(live_server.url + reverse("planning:draws-detail", args=[draw.pk]))
    others = page.locator(".mc-shortages details")
    others.locator("summary").click()
    assert others.locator("li").count() == 4
    judge(page, axe, complaints)
