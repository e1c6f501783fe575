"""What nobody's result depends on is held against SHA256SUMS, and the names against the plan (7.10)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mingcha.kernel.draw import cli, full_bundle, standalone
from mingcha.kernel.draw.tests.support import vector, write_files
from mingcha.kernel.draw.text import sha256_bytes

NAMES = "id,name\nA,甲\n".encode()
Run = Callable[[Path], int]


def by_kernel(directory: Path) -> int:
    return cli.main(["verify", str(directory)])


def by_single_file(directory: Path) -> int:
    return standalone.main([str(directory)])


each = pytest.mark.parametrize("run", [by_kernel, by_single_file], ids=["kernel", "verify.py"])


def bundle() -> dict[str, bytes]:
    """A whole bundle whose plan seals the names."""
    files = vector("V3")
    plan = json.loads(files["plan.json"]) | {"names_sha256": sha256_bytes(NAMES)}
    text = json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return full_bundle(
        files | {"plan.json": f"{text}\n".encode()}, {"names.csv": NAMES, "a.jpg": b"\xff\xd8"}
    )


def told(directory: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and everything that was said."""
    status, said = run(directory), capsys.readouterr()
    return status, said.out + said.err


def laid_out(directory: Path, files: dict[str, bytes]) -> Path:
    directory.joinpath("evidence").mkdir(exist_ok=True)
    return write_files(directory, files)


@each
def test_an_untouched_bundle_has_nothing_to_be_noted(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = told(laid_out(tmp_path, bundle()), run, capsys)
    assert (status, "注意" in said) == (0, False)
    assert said.endswith("MATCH\n")


@each
@pytest.mark.parametrize("name", ["chains.json", "verify.py", "说明.txt", "evidence/a.jpg", "SHA256SUMS"])
@pytest.mark.parametrize("part", [0, 1, 2], ids=["first", "middle", "last"])
def test_one_byte_of_any_file_beside_is_said_and_the_result_still_stands(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str], name: str, part: int
) -> None:
    files = bundle()
    content = files[name]
    at = part * (len(content) - 1) // 2
    files[name] = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    status, said = told(laid_out(tmp_path, files), run, capsys)
    assert status == 0
    assert "与 SHA256SUMS 不一致" in said
    assert said.endswith("MATCH\n")


@each
def test_other_names_than_were_sealed_are_rejected(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    files = bundle() | {"evidence/names.csv": NAMES.replace("甲".encode(), "乙".encode())}
    status, said = told(laid_out(tmp_path, files), run, capsys)
    assert status == 2
    assert said.split()[:2] == ["REJECTED:", "names-digest"]


@each
def test_what_is_listed_and_not_there_is_said_unless_it_is_kept_from_the_public(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    files = bundle()
    for name in ("inspectors.csv", "recusals.csv", "chains.json"):
        files.pop(name)
    status, said = told(laid_out(tmp_path, files), run, capsys)
    assert status == 0
    assert [line for line in said.split("\n") if line.startswith("注意")] == [
        "注意：chains.json 与 SHA256SUMS 不一致，被改动过或没有下载完整"
    ]


@each
def test_a_listed_name_cannot_write_on_the_terminal(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    files = bundle()
    files["SHA256SUMS"] += f"{'0' * 64}  a\x9b2J\u202egpj.csv\n".encode()
    status, said = told(laid_out(tmp_path, files), run, capsys)
    assert status == 0
    assert "注意：'a\\x9b2J\\u202egpj.csv' 与 SHA256SUMS 不一致" in said
