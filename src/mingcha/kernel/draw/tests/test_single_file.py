"""verify.py, the second implementation, agrees with the kernel on everything."""

from __future__ import annotations

import ast
import random
import re
import shutil
from pathlib import Path

import pytest

from mingcha.kernel.draw import full_bundle, public_bundle, single_file, standalone, verify
from mingcha.kernel.draw.tests.support import (
    STANDALONE,
    VECTORS,
    random_bundle,
    run_standalone,
    vector,
    write_files,
)
from mingcha.kernel.draw.text import sha256_bytes


@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V5"])
def test_it_matches_the_vectors_from_a_bare_interpreter(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "verify.py"
    copy.write_bytes(full_bundle(vector(name))["verify.py"])
    digest = sha256_bytes(vector(name)["plan.json"])
    done = run_standalone(str(VECTORS / name), f"plan={digest}", file=copy)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"\nMATCH\n")


@pytest.mark.parametrize("block", range(5))
def test_it_agrees_with_the_kernel_on_random_bundles(
    block: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(block * 50, block * 50 + 50):
        files = random_bundle(seed)
        assert verify(files).match
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        assert standalone.main([str(write_files(tmp_path, files))]) == 0, seed
        assert capsys.readouterr().out.endswith("\nMATCH\n")


def test_both_see_a_changed_result_and_a_changed_digest(tmp_path: Path) -> None:
    files = vector("V3")
    files["result.csv"] = files["result.csv"].replace(b"I006,I001", b"I006,I002")
    directory = str(write_files(tmp_path, files))
    done = run_standalone(directory)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.endswith(b"\nMISMATCH\n")
    done = run_standalone(directory, "plan=" + "0" * 64)
    assert done.returncode == 2
    assert done.stderr.startswith(b"REJECTED: plan-digest ")


def test_one_flipped_byte_anywhere_is_never_a_match(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    r = random.Random(5)
    good = vector("V3")
    published = sha256_bytes(good["plan.json"])
    for _ in range(150):
        files = dict(good)
        name = r.choice(sorted(files))
        at = r.randrange(len(files[name]))
        changed = bytes([files[name][at] ^ (1 << r.randrange(8))])
        files[name] = files[name][:at] + changed + files[name][at + 1 :]
        write_files(tmp_path, files)
        assert standalone.main([str(tmp_path), f"plan={published}"]) in (1, 2), (name, at, changed)
        capsys.readouterr()


def test_a_public_bundle_is_checked_without_the_two_confidential_files(tmp_path: Path) -> None:
    files = public_bundle(vector("V3"))
    directory = write_files(tmp_path, files)
    done = run_standalone(str(directory), file=directory / "verify.py")
    assert done.returncode == 0
    assert "只核对检查对象" in done.stdout.decode()


def test_it_is_short_plain_and_old_enough_python() -> None:
    text = single_file()
    assert text == STANDALONE.read_text(encoding="utf-8")
    assert len(text.split("\n")) <= 400
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert imported == {"hashlib", "json", "os", "re", "sys"}
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    newer = r"removeprefix|removesuffix|bit_count|strict=|from __future__|\bmatch \w+:|math\.lcm|cache\b"
    assert not re.search(newer, text)
