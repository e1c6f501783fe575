"""Whatever is wrong with a bundle, kernel and browser say it with the same code."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from typing import Any

import pytest
from playwright.sync_api import Browser

from mingcha.kernel import draw as ssj
from mingcha.kernel.draw.errors import CODES
from mingcha.kernel.draw.tests.support import VECTORS, vector
from mingcha.kernel.draw.text import canonical_json
from mingcha.portal.sentences import WHY
from tests.e2e.browser_replay import BROWSERS, Task, answers, task

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

#: Values of a free field of the plan, as they are written: only the canonical ones may pass.
WRITINGS = [
    '{"Z":1,"a":1,"é":1,"！":1,"😀":1}',
    '{"😀":1,"！":1}',
    '{"！":1,"\U00010000":1,"\U0001f600":1}',
    '{"a":1,"a":1}',
    '{"a":1,"aa":1,"b":1}',
    '{"aa":1,"a":1}',
    '{"__proto__":1,"constructor":{}}',
    '{"":[]}',
    '"\\u4f60"',
    '"\\u001f\\n\\t\\b\\f\\r\\"\\\\"',
    '"\\u001F"',
    '"\\u000a"',
    '"\\/"',
    '"/"',
    '"\x7f\u2028\ufeff"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"\\ude00\\ud83d"',
    '"\\ud83d\\u0041"',
    '{"a":"\\ud800","a":"x"}',
    '"\\x41"',
    '"\\u12"',
    '"\\u12G4"',
    '"a\tb"',
    '"a\nb"',
    "'a'",
    "01",
    "-0",
    "-1",
    "0",
    "1.0",
    "1.",
    ".5",
    "1e5",
    "1e",
    "1E+5",
    "+1",
    "-",
    "-x",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "12345678901234567",
    "NaN",
    "Infinity",
    "-Infinity",
    "Nan",
    "true",
    "false",
    "null",
    "True",
    "nulls",
    "[1,]",
    "[,1]",
    '{"a":1,}',
    "{a:1}",
    "[1 ,2]",
    "[1,2] ",
    "[[[[]]]]",
    "[" * 63 + "]" * 63,
    "[" * 64 + "]" * 64,
    "[" * 64 + "1.5" + "]" * 64,
    "[" * 5000 + "]" * 5000,
    '{"a":1.5,"b":x}',
    '{"a":x,"b":1.5}',
    "",
]


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Browser:
    found: Browser = request.getfixturevalue(request.param)
    return found


def kernel(files: dict[str, bytes], plan: str | None = None) -> str:
    """The kernel's code, or "report"."""
    try:
        ssj.verify(files, plan)
    except ssj.Rejected as error:
        return error.code
    return "report"


def codes(browser: Browser, address: str, tasks: list[Task]) -> list[str]:
    """The browser's codes, or "report"; anything else that happened shows as it is."""
    found = answers(browser, address, tasks)
    return [str(a["code"] if a["kind"] == "rejected" else a.get("reason", a["kind"])) for a in found]


def changed(case: dict[str, Any]) -> dict[str, bytes]:
    files = vector(case["base"])
    for name, content in case["changes"].items():
        if content is None:
            del files[name]
        else:
            files[name] = (
                content.encode() if isinstance(content, str) else base64.b64decode(content["base64"])
            )
    return files


def test_every_rejection_vector_gives_its_code(browser: Browser, live_server: Any) -> None:
    cases = json.loads((VECTORS / "rejections.json").read_text(encoding="utf-8"))
    assert len(cases) > 100
    found = codes(browser, live_server.url, [task(changed(case), case["plan"]) for case in cases])
    expected = {case["why"]: case["code"] for case in cases}
    assert dict(zip(expected, found, strict=True)) == expected


