"""plan.json: the only commitment of a draw (protocol 7.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .errors import Rejected
from .patterns import parse_pattern
from .quotas import check_quota
from .seed import ISSUE, NAME, Source, Value
from .text import canonical_json, is_hex, parse_json, sha256_bytes, shown

SPEC = "SSJ-1"
DRAW_ID = re.compile("[0-9A-Za-z-]{1,48}")
TABLES = ("roster", "inspectors", "recusals")
MAX_TEAM = 64
"""Most inspectors per target; a bound, so that a hostile plan cannot ask for 10^15 columns."""


class Plan(NamedTuple):
    """A checked plan.json (protocol 7.2).

    `digest` is the plan digest; `tables` maps roster, inspectors and recusals to the SHA-256 of their files;
    `reserve_pct` is per cent of the drawn number, `per_target` inspectors per target (0 = no matching);
    `raw` is the whole object, with the free extra fields.
    """

    digest: str
    draw_id: str
    title: str
    quota: dict[str, Any]
    weighting: str
    reserve_pct: int
    per_target: int
    sources: tuple[Source, ...]
    tables: dict[str, str]
    raw: dict[str, Any]


def parse_plan(data: bytes) -> Plan:
    """Read and check the bytes of plan.json (protocol 7.2, Details); extra fields are allowed.

    Raises Rejected `plan-json`, `plan-number`, `plan-canonical`, `plan-spec`, `plan-draw-id`, `plan-field`,
    `plan-quota-mode`, `plan-quota`, `plan-entropy`, `plan-pattern` or one of the `file-…` codes.
    """
    raw = parse_json("plan", data)
    if not isinstance(raw, dict):
        raise Rejected("plan-field", "plan.json 应为一个对象")
    if raw.get("spec") != SPEC:
        raise Rejected("plan-spec", f"协议标识应为 {SPEC}，实为 {shown(raw.get('spec'))}")
    if not isinstance(raw.get("draw_id"), str) or not DRAW_ID.fullmatch(raw["draw_id"]):
        raise Rejected("plan-draw-id", f"抽取编号格式不符：{shown(raw.get('draw_id'))}")
    tables = {t: raw.get(f"{t}_sha256") for t in TABLES}
    if not isinstance(raw.get("title"), str) or not all(is_hex(d, 64) for d in tables.values()):
        raise Rejected("plan-field", "title 或三个 _sha256 字段缺失或格式不符")
    if "roster_root" in raw and not is_hex(raw["roster_root"], 64):
        raise Rejected("plan-field", "roster_root 应为 64 位小写十六进制数")
    if raw.get("weighting") not in ("none", "w16"):
        raise Rejected("plan-field", "weighting 应为 none 或 w16")
    pct, team = raw.get("reserve_pct"), raw.get("per_target")
    if type(pct) is not int or type(team) is not int or team > MAX_TEAM:
        raise Rejected(
            "plan-field", f"reserve_pct 或 per_target 缺失或不是规定的整数（per_target 至多 {MAX_TEAM}）"
        )
    check_quota(raw.get("quota"))
    sources = parse_sources(raw.get("entropy"))
    return Plan(sha256_bytes(data), raw["draw_id"], raw["title"], raw["quota"], raw["weighting"], pct, team,
                sources, {t: str(d) for t, d in tables.items()}, raw)  # fmt: skip


def parse_sources(entropy: Any) -> tuple[Source, ...]:
    """The ordered sources of a plan (protocol 7.2, 7.3). Raises Rejected `plan-entropy`, `plan-pattern`.

    A sealed source has issue 1 and a commitment; a plan that names no source at all determines nothing.
    """
    if not isinstance(entropy, list) or not entropy:
        raise Rejected("plan-entropy", "方案没有指定随机源")
    sources: list[Source] = []
    for item in entropy:
        fields = [item.get(f) if isinstance(item, dict) else None for f in ("name", "issue", "pattern")]
        if not all(isinstance(f, str) for f in fields):
            raise Rejected("plan-entropy", "随机源缺少 name、issue 或 pattern")
        name, issue, pattern = (str(f) for f in fields)
        if not NAME.fullmatch(name) or not ISSUE.fullmatch(issue):
            raise Rejected("plan-entropy", f"随机源名称或期号格式不符：{shown(name)} {shown(issue)}")
        commit = item.get("commit", "")
        if "commit" in item and not is_hex(commit, 64) or name == "sealed" and (not commit or issue != "1"):
            raise Rejected("plan-entropy", f"随机源 {name} 的 commit 缺失或格式不符，或 sealed 的期号不是 1")
        parse_pattern(pattern)
        sources.append(Source(name, issue, pattern, commit))
    return tuple(sources)


def build_plan(
    *,
    draw_id: str,
    title: str,
    quota: Mapping[str, Any],
    entropy: Sequence[Source],
    roster: bytes,
    inspectors: bytes,
    recusals: bytes,
    weighting: str = "none",
    reserve_pct: int = 0,
    per_target: int = 0,
    roster_root: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> bytes:
    """The bytes of plan.json for three canonical tables (protocol 7.2).

    `extra` holds the free fields (deadline, places of publication, last digest of the register); it cannot
    replace a field of the protocol. The result is parsed again: raises Rejected as `parse_plan` does.
    """
    plan: dict[str, Any] = dict(extra or {})
    plan.update(
        spec=SPEC, draw_id=draw_id, title=title, quota=dict(quota), weighting=weighting,
        reserve_pct=reserve_pct, per_target=per_target,
        roster_sha256=sha256_bytes(roster), inspectors_sha256=sha256_bytes(inspectors),
        recusals_sha256=sha256_bytes(recusals),
        entropy=[{f: v for f, v in s._asdict().items() if f != "commit" or v} for s in entropy],
    )  # fmt: skip
    if roster_root is not None:
        plan["roster_root"] = roster_root
    try:
        data = canonical_json(plan)
    except (TypeError, ValueError, RecursionError):
        raise Rejected("plan-json", "方案含不能写成规范 JSON 的内容") from None
    parse_plan(data)
    return data


def plan_digest(data: bytes) -> str:
    """The plan digest, all 64 digits: SHA-256 of plan.json (protocol 7.2); never print a part of it (4)."""
    return sha256_bytes(data)


def parse_entropy(data: bytes) -> list[Value]:
    """The values of entropy.json in order (protocol 7.2).

    Raises Rejected `entropy-json`, `entropy-number`, `entropy-canonical`, `entropy-field` or `file-…`.
    """
    raw = parse_json("entropy", data)
    values: list[Value] = []
    for item in raw if isinstance(raw, list) else [None]:
        if not isinstance(item, dict) or set(item) != set(Value._fields):
            raise Rejected("entropy-field", "entropy.json 应为 {name, issue, value} 的列表")
        if not all(isinstance(field, str) for field in item.values()):
            raise Rejected("entropy-field", "entropy.json 的 name、issue、value 应为文字")
        values.append(Value(**item))
    return values


def write_entropy(values: Sequence[Value]) -> bytes:
    """The canonical bytes of entropy.json (protocol 7.2)."""
    return canonical_json([v._asdict() for v in values])
