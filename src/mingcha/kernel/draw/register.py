"""register.jsonl: the chained public register of draw numbers (protocol 7.0 and 7.10).

`prev` is the SHA-256 of the UTF-8 bytes of the previous line without its LF, 64 zeros in the first line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from .errors import Rejected
from .plan import DRAW_ID
from .text import canonical_json, is_hex, parse_json, sha256_bytes, shown

EVENTS = ("登记", "冻结", "熵源", "结果", "候补", "更换", "作废")
FIRST = "0" * 64
AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
FOLLOWS = {
    "登记": (None,),
    "冻结": ("登记",),
    "熵源": ("冻结",),
    "结果": ("熵源",),
    "候补": ("结果", "候补", "更换"),
    "更换": ("结果", "候补", "更换"),
    "作废": ("登记", "冻结", "熵源", "结果", "候补", "更换"),
}
"""Which last event of the same draw number each event may follow; None: the number is new."""
MAX_LINE_BYTES = 65536


class Entry(NamedTuple):
    """One event. `at` is ISO 8601 with offset; `digest` is the SHA-256 of what the event is about (plan.json,
    entropy.json, result.csv, an evidence file), 64 zeros where there is nothing; `detail` is a free object
    that makes the event repeatable, e.g. {"leaves": id, "takes": id}; `line_digest` goes on the public
    notice."""

    at: str
    digest: str
    draw_id: str
    event: str
    prev: str
    seq: int
    detail: dict[str, Any]
    line_digest: str


class Gap(NamedTuple):
    """The first place where a register does not hold: line number from 1, machine code, Chinese sentence."""

    line: int
    code: str
    sentence: str


def _instant(at: str) -> datetime:
    """The moment of an `at`; raises ValueError for a date that does not exist."""
    return datetime.fromisoformat(at.replace("Z", "+00:00"))


def parse_entry(line: bytes) -> Entry:
    """One line with its LF. Raises Rejected `register-json`, `-number`, `-canonical`, `-field` or
    `file-…`."""
    if len(line) > MAX_LINE_BYTES:
        raise Rejected("file-too-large", f"register.jsonl 的一行超过 {MAX_LINE_BYTES} 字节")
    raw = parse_json("register", line)
    known = {"at", "digest", "draw_id", "event", "prev", "seq"}
    if (
        not isinstance(raw, dict)
        or set(raw) - {"detail"} != known
        or not isinstance(raw.get("detail", {}), dict)
    ):
        raise Rejected(
            "register-field", "登记簿的字段应为 at、digest、draw_id、event、prev、seq 和可选的 detail"
        )
    texts = [raw[f] for f in ("at", "draw_id", "event")]
    if (
        not all(isinstance(t, str) for t in texts)
        or type(raw["seq"]) is not int
        or raw["event"] not in EVENTS
    ):
        raise Rejected("register-field", f"登记簿事件未知或字段类型不符：{shown(raw['event'])}")
    if not (AT.fullmatch(raw["at"]) and DRAW_ID.fullmatch(raw["draw_id"])):
        raise Rejected("register-field", "登记簿的时间或抽取编号格式不符")
    try:
        _instant(raw["at"])
    except ValueError:
        raise Rejected("register-field", f"登记簿的时间不存在：{shown(raw['at'])}") from None
    if not (is_hex(raw["digest"], 64) and is_hex(raw["prev"], 64)):
        raise Rejected("register-field", "登记簿的 digest 或 prev 应为 64 位小写十六进制数")
    return Entry(raw["at"], raw["digest"], raw["draw_id"], raw["event"], raw["prev"], raw["seq"],
                 raw.get("detail", {}), sha256_bytes(line[:-1]))  # fmt: skip


class Register:
    """The state that decides whether the next event may follow (protocol 7.0: a number is never reused)."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.last_event: dict[str, str] = {}
        self.last_number: dict[str, int] = {}

    @property
    def head(self) -> str:
        """Digest of the last line, 64 zeros for an empty register; printed on every public notice."""
        return self.entries[-1].line_digest if self.entries else FIRST

    def accept(self, entry: Entry) -> None:
        """Check one entry against everything before it and take it in.

        Raises Rejected `register-chain` (seq or prev) or `register-order` (time runs backwards, event out of
        turn, draw number not consecutive).
        """
        if entry.seq != len(self.entries) + 1:
            raise Rejected(
                "register-chain", f"序号应为 {len(self.entries) + 1}，实为 {entry.seq}：有记录被删除或插入"
            )
        if entry.prev != self.head:
            raise Rejected("register-chain", "prev 与上一行的摘要不符：上一行被改动过")
        if self.entries and _instant(entry.at) < _instant(self.entries[-1].at):
            raise Rejected("register-order", "时间早于上一条记录")
        before = self.last_event.get(entry.draw_id)
        if before not in FOLLOWS[entry.event]:
            raise Rejected(
                "register-order", f"{entry.draw_id} 的“{entry.event}”不能接在“{before or '无'}”之后"
            )
        if entry.event == "登记":
            self._consecutive(entry.draw_id)
        self.last_event[entry.draw_id] = entry.event
        self.entries.append(entry)

    def _consecutive(self, draw_id: str) -> None:
        """Within one prefix (区划码-部门-年) registered numbers rise by one, so that none can be hidden."""
        prefix, _, tail = draw_id.rpartition("-")
        if not tail.isdigit():
            raise Rejected("register-order", f"抽取编号末段应为序号：{draw_id}")
        number, last = int(tail), self.last_number.get(prefix)
        if last is not None and number != last + 1:
            raise Rejected(
                "register-order", f"抽取编号不连续：{prefix} 的上一个序号是 {last}，本次是 {number}"
            )
        self.last_number[prefix] = number


def load_register(data: bytes) -> Register:
    """Read and check a whole register.jsonl; empty bytes are an empty register. Raises Rejected as
    `parse_entry` and `Register.accept` do."""
    register = Register()
    for line in _lines(data):
        register.accept(parse_entry(line))
    return register


def _lines(data: bytes) -> list[bytes]:
    """Lines with their LF; only LF ends a line."""
    parts = data.split(b"\n")
    return [p + b"\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def first_gap(data: bytes) -> Gap | None:
    """Where a register stops holding, for a reader: None when it is whole (protocol 7.10)."""
    register = Register()
    for number, line in enumerate(_lines(data), 1):
        try:
            register.accept(parse_entry(line))
        except Rejected as error:
            return Gap(number, error.code, error.detail)
    return None


def append_event(
    data: bytes,
    *,
    at: str,
    draw_id: str,
    event: str,
    digest: str = FIRST,
    detail: Mapping[str, Any] | None = None,
) -> bytes:
    """The line (with LF) to append to the register `data` (protocol 7.10).

    The whole register is checked first, so nothing is ever appended behind a gap. Raises Rejected.
    """
    register = load_register(data)
    entry: dict[str, Any] = {
        "at": at, "digest": digest, "draw_id": draw_id, "event": event, "prev": register.head,
        "seq": len(register.entries) + 1,
    }  # fmt: skip
    if detail is not None:
        entry["detail"] = dict(detail)
    line = canonical_json(entry)
    register.accept(parse_entry(line))
    return line
