"""调研、督导、观摩 on the phone: the code, coming in, leaving; no form, nothing to photograph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from mingcha.base.events import Thing
from mingcha.base.testing import load_initial
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.testing import again
from mingcha.inspection.testing import goes, sheet
from mingcha.planning.testing import County
from tests.e2e.phones import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def looked_round(county: County) -> Inspection:
    """Approved by the head of the section."""
    values = sheet(
        county,
        kind=Inspection.Kind.OTHER,
        items=(),
        exempt_reason="",
        why_on_site="",
        asked_by="区政府办",
        purpose="调研用工情况",
    )
    made = services.draft(actor=county.coordinator, subject=county.subjects[0], values=values)
    made = services.propose(actor=county.coordinator, inspection=made)
    approval = approvals.of_thing("visit-other", Thing.nameless(made))
    assert approval is not None
    approve(actor=county.head, approval_id=approval.pk)
    return again(made)


def test_one_comes_in_and_leaves_and_is_offered_nothing_else(
    phones: Callable[[str], Phone], county: County, live_server: Any, axe: Any
) -> None:
    load_initial("inspection.initial")
    visit = looked_round(county)
    phone = phones("other")
    phone.signs_in(goes(visit))
    phone.takes_along(visit)

    phone.opens(visit, "points")

    expect(phone.page.locator("#phone-tabs a")).to_have_count(1)
    expect(phone.page.locator(".p-digits")).to_be_visible()
    expect(phone.page.get_by_text("不是行政检查")).to_be_visible()
    expect(phone.page.locator("[data-point]")).to_have_count(0)
    assert axe(phone.page) == []
    phone.page.locator(".p-there input").first.check()
    phone.page.get_by_role("button", name="登记入企").click()
    phone.says("全部已传到平台")
    phone.page.get_by_role("button", name="登记离开").click()
    expect(phone.page.get_by_text("已经离开，检查码作废")).to_be_visible()
    expect(phone.page.get_by_text("（还没有传到平台）")).to_have_count(0)
    assert again(visit).state == states.NOTED
