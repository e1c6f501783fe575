"""The browser's implementation and the kernel's give the same result, figures, chains and reasons."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from playwright.sync_api import Browser

from mingcha.kernel import draw as ssj
from mingcha.kernel.draw.certificate import shortages
from mingcha.kernel.draw.pairing import Pairing
from mingcha.kernel.draw.replay import CONFIDENTIAL
from mingcha.kernel.draw.tests.support import random_bundle, vector
from tests.e2e.browser_replay import BROWSERS, answers, task

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
VECTORS = ["V1", "V2", "V3", "V5"]
KINDS = {"调剂": "repair", "拉平": "level"}


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found


def public(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name not in CONFIDENTIAL}


def chains(pairing: Pairing) -> list[dict[str, Any]]:
    ids = pairing.ids
    return [
        {
            "kind": KINDS[chain.kind],
            "moves": [[ids[a], u + 1, ids[j]] for a, u, j in chain.moves],
            "joins": None if chain.target is None else ids[chain.joins],
            "seq": None if chain.target is None else chain.target + 1,
        }
        for chain in pairing.chains
    ]


def gaps(pairing: Pairing) -> list[dict[str, Any]]:
    return [
        {
            "seq": found.target + 1,
            "id": pairing.targets[found.target].id,
            "slots": found.slots,
            "reached": [pairing.ids[p] for p in found.full],
            "needed": found.needed,
            "room": found.room,
        }
        for found in shortages(pairing)
    ]


def strata(draw: ssj.Draw) -> list[dict[str, Any]]:
    return [
        {
            "code": s.code,
            "rows": s.rows,
            "eligible": s.eligible,
            "drawn": len(s.drawn),
            "reserves": len(s.reserves),
            "cutoff": None if s.cutoff is None else str(s.cutoff),
        }
        for s in draw.strata
    ]


def compare(files: dict[str, bytes], answer: dict[str, Any]) -> None:
    """Everything the kernel's report says against the browser's."""
    expected = ssj.verify(files)
    draw, report = expected.draw, answer["report"]
    assert report["result"].encode() == ssj.result_csv(draw)
    assert report["match"] is expected.match
    assert report["targetsOnly"] is expected.targets_only
    assert report["resultDigest"] == expected.result_digest
    assert report["replayedDigest"] == expected.replayed_digest
    assert report["strata"] == strata(draw)
    keys = (report["seedText"], report["seed"], report["drawKey"], report["inspKey"])
    assert keys == tuple(draw.keys)
    assert report["chains"] == (chains(draw.pairing) if draw.pairing else [])
    assert report["unserved"] == (gaps(draw.pairing) if draw.pairing else [])


def test_every_vector_is_repeated(browser: Browser, live_server: Any) -> None:
    bundles = [vector(name) for name in VECTORS]
    bundles += [public(files) for files in bundles]
    kept = [hashlib.sha256(files["plan.json"]).hexdigest() for files in bundles]
    tasks = [task(files, plan) for files, plan in zip(bundles, kept, strict=True)]
    for files, answer in zip(bundles, answers(browser, live_server.url, tasks), strict=True):
        compare(files, answer)
        assert answer["report"]["planGiven"]
        assert answer["report"]["match"]


def test_two_hundred_random_draws(browser: Browser, live_server: Any) -> None:
    bundles = [random_bundle(seed) for seed in range(200)]
    found = answers(browser, live_server.url, [task(files) for files in bundles])
    for files, answer in zip(bundles, found, strict=True):
        compare(files, answer)


def test_every_firm_is_told_the_same_by_both(browser: Browser, live_server: Any) -> None:
    bundles = [vector(name) for name in VECTORS]
    rows = [files["roster.csv"].decode().splitlines()[1:] for files in bundles]
    ids = [[row.split(",")[0] for row in found] for found in rows]
    tasks = [task(files, ids=[*wanted, "NOBODY"]) for files, wanted in zip(bundles, ids, strict=True)]
    for files, wanted, answer in zip(bundles, ids, answers(browser, live_server.url, tasks), strict=True):
        draw = ssj.replay(files)
        *explained, nobody = answer["explained"]
        assert nobody is None
        for id, told in zip(wanted, explained, strict=True):
            expected = ssj.explain(draw, id)
            assert (told["ticket"], told["key"]) == (expected.ticket, str(expected.key))
            assert told["cutoff"] == (None if expected.cutoff is None else str(expected.cutoff))
            assert (told["outcome"], told["number"]) == (expected.outcome, expected.number)
            assert (told["wouldBeDrawn"], told["team"]) == (expected.would_be_drawn, expected.team)
            assert hashlib.sha256(told["text"].encode()).hexdigest() == expected.ticket


def test_a_changed_result_is_found_with_its_line(browser: Browser, live_server: Any) -> None:
    changed = vector("V3")
    changed["result.csv"] = changed["result.csv"].replace(b"I006,I001", b"I006,I002", 1)
    longer = vector("V1")
    longer["result.csv"] += b"\xff\n"
    first, second = answers(browser, live_server.url, [task(changed), task(longer)])
    assert first["report"]["match"] is False
    line = first["report"]["difference"]["line"]
    assert b"I006,I002" in changed["result.csv"].splitlines()[line - 1]
    assert second["report"]["difference"]["line"] == longer["result.csv"].count(b"\n")
