"""`mingcha draw verify` and `replay`: with DuckDB or without, the same bytes and the same exit status."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mingcha.kernel.draw import cli
from mingcha.kernel.draw.tests.support import SOURCE_ROOT, VECTORS, random_bundle, vector, write_files
from mingcha.kernel.draw.text import sha256_bytes
from mingcha.planning import large_roster, repeating
from mingcha.planning.large_roster import LargeRoster, Unfit

Capture = pytest.CaptureFixture[bytes]
Answer = tuple[int, bytes, bytes]
PUBLIC = {"inspectors.csv", "recusals.csv"}


def by(engine: str, capture: Capture, *arguments: str) -> Answer:
    """Exit status, standard output and standard error of `mingcha draw`."""
    try:
        call_command("draw", *arguments, engine=engine)
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, *capture.readouterr()


def by_the_kernel(capture: Capture, *arguments: str) -> Answer:
    return cli.main(arguments), *capture.readouterr()


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What DuckDB was asked to do."""
    calls: list[str] = []
    for name in ("load", "select"):
        method = getattr(LargeRoster, name)

        def noted(self: LargeRoster, *args: Any, name: str = name, method: Any = method) -> Any:
            calls.append(name)
            return method(self, *args)

        monkeypatch.setattr(LargeRoster, name, noted)
    return calls


@pytest.mark.parametrize("verb", ["verify", "replay"])
@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V5"])
def test_the_vectors_by_duckdb(capsysbinary: Capture, used: list[str], name: str, verb: str) -> None:
    expected = by_the_kernel(capsysbinary, verb, str(VECTORS / name))
    assert by("duckdb", capsysbinary, verb, str(VECTORS / name)) == expected
    assert used == ["load", "select"]
    assert expected[0] == 0
    assert expected[1].endswith(b"MATCH\n") or expected[1] == vector(name)["result.csv"]


@pytest.mark.parametrize("seed", range(10))
def test_random_bundles_by_duckdb(tmp_path: Path, capsysbinary: Capture, used: list[str], seed: int) -> None:
    folder = str(write_files(tmp_path, random_bundle(seed)))
    for arguments in (("verify", folder), ("replay", folder)):
        expected = by_the_kernel(capsysbinary, *arguments)
        assert by("duckdb", capsysbinary, *arguments) == expected
    assert used == ["load", "select"] * 2


def test_a_public_bundle_and_a_changed_result(tmp_path: Path, capsysbinary: Capture, used: list[str]) -> None:
    files = {name: data for name, data in vector("V3").items() if name not in PUBLIC}
    folder = write_files(tmp_path, files)
    digest = sha256_bytes(files["plan.json"])
    for change, status in ((b"1,S,", 0), (b"1,R,", 1)):
        (folder / "result.csv").write_bytes(files["result.csv"].replace(b"1,S,", change, 1))
        expected = by_the_kernel(capsysbinary, "verify", str(folder), f"plan={digest}")
        assert by("duckdb", capsysbinary, "verify", str(folder), f"plan={digest}") == expected
        assert expected[0] == status
    expected = by_the_kernel(capsysbinary, "replay", str(folder))
    assert by("duckdb", capsysbinary, "replay", str(folder)) == expected
    assert expected[0] == 2


CASES = json.loads((VECTORS / "rejections.json").read_text(encoding="utf-8"))


def changed(case: dict[str, Any]) -> dict[str, bytes]:
    """The files of one published case of a rejection."""
    files: dict[str, bytes] = dict(vector(case["base"]))
    for name, value in case["changes"].items():
        if value is None:
            files.pop(name, None)
        else:
            encoded = isinstance(value, dict)
            files[name] = base64.b64decode(value["base64"]) if encoded else value.encode()
    return files


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']}: {case['why']}")
def test_what_is_rejected_is_rejected_in_the_same_words(
    tmp_path: Path, capsysbinary: Capture, case: dict[str, Any]
) -> None:
    folder = str(write_files(tmp_path, changed(case)))
    arguments = ["verify", folder, *([f"plan={case['plan']}"] if case["plan"] else [])]
    expected = by_the_kernel(capsysbinary, *arguments)
    assert by("duckdb", capsysbinary, *arguments) == expected
    assert expected[0] == 2
    assert expected[2].startswith(f"REJECTED: {case['code']} ".encode())
    assert expected[2].count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"], ["replay"], ["verify", "nowhere"], ["verify", str(VECTORS / "V1"), "0123"],
        ["verify", str(VECTORS / "V1"), "plan="], ["replay", str(VECTORS / "V1"), "plan=00"], ["sing"],
        ["verify", str(VECTORS / "V1"), "plan=00", "plan=00"], ["explain", str(VECTORS / "V1"), "A"],
    ],
)  # fmt: skip
def test_wrong_calls_are_answered_as_by_the_kernel(capsysbinary: Capture, arguments: list[str]) -> None:
    expected = by_the_kernel(capsysbinary, *arguments)
    assert by("duckdb", capsysbinary, *arguments) == expected
    assert expected[0] == 2


def test_only_a_large_roster_is_worth_starting_duckdb(
    capsysbinary: Capture, used: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(VECTORS / "V1")
    assert by("auto", capsysbinary, "verify", folder)[0] == 0
    assert used == []
    monkeypatch.setattr(repeating, "LARGE_BYTES", (VECTORS / "V1" / "roster.csv").stat().st_size)
    assert by("auto", capsysbinary, "verify", folder)[0] == 0
    assert used == ["load", "select"]
    assert by("kernel", capsysbinary, "verify", folder)[0] == 0
    assert used == ["load", "select"]


def test_without_duckdb_the_kernel_answers_unless_duckdb_was_asked_for(
    capsysbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_roster, "available", lambda: False)
    monkeypatch.setattr(repeating, "available", lambda: False)
    monkeypatch.setattr(repeating, "LARGE_BYTES", 1)
    folder = str(VECTORS / "V1")
    assert by("auto", capsysbinary, "verify", folder) == by_the_kernel(capsysbinary, "verify", folder)
    with pytest.raises(CommandError, match=r"没有安装 DuckDB.*mingcha\[large\]") as failed:
        call_command("draw", "verify", folder, engine="duckdb")
    assert failed.value.returncode == 2


def test_where_duckdb_gives_up_the_kernel_answers_and_says_so(
    capsysbinary: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(self: LargeRoster) -> None:
        raise Unfit("Out of Memory Error")

    monkeypatch.setattr(LargeRoster, "load", out_of_memory)
    folder = str(VECTORS / "V1")
    status, output, errors = by("duckdb", capsysbinary, "verify", folder)
    assert (status, output) == by_the_kernel(capsysbinary, "verify", folder)[:2]
    assert "Out of Memory" in errors.decode()
    assert "内核" in errors.decode()


def test_people_reach_it_as_mingcha_draw() -> None:
    for arguments, status in ((["verify", str(VECTORS / "V1")], 0), (["verify", "nowhere"], 2)):
        command = [sys.executable, str(SOURCE_ROOT.parent / "manage.py"), "draw", *arguments]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == status, done.stderr
    assert done.stderr.startswith(b"REJECTED: file-missing ")
