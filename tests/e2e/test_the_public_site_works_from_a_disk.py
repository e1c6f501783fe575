"""The public pages look finished; the static copy opens from a disk, and searches without a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.planning.testing import MORNING, make_county
from mingcha.portal.export.site import write_site
from mingcha.portal.tests.conftest import Site, make_site
from mingcha.publication.testing import Bureau, forget_types, prepared, register_types
from tests.e2e.looking import AT_DESKS, SCREENS, judge

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site() -> Iterator[Site]:
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        county = make_county(fixed)
        register_types()
        people = Bureau(clerk=county.coordinator, head=county.head, leader=county.leader)
        yield make_site(county, people)
        forget_types()


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Path:
    write_site(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def hung(copy: Path) -> Iterator[str]:
    """The copy hung below some folder of a portal that knows nothing of us."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(copy.parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{copy.name}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("size", SCREENS)
def test_the_public_pages_look_finished(
    size: str, site: Site, live_server: Any, axe: Any, console: Any, request: Any
) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    for address in (
        reverse("portal:home"),
        reverse("portal:publications"),
        reverse("portal:publication-type", args=["sample-results"]),
        reverse("portal:publication", args=["sample-results", site.second.pk]),
        reverse("portal:publication", args=["sample-results", site.first.pk]),
        reverse("portal:publication", args=["sample-list", site.withdrawn.pk]),
    ):
        page.goto(live_server.url + address)
        judge(page, axe, complaints)


@pytest.mark.parametrize("size", AT_DESKS)
def test_the_officers_pages_look_finished(
    size: str, site: Site, live_server: Any, enter: Any, axe: Any, console: Any, request: Any
) -> None:
    waiting = prepared(site.bureau, 31, change_note="再更正")
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    for person, addresses in {
        site.bureau.head: [
            reverse("web:home"),
            reverse("publication:publications-list"),
            reverse("publication:types"),
            reverse("publication:publications-detail", args=[waiting.pk]),
            reverse("publication:publications-detail", args=[site.withdrawn.pk]),
        ],
        site.bureau.clerk: [
            reverse("publication:publications-detail", args=[waiting.pk]),
            reverse("site:exports"),
        ],
    }.items():
        enter(page, User.objects.get(pk=person.id))
        for address in addresses:
            page.goto(live_server.url + address)
            judge(page, axe, complaints)


@pytest.mark.parametrize("size", SCREENS)
def test_the_copy_opens_from_a_disk(size: str, site: Site, copy: Path, console: Any, request: Any) -> None:
    page: Page = request.getfixturevalue(size)
    complaints = console(page)
    page.goto((copy / "index.html").as_uri())
    page.get_by_role("link", name="示范抽查结果").first.click()
    expect(page.get_by_role("heading", name="示范抽查结果", exact=True)).to_be_visible()
    page.get_by_label("在本件中查找").fill("企业07")
    rows = page.locator("table[data-rows] tbody tr:visible")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("示范企业07有限公司")
    page.get_by_role("link", name="第 1 版").click()
    expect(page.get_by_text("这是以前的一版")).to_be_visible()
    page.goto((copy / "draws" / "index.html").as_uri())
    page.get_by_role("link", name=site.draw.number).click()
    expect(page.get_by_role("heading", name="抽中的检查对象")).to_be_visible()
    assert complaints == []


def test_a_browser_repeats_a_draw_from_the_copy(site: Site, hung: str, desktop: Page) -> None:
    desktop.goto(f"{hung}/draws/{site.draw.number}/verify/index.html")
    desktop.get_by_role("button", name="开始复算").click()
    expect(desktop.get_by_role("heading", name="一致", exact=True)).to_be_visible()
