"""A province's roster in a visitor's browser: the right result, and a page that never freezes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mingcha.kernel import draw as ssj
from mingcha.kernel.draw import Value
from mingcha.kernel.draw.plan import build_plan, write_entropy
from mingcha.kernel.draw.tests.support import DICE, digits, write_files

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROWS = 1_000_000

#: Counts what only a page that is not blocked can do: timers that fire while the worker computes.
WATCH = """() => {
  window.alive = {turns: 0, steps: new Set(), shown: new Set()};
  const bar = document.getElementById("check-bar"), running = document.getElementById("check-progress");
  setInterval(() => { if (!running.hidden) window.alive.turns++; }, 10);
  new MutationObserver(() => {
    window.alive.shown.add(bar.value);
    const step = running.querySelector("[aria-current]");
    if (step) window.alive.steps.add(step.textContent);
  }).observe(running, {attributes: true, subtree: true});
}"""


def large_bundle(weighting: str) -> dict[str, bytes]:
    r = random.Random(7)
    rows = [
        f"91130111TEST{n:06},{r.choice('ABCD')},{r.randint(1, 16)},,{r.choice(['', '', '', 'NEW'])}"
        for n in range(ROWS)
    ]
    roster = ("\n".join(["id,stratum,weight,skill,excluded", *rows]) + "\n").encode()
    plan = build_plan(
        draw_id="130000-T-2026-0001", title="百万户", weighting=weighting, reserve_pct=20, entropy=[DICE],
        quota={"base": "all", "mode": "rate", "bp": {"A": 100, "B": 200, "C": 300, "D": 600}},
        roster=roster, inspectors=b"id,skills,capacity\n", recusals=b"target,inspector\n",
    )  # fmt: skip
    values = write_entropy([Value("dice", "1", digits(39274018265501937742))])
    files = {"plan.json": plan, "roster.csv": roster, "entropy.json": values}
    return files | {"result.csv": ssj.result_csv(ssj.replay(files))}


@pytest.mark.parametrize("weighting", ["none", "w16"])
def test_a_million_firms(weighting: str, live_server: Any, desktop: Page, tmp_path: Path) -> None:
    files = large_bundle(weighting)
    expected = ssj.verify(files)
    assert expected.match
    folder = write_files(tmp_path, files)
    desktop.goto(live_server.url + reverse("portal:check"))
    expect(desktop.locator("#check")).to_be_visible()
    desktop.evaluate(WATCH)
    desktop.get_by_label("或者里面的文件").set_input_files(list(folder.iterdir()))
    desktop.get_by_role("button", name="核对这些文件").click()
    expect(desktop.get_by_role("heading", name="一致", exact=True)).to_be_visible(timeout=120_000)
    digest = desktop.locator("dt", has_text="算出来的 result.csv 的摘要").locator(
        "xpath=following-sibling::dd"
    )
    expect(digest).to_have_text(expected.replayed_digest)
    alive = desktop.evaluate("() => ({turns: alive.turns, steps: [...alive.steps], shown: alive.shown.size})")
    assert {"核对格式与摘要", "算号码", "排序", "比对"} <= set(alive["steps"])
    assert alive["shown"] >= 8
    assert alive["turns"] >= alive["shown"]
    desktop.get_by_label("企业的编号").fill("91130111TEST500000")
    desktop.get_by_role("button", name="查询").click()
    told = ssj.explain(ssj.replay(files), "91130111TEST500000")
    expect(desktop.locator(".mc-answer")).to_contain_text(told.ticket)
