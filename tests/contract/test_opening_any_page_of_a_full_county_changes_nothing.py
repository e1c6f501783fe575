"""Every URL × every kind of viewer again, where there is something to see: nothing breaks, nothing changes.

`test_every_url_by_role` walks an empty installation, where a page about an object is a 404 before its view
has done anything. Here the objects are there, in every state that the demo county knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from demo.county import Size
from demo.load import load
from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, testing
from tests.contract.tables import rows
from tests.contract.test_every_url_by_role import UNHEALTHY
from tests.contract.urls import pages

# Whoever begins with everything that an installation begins with shares what one worker entered.
pytestmark = [pytest.mark.xdist_group("installed"), pytest.mark.django_db]
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=clock.SHANGHAI)
#: Who sees most, who goes out, who oversees, and anybody.
VIEWERS = ("jingban", "zhifa1", "dudao", "")


@pytest.fixture
def county(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TOTP_ROLES, settings.PASSWORD_DAYS = [], 0
    with clock.using(clock.FixedClock(NOW)):
        testing.load_all_initial()
        load(Size.of(200), lambda step: None)
        yield


def addresses() -> list[str]:
    """Every address of the product; where it takes a number, that of the oldest object."""
    return sorted({page.url for page in pages() if page.name != UNHEALTHY})


def test_opening_any_page_of_a_full_county_changes_nothing(county: None) -> None:
    every, broken = addresses(), []
    for username in VIEWERS:
        client = Client(raise_request_exception=False)
        if username:
            sign_in(client, User.objects.get(username=username))
        before = rows()
        statuses = {address: client.get(address).status_code for address in every}
        broken += [(username, *one) for one in statuses.items() if one[1] >= 500]
        after = rows()
        assert {name for name in after if after[name] != before[name]} == set()
        assert sum(status == 200 for status in statuses.values()) > 10
    assert broken == []
