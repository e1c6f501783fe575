"""亮码 on a firm's phone: the page once opened tells a true code from a forged one with the network gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.base import clock
from mingcha.base.crypto.signing import Signer
from mingcha.inspection import services
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import goes, ready
from mingcha.planning.testing import County
from tests.e2e.looking import judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_firm_checks_another_code_without_a_network(
    phone: Page, county: County, live_server: Any, console: Any, axe: Any
) -> None:
    visit = ready(county)
    other = Inspection.objects.exclude(pk=visit.pk).order_by("pk")[0]
    token = services.issue_package(actor=goes(visit), inspection=visit).token
    theirs = services.issue_package(actor=goes(other), inspection=other).token
    page, complaints = phone, console(phone)
    page.clock.set_fixed_time(clock.now())

    page.goto(f"{live_server.url}{reverse('enterprise:door', args=[token])}")
    expect(page.get_by_text("检查码有效，由本平台签发")).to_be_visible()
    judge(page, axe, complaints)
    page.get_by_text("没有网络时核对另一个码").click()
    page.context.set_offline(True)

    def answered(code: str, answer: str) -> None:
        page.get_by_label("扫出的文字").fill(code)
        page.get_by_role("button", name="核对").click()
        expect(page.get_by_role("status")).to_contain_text(answer)

    answered(f"{live_server.url}/v/{token}/", "签名是真的，就是本页这次检查的码")
    answered(theirs, f"这是另一户的码：{other.name}")
    answered(token[:-6] + "AAAAAA", "内容被改动过，签名对不上")
    answered(Signer("5" * 64).token({"typ": "door", "f": visit.name, "x": 1}), "不是本平台的密钥签的")
    answered(token[:40], "残缺，或者不是检查码")
    page.clock.set_fixed_time(clock.now().replace(month=12))
    answered(theirs, "签名是真的，但已经过期")
    assert page.context.cookies() == []
