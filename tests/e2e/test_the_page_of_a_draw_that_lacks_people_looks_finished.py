"""The proof of an empty place, as coordinator and overseer read it, at both sizes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from mingcha.accounts.models import User
from mingcha.planning.testing import County, drawn, make_inspector
from mingcha.registry.models import Specialty
from tests.e2e.looking import AT_DESKS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", AT_DESKS)
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
