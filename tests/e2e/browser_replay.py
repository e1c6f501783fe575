"""Bundles sent through the verifier's own worker, in batches, in whichever browser."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser

from tests.e2e.conftest import open_page

BROWSERS = ["chromium", "chromium_92"]
Task = dict[str, Any]

#: Loads the worker as the page does, gives it one bundle after the other, and asks about ids.
RUN = """async tasks => {
  const box = document.getElementById("check").dataset, worker = new Worker(box.worker);
  const ends = ["ready", "report", "rejected", "failed", "explained"];
  const ask = message => new Promise((answer, fail) => {
    worker.onmessage = event => { if (ends.includes(event.data.kind)) answer(event.data); };
    worker.onerror = event => fail(new Error(event.message));
    worker.postMessage(message);
  });
  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer;
  await ask({kind: "load", scripts: box.modules.split(" ")});
  const answers = [];
  for (const task of tasks) {
    const files = {};
    for (const [name, text] of Object.entries(task.files)) files[name] = bytes(text);
    const answer = await ask({kind: "verify", files, plan: task.plan});
    if (answer.report) answer.report.result = new TextDecoder().decode(answer.report.result);
    answer.explained = [];
    for (const id of task.ids) answer.explained.push((await ask({kind: "explain", id})).found);
    answers.push(answer);
  }
  worker.terminate();
  return answers;
}"""


def task(files: Mapping[str, bytes], plan: str | None = None, ids: Iterable[str] = ()) -> Task:
    """One bundle, the plan digest that was kept, and the ids to ask about afterwards."""
    packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
    return {"files": packed, "plan": plan, "ids": list(ids)}


def answers(browser: Browser, address: str, tasks: list[Task]) -> list[dict[str, Any]]:
    """What the worker says about each bundle: a report or a rejection, and the explanations."""
    page = open_page(browser, "desktop")
    page.goto(address + reverse("portal:check"))
    found: list[dict[str, Any]] = page.evaluate(RUN, tasks)
    page.context.close()
    return found
