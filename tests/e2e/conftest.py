"""A real browser: Debian's Chromium, and the oldest one that pages must work in.

`desktop` and `phone` are pages of the two sizes that every screen is judged at. A test that fails leaves
a picture in `tests/e2e/screenshots/`.
"""

from __future__ import annotations

import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.planning.testing import MORNING, County, make_county

# Playwright's loop makes Django believe that test code runs inside async code; it does not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM = os.environ.get("MINGCHA_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
_OUTCOME = pytest.StashKey[pytest.TestReport]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[_OUTCOME] = report
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The present browser of the machine."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium, or set MINGCHA_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


def _unpack_chromium_92(folder: Path) -> Path:
    """Chromium 92 as the npm package carries it: brotli, unpacked without running the package's code."""
    import brotli

    packed = MODULES / "chrome-aws-lambda" / "bin"
    if not packed.is_dir():
        pytest.fail("chrome-aws-lambda is missing: run `make test-assets`")
    executable = folder / "chromium"
    executable.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    executable.chmod(0o755)
    graphics = brotli.decompress((packed / "swiftshader.tar.br").read_bytes())
    libraries = folder / "swiftshader"
    libraries.mkdir()
    with tarfile.open(fileobj=BytesIO(graphics)) as archive:
        # Debian 12's Python has no extraction filters yet: plain files by their bare names only.
        for member in archive.getmembers():
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                (libraries / Path(member.name).name).write_bytes(content.read())
    return executable


@pytest.fixture(scope="session")
def chromium_92_file() -> Iterator[Path]:
    """The program of the oldest browser that officials' computers still run."""
    with tempfile.TemporaryDirectory(prefix="mingcha-chromium-92-") as folder:
        yield _unpack_chromium_92(Path(folder))


@pytest.fixture
def chromium_92(playwright: Playwright, chromium_92_file: Path) -> Iterator[Browser]:
    """That browser, started anew for each test: as one single process it does not outlive a closed page."""
    arguments = [*QUIET, "--single-process", "--no-zygote", "--headless"]
    browser = playwright.chromium.launch(executable_path=str(chromium_92_file), args=arguments)
    assert browser.version.startswith("92.")
    yield browser
    browser.close()


def open_page(browser: Browser, size: str) -> Page:
    """A fresh page of one size, as a person in Shijiazhuang has it; console errors are kept on it."""
    context = browser.new_context(
        viewport=SIZES[size],  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        is_mobile=size == "phone",
        has_touch=size == "phone",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def _given(browser: Browser, size: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = open_page(browser, size)
    yield page
    _picture_of_failure(page, size, request)
    page.context.close()


def _picture_of_failure(page: Page, whose: str, request: pytest.FixtureRequest) -> None:
    outcome = request.node.stash.get(_OUTCOME, None)
    if outcome is not None and outcome.failed:
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", request.node.name)
        page.screenshot(path=SCREENSHOTS / f"{name}-{whose}.png", full_page=True)


@pytest.fixture
def desktop(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of 1366×768."""
    yield from _given(chromium, "desktop", request)


@pytest.fixture
def phone(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of 390×844, touched."""
    yield from _given(chromium, "phone", request)


@pytest.fixture
def console(request: pytest.FixtureRequest) -> Callable[[Page], list[str]]:
    """`console(page)` before the first address gives a list that fills with the page's complaints."""

    def listen(page: Page) -> list[str]:
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        return complaints

    return listen


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)` gives what axe-core finds wrong, empty for nothing.

    The checker is evaluated by the debugger, so that the page keeps its content security policy.
    """
    source = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        page.wait_for_load_state()
        page.evaluate(f"() => {{ {source} }}")
        found = page.evaluate("() => axe.run()")
        return [
            f"{violation['id']}: {node['html'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return check


@pytest.fixture
def enter(live_server: Any) -> Callable[..., None]:
    """`enter(page, user)` signs the person in without the form."""
    from django.conf import settings
    from django.test import Client

    from mingcha.accounts.testing import sign_in

    def signed_in(page: Page, user: Any) -> None:
        client = sign_in(Client(), user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context: BrowserContext = page.context
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])

    return signed_in


@pytest.fixture
def becomes(live_server: Any, enter: Callable[..., None]) -> Callable[[Page, Officer], None]:
    """`becomes(page, officer)`: the officer sits down at this page and sees the home page."""
    from mingcha.accounts.models import User

    def become(page: Page, officer: Officer) -> None:
        page.context.clear_cookies()
        enter(page, User.objects.get(pk=officer.id))
        page.goto(live_server.url)

    return become


@pytest.fixture
def county() -> Iterator[County]:
    """The small county on a working morning."""
    fixed = clock.FixedClock(MORNING)
    with clock.using(fixed):
        yield make_county(fixed)


@pytest.fixture
def phones(
    playwright: Playwright, tmp_path: Path, live_server: Any, county: County, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Any]]:
    """`phones(name)` gives an inspector's phone that goes by the county's clock."""
    # Phones are made with what stands in this module.
    from tests.e2e.phones import Phone

    made: dict[str, Phone] = {}

    def another(name: str) -> Phone:
        made[name] = Phone(playwright, tmp_path / name, live_server.url, county.clock)
        return made[name]

    yield another
    for name, phone in made.items():
        _picture_of_failure(phone.page, name, request)
        phone.context.close()
