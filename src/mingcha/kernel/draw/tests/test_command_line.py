"""The contract of the command line: exit statuses, streams, and nothing else on standard output."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingcha.kernel.draw import (
    Rejected,
    RosterRow,
    append_event,
    public_bundle,
    read_bundle,
    sealed_commitment,
    single_file,
)
from mingcha.kernel.draw.roster import load_roster
from mingcha.kernel.draw.tests.support import SOURCE_ROOT, VECTORS, draw, run, vector, write_files
from mingcha.kernel.draw.text import sha256_bytes

V1 = str(VECTORS / "V1")


def rejected(done: object, code: str) -> None:
    assert done.returncode == 2  # type: ignore[attr-defined]
    assert done.stdout == b""  # type: ignore[attr-defined]
    assert done.stderr.startswith(f"REJECTED: {code} ".encode())  # type: ignore[attr-defined]
    assert done.stderr.count(b"\n") == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["V1", "V2", "V3", "V5"])
def test_replay_writes_the_bytes_of_the_result_and_nothing_else(name: str) -> None:
    done = run("replay", str(VECTORS / name))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == vector(name)["result.csv"]


def test_verify_prints_what_a_reader_compares() -> None:
    digest = sha256_bytes(vector("V3")["plan.json"])
    done = run("verify", str(VECTORS / "V3"), f"plan={digest}")
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for part in (
        digest,
        "494c649bda64c1f9f722bc1bd10f53732decc4cad451d67c95a2f9ba45b09527",
        "918fa9507ccbbfe4ed97cb8849a9900f",
        "抽中 12",
        "I006 把第 6 号交给 I003",
        "未配足的名额 0 个",
        "f7c3ce865e4446ebbce5819c53a9ef73390ee75421cfc90a86181a4e30786afb",
    ):
        assert part in text
    assert text.endswith("\nMATCH\n")


def test_verify_says_what_a_missing_published_digest_means() -> None:
    assert "未给出 plan=" in run("verify", V1).stdout.decode()


def test_verify_returns_1_on_a_mismatch(tmp_path: Path) -> None:
    files = vector("V1")
    files["result.csv"] = files["result.csv"].replace(b"1,S,", b"1,R,", 1)
    done = run("verify", str(write_files(tmp_path, files)))
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.endswith(b"\nMISMATCH\n")


def test_verify_rejects_another_published_digest() -> None:
    rejected(run("verify", V1, "plan=" + "0" * 64), "plan-digest")
    rejected(run("verify", V1, "plan="), "plan-digest")
    rejected(run("verify", V1, "0" * 64), "argument")


def test_a_public_bundle_is_verified_by_its_targets_and_cannot_be_replayed(tmp_path: Path) -> None:
    directory = str(write_files(tmp_path, public_bundle(vector("V3"))))
    done = run("verify", directory)
    assert done.returncode == 0
    assert "第 1–5 列" in done.stdout.decode()
    rejected(run("replay", directory), "file-missing")
    (tmp_path / "result.csv").write_bytes(vector("V3")["result.csv"].replace(b"1,S,", b"2,S,", 1))
    assert run("verify", directory).returncode == 1


def test_a_bundle_with_only_one_of_the_two_files_is_rejected(tmp_path: Path) -> None:
    files = vector("V3")
    del files["recusals.csv"]
    rejected(run("verify", str(write_files(tmp_path, files))), "file-missing")


def test_ticket_is_what_sha256sum_prints() -> None:
    key, id = "e289ba70af16e5d0bcf0daca71f5c98c", "91130111TEST00011F"
    done = run("ticket", key, id)
    assert done.returncode == 0
    assert done.stdout.decode().strip() == hashlib.sha256((key + id).encode()).hexdigest()
    rejected(run("ticket", key.upper(), id), "argument")
    rejected(run("ticket", key, "名"), "argument")
    rejected(run("ticket", key), "argument")


@pytest.mark.parametrize(
    ("id", "part"),
    [
        ("91130111TEST00011F", "被抽中，抽取序号 1"),
        ("91130111TEST00016K", "A 层第 1 个候补"),
        ("91130111TEST000091", "未被抽中"),
        ("91130111TEST000108", "已排除，原因代码 CHK2026"),
    ],
)
def test_explain_answers_in_a_sentence_first(id: str, part: str) -> None:
    done = run("explain", V1, id)
    assert done.returncode == 0
    assert part in done.stdout.decode().split("\n")[0]
    assert f"e289ba70af16e5d0bcf0daca71f5c98c{id} | sha256sum" in done.stdout.decode()


def test_explain_names_the_team_with_the_leader_first() -> None:
    assert "I006 I001" in run("explain", str(VECTORS / "V3"), "91130111TEST002133").stdout.decode()


def test_explain_rejects_an_id_that_is_not_in_the_roster() -> None:
    rejected(run("explain", V1, "91130111TEST99999X"), "argument")
    rejected(run("explain", V1, "\x1b[31m\n"), "argument")


def test_an_unknown_or_missing_command_is_rejected() -> None:
    for arguments in ([], ["draw"], ["replay"], ["replay", V1, V1], ["single-file", "x"]):
        rejected(run(*arguments), "argument")


def test_help_is_an_answer() -> None:
    done = run("--help")
    assert (done.returncode, done.stderr) == (0, b"")
    for command in ("replay", "verify", "explain", "ticket", "single-file"):
        assert f"\n  {command} " in done.stdout.decode()


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    rows = [RosterRow(f"E{n:05}", "A", 1, "", "") for n in range(5000)]
    quota = {"base": "all", "mode": "fixed", "k": {"A": 5000}}
    directory = write_files(tmp_path, draw(rows, quota).files)
    command = [sys.executable, "-m", "mingcha.kernel.draw", "replay", str(directory)]
    with subprocess.Popen(
        command, env={"PYTHONPATH": str(SOURCE_ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"seq,kind,id,stratum,ticket\n"
        running.stdout.close()
        assert running.stderr.read() == b""


def test_single_file_prints_the_verifier() -> None:
    assert run("single-file").stdout.decode() == single_file()


def test_hostile_directories_end_in_one_line(tmp_path: Path) -> None:
    rejected(run("verify", str(tmp_path / "nowhere")), "file-missing")
    rejected(run("verify", str(VECTORS / "V1" / "plan.json")), "file-missing")
    directory = write_files(tmp_path / "link", vector("V1"))
    (directory / "roster.csv").rename(tmp_path / "roster.csv")
    (directory / "roster.csv").symlink_to(tmp_path / "roster.csv")
    rejected(run("verify", str(directory)), "file-not-regular")
    (directory / "roster.csv").unlink()
    (directory / "roster.csv").mkdir()
    rejected(run("verify", str(directory)), "file-not-regular")
    (directory / "roster.csv").rmdir()
    os.mkfifo(directory / "roster.csv")
    rejected(run("verify", str(directory)), "file-not-regular")


def test_a_file_beyond_its_limit_or_behind_a_lock_ends_in_one_line(tmp_path: Path) -> None:
    directory = write_files(tmp_path, vector("V1"))
    with (directory / "plan.json").open("r+b") as file:
        file.truncate(17 * 1024**2)  # sparse: takes no room on the disk
    rejected(run("verify", str(directory)), "file-too-large")
    with (directory / "inspectors.csv").open("r+b") as file:
        file.truncate(3 * 1024**3)
    rejected(run("verify", str(directory)), "file-too-large")


def test_a_file_that_cannot_be_read_ends_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    for reading in (lambda: read_bundle(V1), lambda: load_roster(VECTORS / "V1" / "roster.csv")):
        with pytest.raises(Rejected) as caught:
            reading()
        assert caught.value.code == "file-unreadable"


def test_a_hundred_megabyte_line_ends_in_one_line(tmp_path: Path) -> None:
    files = vector("V1")
    files["roster.csv"] = b"id,stratum,weight,skill,excluded\n" + b"9" * 100_000_000 + b"\n"
    rejected(run("verify", str(write_files(tmp_path, files))), "roster-pattern")
    files["plan.json"] = b'{"a":' + b"[" * 1_000_000
    rejected(run("verify", str(write_files(tmp_path, files))), "file-last-lf")


def test_a_register_is_walked_line_by_line(tmp_path: Path) -> None:
    one = append_event(b"", at="2026-11-23T01:00:00Z", draw_id="130111-RS-2026-0001", event="登记")
    later = {"at": "2026-11-23T01:00:01Z", "draw_id": "130111-RS-2026-0001", "event": "冻结"}
    two = append_event(one, **later, digest="a" * 64)
    whole = tmp_path / "register.jsonl"
    whole.write_bytes(one + two)
    told = run("register", str(whole))
    assert told.returncode == 0
    assert sha256_bytes(two.rstrip(b"\n")) in told.stdout.decode()
    whole.write_bytes(one.replace(b'"seq":1', b'"seq":7') + two)
    broken = run("register", str(whole))
    assert (broken.returncode, broken.stdout) == (2, b"")
    assert "第 1 行" in broken.stderr.decode()
    assert run("register", str(tmp_path / "none")).returncode == 2


def test_commit_prints_what_a_sealed_value_was_committed_to() -> None:
    told = run("commit", "ab" * 32)
    assert told.stdout.decode().strip() == sealed_commitment("ab" * 32)
    assert run("commit", "ab").returncode == 2


def test_root_is_that_of_the_protocols_example() -> None:
    told = run("root", str(VECTORS / "V1"), "00112233445566778899aabbccddeeff")
    assert told.stdout.decode().strip() == "4ba83cc640b3f0a1ed154ef66712d0cbb8d9798725c701a4eab9e7af09f654ba"
