"""changes.jsonl: what a 候补 or 更换 was, beside a register that only tells that there was one (Details).

Each change is two canonical lines. The public one goes into every bundle; its digest stands in the register.
It says who takes whose place and how the teams stand afterwards, never why a person was replaced, and holds
the digest of the confidential one: the event's `detail` as `Dispatch.apply` takes it, with a random salt, so
that a register line tells nothing to somebody who guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import Rejected
from .register import Register
from .replay import Draw
from .substitution import Dispatch
from .text import canonical_json, is_hex, parse_json, sha256_bytes, shown

PUBLIC_CHANGES, CONFIDENTIAL_CHANGES = "changes.jsonl", "changes-confidential.jsonl"
SALT_DIGITS = 32
EVENTS = ("候补", "更换")


class ChangeLines(NamedTuple):
    """Both lines of one change with their LF, and the digest of the public one for the register."""

    public: bytes
    confidential: bytes
    digest: str


def change_lines(
    *, draw_id: str, number: int, event: str, told: Mapping[str, Any], detail: Mapping[str, Any], salt: str
) -> ChangeLines:
    """Write change `number` (from 1) of a draw. `told` is what the public may know, `detail` what repeats it.

    `salt` is 32 random hexadecimal digits, never used twice. Raises Rejected as `check_changes`.
    """
    confidential = canonical_json({**detail, "number": number, "salt": salt})
    public = canonical_json(
        {**told, "confidential": _digest(confidential), "draw_id": draw_id, "event": event, "number": number}
    )
    _public(public, draw_id, number)
    _confidential(confidential, _digest(confidential), number)
    return ChangeLines(public, confidential, _digest(public))


def check_changes(
    register: Register,
    draw_id: str,
    public: bytes,
    confidential: bytes | None = None,
    draw: Draw | None = None,
) -> list[dict[str, Any]]:
    """The changes of a draw, each public line as a value, after everything that can be checked was.

    The digests of the lines are those of the register, in its order, none missing. With `draw` (a bundle,
    repeated) every 候补 must be the next of its stratum. With `confidential` its lines are those that the
    public ones commit to, and tell of the same firms and cause; with both, and a complete bundle, every
    change is repeated, too, and must give the teams that were told. Raises Rejected `changes-…`.
    """
    told = [entry for entry in register.entries if entry.draw_id == draw_id and entry.event in EVENTS]
    lines = public.splitlines(keepends=True)
    if len(lines) != len(told):
        raise Rejected("changes-count", f"登记簿上有 {len(told)} 次候补或更换，文件里有 {len(lines)} 次")
    found = [_public(line, draw_id, number) for number, line in enumerate(lines, 1)]
    for value, line, entry in zip(found, lines, told, strict=True):
        if (_digest(line), value["event"]) != (entry.digest, entry.event):
            raise Rejected(
                "changes-digest", f"第 {value['number']} 次变动与登记簿第 {entry.seq} 行的摘要不符"
            )
    if draw is not None:
        _in_order(found, draw)
    if confidential is not None:
        complete = draw if draw is not None and draw.pairing is not None else None
        _repeat(found, confidential.splitlines(keepends=True), complete)
    return found


def _in_order(found: list[dict[str, Any]], draw: Draw) -> None:
    """Who takes a place is the next reserve of the stratum of who leaves it, and only who has one leaves."""
    waiting = {stratum.code: [one.id for one in stratum.reserves] for stratum in draw.strata}
    visited = {one.id: stratum.code for stratum in draw.strata for one in stratum.drawn}
    for value in found:
        if value["event"] != "候补":
            continue
        leaves, takes = str(value.get("leaves")), str(value.get("takes"))
        stratum = visited.pop(leaves, "")
        queue = waiting.get(stratum, [])
        if not queue or queue.pop(0) != takes:
            raise Rejected(
                "changes-order",
                f"第 {value['number']} 次变动应按顺序递补：{shown(takes)} 不是 {shown(leaves)} 那类的下一个",
            )
        visited[takes] = stratum


def _repeat(found: list[dict[str, Any]], lines: list[bytes], draw: Draw | None) -> None:
    if len(lines) != len(found):
        raise Rejected("changes-count", f"公开的变动有 {len(found)} 次，保密的文件里有 {len(lines)} 次")
    state = Dispatch(draw) if draw is not None else None
    for value, line in zip(found, lines, strict=True):
        detail = _confidential(line, value["confidential"], value["number"])
        told = (value.get("leaves"), value.get("takes"), value.get("reason"))
        kept = (detail.get("leaves"), detail.get("takes"), detail.get("cause"))
        if told != (kept if value["event"] == "候补" else (None, None, None)):
            raise Rejected(
                "changes-place", f"第 {value['number']} 次变动公布的退出、接替或事由与保密记录不同"
            )
        if state is not None and state.apply(value["event"], detail).teams != value["teams"]:
            raise Rejected("changes-teams", f"第 {value['number']} 次变动重新推算的检查组与公布的不同")


def _public(line: bytes, draw_id: str, number: int) -> dict[str, Any]:
    value = _object(line)
    teams = value.get("teams")
    fits = (
        value.get("draw_id") == draw_id
        and value.get("number") == number
        and value.get("event") in EVENTS
        and is_hex(value.get("confidential"), 64)
        and isinstance(teams, dict)
        and all(isinstance(team, list) for team in teams.values())
    )
    if not fits:
        raise Rejected("changes-field", f"第 {number} 次变动的公开记录缺少规定的项目或次序不对")
    return value


def _confidential(line: bytes, digest: str, number: int) -> dict[str, Any]:
    value = _object(line)
    if _digest(line) != digest:
        raise Rejected("changes-digest", f"第 {number} 次变动的保密记录与公开记录中的摘要不符")
    if value.get("number") != number or not is_hex(value.get("salt"), SALT_DIGITS):
        raise Rejected("changes-field", f"第 {number} 次变动的保密记录缺少规定的项目或次序不对")
    return value


def _object(line: bytes) -> dict[str, Any]:
    value = parse_json("changes", line)
    if not isinstance(value, dict):
        raise Rejected("changes-field", "变动记录应当每行一个对象")
    return value


def _digest(line: bytes) -> str:
    """SHA-256 of a line without its LF, as the register's `prev`."""
    return sha256_bytes(line.removesuffix(b"\n"))
