"""The public register: nothing can be removed, inserted, changed or put out of turn unseen."""

from __future__ import annotations

import hashlib
import json

import pytest

from mingcha.kernel.draw import Rejected, append_event, first_gap, load_register

NUMBER = "130111-RS-2026-0001"
STORY = ["登记", "冻结", "熵源", "结果", "候补", "更换", "作废"]


def register(events: list[str] = STORY, draw_id: str = NUMBER) -> bytes:
    data = b""
    for n, event in enumerate(events):
        data += append_event(data, at=f"2026-07-{n + 1:02}T09:00:00+08:00", draw_id=draw_id, event=event)
    return data


def test_a_whole_story_is_accepted() -> None:
    data = register()
    assert first_gap(data) is None
    loaded = load_register(data)
    assert [e.event for e in loaded.entries] == STORY
    assert loaded.head == hashlib.sha256(data.split(b"\n")[-2]).hexdigest()
    assert loaded.entries[0].prev == "0" * 64


def test_an_empty_register_is_whole() -> None:
    assert first_gap(b"") is None
    assert load_register(b"").head == "0" * 64


def test_a_line_is_canonical_json_with_the_fields_of_the_protocol() -> None:
    line = register(["登记"])
    value = json.loads(line)
    assert sorted(value) == ["at", "digest", "draw_id", "event", "prev", "seq"]
    dumped = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert (dumped + "\n").encode() == line


@pytest.mark.parametrize("victim", range(len(STORY) - 1))
def test_a_removed_or_changed_line_is_named(victim: int) -> None:
    lines = register().splitlines(keepends=True)
    gap = first_gap(b"".join(lines[:victim] + lines[victim + 1 :]))
    assert gap is not None
    assert (gap.line, gap.code) == (victim + 1, "register-chain")
    lines[victim] = lines[victim].replace(b"T09:00:00", b"T09:00:01")
    gap = first_gap(b"".join(lines))
    assert gap is not None
    assert (gap.line, gap.code) == (victim + 2, "register-chain")


@pytest.mark.parametrize(
    ("before", "event"),
    [
        ([], "冻结"),
        (["登记"], "登记"),
        (["登记"], "熵源"),
        (["登记", "冻结"], "结果"),
        (["登记", "冻结"], "冻结"),
        (["登记", "冻结", "熵源", "结果"], "结果"),
        (["登记", "作废"], "冻结"),
        (["登记", "作废"], "作废"),
    ],
)
def test_an_event_out_of_turn_is_refused(before: list[str], event: str) -> None:
    with pytest.raises(Rejected, match="register-order"):
        append_event(register(before), at="2026-08-01T09:00:00+08:00", draw_id=NUMBER, event=event)


def test_draw_numbers_are_consecutive_within_their_prefix() -> None:
    data = register(["登记"])
    for draw_id, fine in (
        ("130111-RS-2026-0003", False),
        ("130111-RS-2026-0002", True),
        ("130111-RS-2027-0001", True),
    ):
        if fine:
            append_event(data, at="2026-08-01T09:00:00+08:00", draw_id=draw_id, event="登记")
        else:
            with pytest.raises(Rejected, match="register-order"):
                append_event(data, at="2026-08-01T09:00:00+08:00", draw_id=draw_id, event="登记")


def test_time_does_not_run_backwards_even_across_offsets() -> None:
    data = register(["登记"])
    append_event(data, at="2026-07-01T01:30:00Z", draw_id=NUMBER, event="冻结")
    with pytest.raises(Rejected, match="register-order"):
        append_event(data, at="2026-07-01T00:30:00Z", draw_id=NUMBER, event="冻结")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"seq":1', b'"seq":1.0', "register-number"),
        (b'"seq":1', b'"seq": 1', "register-canonical"),
        (b'"seq":1', b'"seq":"1"', "register-field"),
        ("登记".encode(), "重抽".encode(), "register-field"),
        (b"2026-07-01", b"2026-02-30", "register-field"),
        (b"+08:00", b"", "register-field"),
        (b'"seq":1', b'"remark":"","seq":1', "register-canonical"),
        (b'"digest":"0', b'"digest":"G', "register-field"),
        (b"130111-RS", b"130111_RS", "register-field"),
        (b"}", b"", "register-json"),
        (b"\n", b"", "file-last-lf"),
        (b"\n", b"\r\n", "file-cr"),
    ],
)
def test_a_malformed_line_is_named_by_code(old: bytes, new: bytes, code: str) -> None:
    line = register(["登记"])
    assert old in line
    gap = first_gap(line.replace(old, new, 1))
    assert gap is not None
    if code == "register-canonical" and b"remark" in new:
        code = "register-field"  # the keys are sorted there too; only the field is unknown
    assert (gap.line, gap.code) == (1, code)


def test_nothing_is_appended_behind_a_gap() -> None:
    data = register().replace(b"09:00:00", b"08:00:00", 1)
    with pytest.raises(Rejected, match="register-chain"):
        append_event(data, at="2026-09-01T09:00:00+08:00", draw_id="130111-RS-2026-0002", event="登记")


def test_a_hostile_line_is_rejected_and_not_worked_on() -> None:
    for line in (b"[" * 50_000 + b"\n", b"9" * 1_000_000 + b"\n", b"\xff\n", b"\n"):
        gap = first_gap(line)
        assert gap is not None
        assert gap.line == 1
