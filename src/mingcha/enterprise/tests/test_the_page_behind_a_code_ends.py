"""54号九: the page behind the code goes on saying what the firm was told that day, and one day it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import Warning as Warned
from django.test import Client, RequestFactory
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.inspection import services
from mingcha.inspection.models import Inspection, VisitPackage
from mingcha.inspection.testing import goes, left
from mingcha.kernel.testing import refused
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector
from mingcha.registry.services import keep_visit
from mingcha.web.site import MALFORMED, MISSING, PLAIN, check_public_url, public_site


def scan(client: Client, token: str) -> tuple[int, str]:
    response = client.get(reverse("enterprise:door", args=[token]))
    return response.status_code, response.content.decode()


@pytest.fixture
def token(here: County, visit: Inspection) -> str:
    left(here, visit)
    return VisitPackage.objects.get(inspection=visit).token


def test_it_says_what_it_said_on_the_day_of_the_visit(
    client: Client, here: County, visit: Inspection, token: str
) -> None:
    said = "计入频次的 0 次"
    assert said in scan(client, token)[1]
    keep_visit(
        actor=here.coordinator,
        values={
            "subject": visit.subject,
            "visited_on": clock.today(),
            "kind": "routine",
            "manner": "on_site",
            "unit_name": "劳动关系股",
            "own_bureau": True,
            "items": "劳动合同",
        },
    )
    Inspector.objects.filter(pk=visit.team[0].pk).update(valid_until=clock.today() - timedelta(days=1))
    here.clock.advance(days=5)

    page = scan(client, token)[1]

    assert said in page
    assert "证件没有有效期或已过期" not in page


def test_some_time_after_leaving_it_says_only_that_it_has_ended_and_whom_to_call(
    client: Client, here: County, visit: Inspection, token: str
) -> None:
    here.clock.advance(days=30)
    assert scan(client, token)[0] == 200
    here.clock.advance(days=1)
    for name in ("door", "complain", "rate", "recuse"):
        page = client.get(reverse(f"enterprise:{name}", args=[token]))
        text = page.content.decode()
        assert page.status_code == 410
        assert "这个检查码已经停用" in text and "12345" in text
        assert visit.name not in text and visit.team[0].name not in text


def test_every_code_bears_the_one_public_address(
    client: Client, here: County, visit: Inspection, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://mc.example.gov.cn"
    actor = goes(visit)
    services.issue_package(actor=actor, inspection=visit)
    sign_in(client, User.objects.get(pk=actor.id))
    package = client.get(reverse("inspection:package", args=[visit.pk]), headers={"Host": "127.0.0.1"})
    assert '"address":"https://mc.example.gov.cn/' in package.json()["payload"]


def test_without_a_public_address_only_a_demo_falls_back(settings: Any) -> None:
    request = RequestFactory().get("/")
    settings.PUBLIC_URL = ""
    with refused("site.no_public_url"):
        public_site(request)
    settings.DEMO = True
    assert public_site(request) == "http://testserver"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", MISSING),
        ("http://mc.example.gov.cn", PLAIN),
        ("https://mc.example.gov.cn/path", MALFORMED),
        ("https://mc.example.gov.cn", None),
    ],
)
def test_the_check_before_going_live_says_what_is_wrong_with_it(
    settings: Any, address: str, fault: str | None
) -> None:
    settings.PUBLIC_URL = address
    found = check_public_url(None)
    assert [one.id for one in found] == ([fault] if fault else [])
    assert fault != MISSING or isinstance(found[0], Warned)
