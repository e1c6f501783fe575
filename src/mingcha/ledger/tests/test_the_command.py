import hashlib
import json
import re
import subprocess
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import mingcha.ledger
from mingcha.base import clock
from mingcha.kernel.digest import GENESIS
from mingcha.ledger import protection
from mingcha.ledger.models import Record, SubjectKey
from mingcha.ledger.services import seal_yesterday
from mingcha.ledger.tests.happenings import note, note_all, phone, tampering

pytestmark = pytest.mark.django_db

FORMAT = Path(mingcha.ledger.__file__).with_name("FORMAT.md")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("ledger", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def failing(*arguments: str) -> tuple[str, str]:
    """What a failing command printed, and its last word."""
    out = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("ledger", *arguments, stdout=out, stderr=out)
    return out.getvalue(), str(failed.value)


@pytest.fixture
def exported(tmp_path) -> Path:
    target = tmp_path / "ledger.jsonl"
    run("export", "--output", str(target))
    return target


def test_verify_reports_an_intact_chain_with_its_rate():
    note_all(numbers=[1, 2, 3])
    text = run("verify")
    assert "已核对 3 条" in text
    assert "条/秒" in text
    assert Record.objects.get(seq=3).digest in text


def test_verify_names_every_gap_and_fails():
    note_all(numbers=[1, 2, 3, 4])
    with tampering() as cursor:
        cursor.execute("UPDATE ledger_record SET why = 'x' WHERE seq = 2")
        cursor.execute("DELETE FROM ledger_record WHERE seq = 3")

    text, last = failing("verify")
    assert "第 2 条内容与其摘要不符" in text
    assert "第 3 条缺失" in text
    assert "发现 2 处问题" in last


def test_verify_takes_a_part_and_digests_from_outside():
    note_all(numbers=[1, 2, 3, 4])
    assert "已核对 2 条（第 2 至 3 条）" in run("verify", "--from", "2", "--to", "3")
    run("verify", "--head", Record.objects.get(seq=3).digest)
    text, _last = failing("verify", "--head", f"4:{'f' * 64}")
    assert "第 4 条不是" in text


def test_verify_refuses_what_is_no_digest():
    with pytest.raises(CommandError, match="64 位"):
        run("verify", "--head", "abc")


def test_head_shows_the_end_of_the_chain_and_the_last_sealed_day():
    note()
    seal_yesterday()
    text = run("head")
    assert Record.objects.order_by("-seq").first().digest in text
    assert "日终" in text


def test_erase_destroys_a_key_and_says_so():
    note(personal=phone())
    assert "已删除 accounts.user:7" in run("erase", "accounts.user:7", "--why", "本人申请")
    assert SubjectKey.objects.get().erased_at is not None


def test_erase_of_an_unknown_subject_fails_in_plain_words():
    _text, last = failing("erase", "accounts.user:7", "--why", "本人申请")
    assert "存证链中没有 accounts.user:7 的个人信息" in last


def test_a_restore_is_recorded_with_where_the_chain_ended():
    note_all(numbers=[1, 2])
    end = Record.objects.get(seq=2)
    run("restored", "--why", "硬盘损坏，用 3 月 1 日的备份")

    record = Record.objects.get(seq=3)
    assert (record.event, record.why) == ("ledger.restored", "硬盘损坏，用 3 月 1 日的备份")
    assert record.after == {"seq": 2, "digest": end.digest}


def test_a_restore_without_a_reason_is_refused():
    _text, last = failing("restored", "--why", " ")
    assert "没有填写理由" in last
    assert not Record.objects.exists()


def test_protect_puts_back_what_is_missing():
    from django.db import connection

    trigger = protection.triggers(connection.vendor)[0]
    with connection.cursor() as cursor:
        cursor.execute(protection.drop_statement(connection.vendor, trigger))

    assert trigger.name in run("protect", "--why", "查明为误删")
    assert protection.missing() == []
    assert "无需恢复" in run("protect", "--why", "例行")


def test_export_takes_a_part(tmp_path):
    note_all(numbers=[1, 2, 3, 4])
    target = tmp_path / "part.jsonl"
    assert "已导出 2 条" in run("export", "--from", "2", "--to", "3", "--output", str(target))
    assert [json.loads(line)["record"]["seq"] for line in target.read_bytes().splitlines()] == [2, 3]


@pytest.fixture
def a_varied_chain(settings):
    """Records with everything in them that could be spelled in more than one way, in both algorithms."""
    with clock.using(clock.FixedClock(datetime(2026, 3, 1, 9, tzinfo=clock.SHANGHAI))):
        note(before={"甲": '\u2028<>&"\\/\n', "𠮷": 1, "z": [None, True]}, after={"n": 2**70}, why="因“为”")
        settings.LEDGER_ALGORITHM = "sm3"
        note(personal=phone(), after={"text": "长" * 5000})
        settings.LEDGER_ALGORITHM = "sha256"
        note_all(numbers=[1, 2])


def test_a_stranger_recomputes_the_chain_with_the_program_in_the_description(a_varied_chain, exported):
    (program,) = re.findall(r"```python\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    end = Record.objects.get(seq=4).digest

    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(exported)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["4", end]

    exported.write_bytes(exported.read_bytes().replace("因“为”".encode(), "因‘为’".encode()))
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(exported)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (1, "gap at record 1")


def test_a_stranger_recomputes_one_digest_by_hand(a_varied_chain, exported):
    (commands,) = re.findall(r"((?:    .*sha256sum\n))", FORMAT.read_text(encoding="utf-8"))
    first = re.search(r"    line=.*\n", FORMAT.read_text(encoding="utf-8"))[0]

    done = subprocess.run(
        ["bash", "-c", first + commands], cwd=exported.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == Record.objects.get(seq=1).digest


def test_an_exported_line_needs_no_python_to_be_split(a_varied_chain, exported):
    prev = GENESIS
    for raw in exported.read_bytes().splitlines():
        line = json.loads(raw)
        payload = raw[160:-1]
        algorithm = line["record"]["algorithm"]
        digest = hashlib.new(algorithm, prev.encode() + b"\n" + payload).hexdigest()
        assert (line["prev"], line["digest"]) == (prev, digest)
        prev = digest
