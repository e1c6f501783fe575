"""`verify` compares line by line, and no line too many, too few or unfinished passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mingcha.kernel.draw import public_bundle, verify
from mingcha.kernel.draw.tests.support import vector
from mingcha.kernel.draw.text import sha256_bytes

CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "header only": lambda data: data[: data.index(b"\n") + 1],
    "last line missing": lambda data: data[: data[:-1].rindex(b"\n") + 1],
    "last LF missing": lambda data: data[:-1],
    "an empty line more": lambda data: data + b"\n",
    "a byte more": lambda data: data + b"1",
    "a line more": lambda data: data + data.splitlines(keepends=True)[-1],
    "first line of all": lambda data: b"\n" + data,
    "two lines swapped": lambda data: data.replace(b"\n1,S", b"\n9,S", 1).replace(b"\n2,S", b"\n1,S", 1),
    "CR before the first LF": lambda data: data.replace(b"ticket", b"ticket\r", 1),
    "a column more": lambda data: data.replace(b"\n", b",\n"),
    "a ticket changed": lambda data: data.replace(b",B,", b",B,0", 1),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=[name.replace(" ", "-") for name in CHANGES])
@pytest.mark.parametrize("public", [False, True], ids=["complete", "public"])
def test_a_result_that_differs_anywhere_is_a_mismatch(
    public: bool, change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    for name in ("V1", "V3"):
        files = public_bundle(vector(name)) if public else vector(name)
        assert verify(files).match
        changed = change(vector(name)["result.csv"])
        if changed != files["result.csv"]:
            path = tmp_path / "result.csv"
            path.write_bytes(changed)
            rest = {n: data for n, data in files.items() if n != "result.csv"}
            for report in (verify({**files, "result.csv": changed}), verify(rest, result=path)):
                assert not report.match
                assert report.result_digest == sha256_bytes(changed)


def test_a_public_bundle_does_not_judge_the_inspector_columns() -> None:
    files = public_bundle(vector("V3"))
    whole = vector("V3")["result.csv"]
    assert verify({**files, "result.csv": whole}).match
    assert verify({**files, "result.csv": whole.replace(b"I006", b"I999")}).match
    assert not verify({**files, "result.csv": whole.replace(b"I006,", b"", 1)}).match
