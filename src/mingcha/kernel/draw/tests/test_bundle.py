"""What is handed out: complete for the overseer, without confidential lists for the public."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mingcha.kernel.draw import Rejected, full_bundle, public_bundle, replay, reveal, verify
from mingcha.kernel.draw.tests.support import random_bundle, vector, write_files


def test_the_full_bundle_holds_every_file_of_the_protocol() -> None:
    files = full_bundle(vector("V3"), {"摇号.jpg": b"photo"})
    assert set(files) == {
        "plan.json",
        "roster.csv",
        "inspectors.csv",
        "recusals.csv",
        "entropy.json",
        "result.csv",
        "chains.json",
        "SHA256SUMS",
        "verify.py",
        "说明.txt",
        "evidence/摇号.jpg",
    }
    assert verify(files).match


def test_the_public_bundle_leaves_out_inspectors_and_recusals() -> None:
    files = public_bundle(vector("V3"))
    assert "inspectors.csv" not in files
    assert "recusals.csv" not in files
    report = verify(files)
    assert report.match
    assert report.targets_only
    assert replay(files).pairing is None


def test_sha256sum_accepts_the_sums(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    write_files(tmp_path, full_bundle(vector("V3"), {"照片.jpg": b"x"}))
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_bundle_is_the_same_whenever_it_is_built() -> None:
    files = random_bundle(11)
    assert full_bundle(files) == full_bundle(dict(reversed(files.items())))


def test_the_guide_has_three_lines_and_the_whole_digest() -> None:
    text = full_bundle(vector("V1"))["说明.txt"].decode()
    assert text.count("\n") == 3
    assert "2859753e2a81b46e1904e58ac3ffa0c15fec85d40eabc5ee04424ab8907ca57a" in text


def test_a_result_that_is_not_the_draws_cannot_be_bundled() -> None:
    files = vector("V1")
    files["result.csv"] += b"8,S,X,A,0\n"
    with pytest.raises(Rejected, match="argument"):
        full_bundle(files)


def test_evidence_cannot_escape_its_folder() -> None:
    for name in ("../x", "a/b", ".hidden", "", "a\nb", "a\\b"):
        with pytest.raises(Rejected, match="argument"):
            full_bundle(vector("V1"), {name: b""})


def test_a_public_bundle_cannot_be_made_from_a_public_bundle() -> None:
    with pytest.raises(Rejected, match="file-missing"):
        full_bundle(public_bundle(vector("V3")))


def test_the_number_of_values_must_be_that_of_the_plan() -> None:
    with pytest.raises(Rejected, match="entropy-source"):
        reveal(vector("V3"), ["1"])


def test_one_reason_shared_by_many_targets_is_written_once() -> None:
    record = json.loads(full_bundle(vector("V5"))["chains.json"])
    assert len(record["certificates"]) == 1
