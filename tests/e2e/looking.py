"""How a page is judged by those who look at it, and at which sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SCREENS = ["desktop", "phone"]
#: For sweeps over many pages of officers, who sit at desks: their phones are swept by `make test-all`.
AT_DESKS = ["desktop", pytest.param("phone", marks=pytest.mark.slow)]
#: And the other way round for inspectors, who are out.
ON_PHONES = [pytest.param("desktop", marks=pytest.mark.slow), "phone"]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window.

    A click comes back once the answer to it arrives, before there is anything to measure.
    """
    page.wait_for_load_state()
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def judge(page: Page, axe: Callable[[Page], list[str]], complaints: list[str]) -> None:
    """One heading, nothing cut off, nothing that axe finds, nothing on the console."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert overflow(page) <= 0
    assert axe(page) == []
    assert complaints == []