def test_names_other_than_the_sealed_ones_are_refused_by_both(browser: Browser, live_server: Any) -> None:
    names = "id,name\nA,甲\n".encode()
    sealed = vector("V1")
    plan = json.loads(sealed["plan.json"]) | {"names_sha256": hashlib.sha256(names).hexdigest()}
    sealed["plan.json"] = canonical_json(plan)
    bundles = [
        sealed,
        sealed | {"evidence/names.csv": names},
        sealed | {"evidence/names.csv": names.replace("甲".encode(), "乙".encode())},
        vector("V1") | {"evidence/names.csv": names},
    ]
    expected = ["report", "report", "names-digest", "report"]
    assert [kernel(files) for files in bundles] == expected
    found = answers(browser, live_server.url, [task(files) for files in bundles])
    assert [one["code"] if one["kind"] == "rejected" else one["kind"] for one in found] == expected
    compared = [one["report"]["namesCompared"] for one in found if one["kind"] == "report"]
    assert compared == [False, True, False]


def test_json_in_every_writing_is_judged_alike(browser: Browser, live_server: Any) -> None:
    bundles = []
    for writing in WRITINGS:
        files = vector("V3")
        free = b'"zz":' + writing.encode()
        files["plan.json"] = files["plan.json"].replace(b'"none"}', b'"none",' + free + b"}")
        bundles.append(files)
    expected = dict(zip(WRITINGS, map(kernel, bundles), strict=True))
    assert {"report", "plan-json", "plan-number", "plan-canonical"} == set(expected.values())
    found = codes(browser, live_server.url, [task(files) for files in bundles])
    assert dict(zip(WRITINGS, found, strict=True)) == expected


def random_pattern(r: random.Random, depth: int = 0) -> str:
    """Mostly permitted, sometimes not: classes, groups, quantifiers in any combination."""
    atoms = ["1", "a", "-", ".", "\\d", "\\w", "\\.", "\\+", "[0-9]", "[^a-z]", "[.+]", "[a-c\\d-]", "[9-0]"]
    atoms += ["[^]", "[]", "[^-]", "_", "(?=1)", "[a-", "\\s", "{2}"] if r.random() < 0.2 else []
    times = ["", "", "", "?", "*", "+", "{2}", "{0}", "{1,}", "{1,3}", "{0,2}", "{3,1}"]
    parts = []
    for _ in range(r.randint(1, 4)):
        if depth < 3 and r.random() < 0.3:
            inner = "|".join(random_pattern(r, depth + 1) for _ in range(r.randint(1, 3)))
            part = f"({r.choice(['', '?:'])}{inner})"
        else:
            part = r.choice(atoms)
        parts.append(part + r.choice(times if r.random() < 0.95 else [*times, "{2,3}*"]))
    return "".join(parts)


def test_patterns_mean_the_same_to_both(browser: Browser, live_server: Any) -> None:
    r = random.Random(20261124)
    patterns = [random_pattern(r) for _ in range(400)]
    cases = [(pattern, "".join(r.choice("1a9z.+-B") for _ in range(r.randint(1, 5)))) for pattern in patterns]
    # Just within the steps that a pattern may take, and just beyond.
    cases += [(shape, "a" * 512) for shape in ("(.?){445}", "(.?){446}", "(.?){445}a{67}", "(.?){446}a{66}")]
    bundles, expected = [], {}
    for pattern, value in cases:
        files = vector("V1")
        plan = json.loads(files["plan.json"])
        plan["entropy"][0]["pattern"] = pattern
        entropy = json.loads(files["entropy.json"])
        entropy[0]["value"] = value
        files |= {"plan.json": canonical_json(plan), "entropy.json": canonical_json(entropy)}
        bundles.append(files)
        expected[len(expected), pattern, value] = kernel(files)
    assert set(expected.values()) == {"report", "plan-pattern", "entropy-pattern"}
    found = codes(browser, live_server.url, [task(files) for files in bundles])
    assert dict(zip(expected, found, strict=True)) == expected


def test_every_code_has_a_sentence_for_the_page() -> None:
    elsewhere = {code for code in CODES if code.startswith(("register-", "changes-"))} | {"argument"}
    tables = ("roster", "inspectors", "recusals")
    spoken = {f"{table}{code[5:]}" for code in WHY if code.startswith("table-") for table in tables}
    assert spoken | {code for code in WHY if not code.startswith("table-")} == CODES - elsewhere
