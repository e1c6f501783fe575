"""The script on the phone and the kernel make the same form of the same changes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from mingcha.kernel.tests.form_histories import GOLDEN, case

SCRIPT = Path(__file__).resolve().parents[1] / "static" / "inspection" / "phone" / "form-merge.js"
RUN = """
const fs = require("fs");
require(process.argv[1]);
const answers = JSON.parse(fs.readFileSync(0, "utf8")).map(function (ops) {
  const form = globalThis.mingchaForm.merge(ops), fields = form.fields();
  return {
    fields: fields,
    conflicts: form.conflicts(),
    heads: fields.map(function (name) {
      return form.heads(name).map(function (op) { return [op.client, op.seq]; });
    }),
    values: fields.map(function (name) { return form.values(name); }),
    single: fields.map(function (name) { return form.value(name); }),
    text: form.text(),
    upto: globalThis.mingchaForm.upto(ops),
    early: globalThis.mingchaForm.seen(ops, {"phone-a": 2, "phone-Z": 1}).text()
  };
});
process.stdout.write(JSON.stringify(answers));
"""


def in_the_browsers_language(histories: list[Any]) -> Any:
    run = subprocess.run(
        ["node", "-e", RUN, str(SCRIPT)],
        input=json.dumps(histories),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(run.stdout)


def test_both_give_what_they_gave_when_they_were_agreed_on() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert [case(seed) for seed in range(len(golden))] == golden
    assert in_the_browsers_language([one["ops"] for one in golden]) == [one["form"] for one in golden]
    assert sum(bool(one["form"]["conflicts"]) for one in golden) > 5


def test_both_agree_on_hundreds_of_histories() -> None:
    cases = [case(seed) for seed in range(1000, 1400)]
    assert in_the_browsers_language([one["ops"] for one in cases]) == [one["form"] for one in cases]


def test_the_script_notices_a_forged_change() -> None:
    forged = [
        {"client": "a", "seq": 1, "field": "f", "value": value, "parents": []} for value in ("ok", "bad")
    ]
    try:
        in_the_browsers_language([forged])
    except subprocess.CalledProcessError as error:
        assert "two different changes are both a:1" in error.stderr
    else:
        raise AssertionError("taken")
