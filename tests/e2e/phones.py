"""An inspector's phone: its own store on disk, its own clock, a network that can go."""

from __future__ import annotations

import itertools
import random
import struct
import zlib
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.inspection.models import Inspection
from tests.e2e.conftest import CHROMIUM, QUIET, SIZES


class Phone:
    """A phone with its own store on disk: it can be switched off and on again."""

    def __init__(self, playwright: Playwright, folder: Path, site: str, now: clock.FixedClock) -> None:
        self._playwright, self._folder, self._site, self._now = playwright, folder, site, now
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self) -> None:
        self.context = self._playwright.chromium.launch_persistent_context(
            self._folder,
            executable_path=CHROMIUM,
            args=QUIET,
            viewport=SIZES["phone"],  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            is_mobile=True,
            has_touch=True,
        )
        self.page = self.context.pages[0]
        self.page.set_default_timeout(15_000)
        # Phones go by their own clock; here it is the platform's.
        self.page.clock.set_fixed_time(self._now.now())
        self.page.on("dialog", lambda dialog: dialog.accept())

    def killed(self) -> None:
        """The battery is empty; the browser gets no word of it."""
        self.context.close()
        self.switch_on()

    def signs_in(self, officer: Officer) -> None:
        client = sign_in(Client(), User.objects.get(pk=officer.id))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self._site}])

    def later(self, minutes: int) -> datetime:
        """So many minutes after the platform's now."""
        return self._now.now() + timedelta(minutes=minutes)

    def opens(self, inspection: Inspection, tab: str) -> None:
        self.page.goto(f"{self._site}/inspection/phone/app/#/{inspection.pk}/{tab}")
        self.page.wait_for_selector("#phone-tabs a[aria-current]")

    def takes_along(self, inspection: Inspection) -> None:
        """From the route into the phone, as on the bureau's own network in the morning."""
        self.page.goto(f"{self._site}/inspection/phone/")
        self.preloads(inspection)

    def preloads(self, inspection: Inspection) -> None:
        """What stands on the route that is on the screen."""
        self.page.get_by_role("button", name="预载今天的检查").click()
        card = self.page.locator(f"[data-visit='{inspection.pk}']")
        expect(card.locator("[data-said]")).to_have_text("已预载，可以离线使用")

    def says(self, text: str) -> None:
        expect(self.page.locator("#phone-status")).to_contain_text(text, timeout=15_000)


def photograph(side: int) -> bytes:
    """A picture that does not compress, so that it takes several pieces."""
    noise = random.Random(7)  # noqa: S311
    rows = b"".join(b"\x00" + noise.randbytes(3 * side) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


#: No two people sign alike: of the same bytes the second would be nobody's signature.
_STROKES = itertools.count()


def signs(page: Page) -> None:
    """A stroke across the glass, another one every time."""
    box = page.locator(".p-glass").bounding_box()
    assert box is not None
    height = 20 + 5 * (next(_STROKES) % 8)
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + 40 * step, box["y"] + 60 + height * (step % 2))
    page.mouse.up()
    page.get_by_role("button", name="签好了").click()
