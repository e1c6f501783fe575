"""Comparing a published result with a repeated draw (Command line: `verify`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .beside import NAMES, beside, check_names
from .certificate import newcomers, shortages
from .chains import chain_record
from .errors import Rejected
from .files import open_bundle
from .pairing import Pairing
from .replay import Draw, replay, result_lines
from .roster import BLOCK, Roster, opened
from .selection import Select, select
from .tables import MAX_LINE
from .text import sha256_bytes
from .wording import chain_sentence, shortage_text, total_sentence


class Report(NamedTuple):
    """Outcome of a verification. `match` compares the whole result.csv, or columns 1–5 when `targets_only`;
    `result_digest` is the SHA-256 of the published result.csv, `replayed_digest` of the repeated one."""

    match: bool
    targets_only: bool
    draw: Draw
    result_digest: str
    replayed_digest: str


def target_columns(line: bytes, per_target: int) -> bytes:
    """A line of result.csv without its inspector columns (Command line, public bundle).

    A line with another number of columns is kept as it is, so that it differs from any replay.
    """
    cells = line.removesuffix(b"\n").split(b",", 5 + per_target)
    return b",".join(cells[:5]) + b"\n" if len(cells) == 5 + per_target and line.endswith(b"\n") else line


def verify(
    files: Mapping[str, bytes],
    plan_digest: str | None = None,
    *,
    roster: Path | Roster | None = None,
    result: Path | None = None,
    select: Select = select,
) -> Report:
    """Repeat the draw and compare with result.csv (Command line: `verify`).

    Arguments as `replay`; `result` is where result.csv lies when it is not in `files`. Raises Rejected as
    `replay`, when result.csv is missing, and when `files` has other names than were sealed (7.10).
    """
    draw = replay(files, plan_digest, roster=roster, select=select)
    if result is None and "result.csv" not in files:
        raise Rejected("file-missing", "缺少文件 result.csv")
    if NAMES in files:
        check_names(files["plan.json"], sha256_bytes(files[NAMES]))
    try:
        with opened(result or files["result.csv"]) as file:
            return _compared(draw, file)
    except OSError:
        raise Rejected("file-unreadable", "result.csv 无法读取") from None


def _compared(draw: Draw, file: BinaryIO) -> Report:
    """The published result.csv beside the repeated one, line by line."""
    public, same = draw.pairing is None, True
    published, again = sha256(), sha256()
    for line in result_lines(draw):
        found = file.readline(MAX_LINE)
        published.update(found)
        again.update(line)
        same = same and line == (target_columns(found, draw.plan.per_target) if public else found)
    while rest := file.read(BLOCK):
        published.update(rest)
        same = False
    return Report(same, public, draw, published.hexdigest(), again.hexdigest())


def pairing_lines(pairing: Pairing) -> list[str]:
    """The pairing for a reader: every chain, and every shortage with its proof and a way out."""
    lines = [f"调剂与拉平 {len(pairing.chains)} 次"]
    lines += [chain_sentence(chain_record(pairing, chain)) for chain in pairing.chains]
    lines.append(f"未配足的名额 {sum(u.slots for u in pairing.unserved)} 个")
    for shortage in shortages(pairing):
        text = shortage_text(pairing, shortage)
        lines += [text.headline, *(f"  {part}" for part in (text.proof, *text.others, text.way_out) if part)]
    return [*lines, total_sentence(newcomers(pairing))] if pairing.unserved else lines


def report_lines(report: Report) -> list[str]:
    """The report of `verify` as lines for a reader; the last is MATCH or MISMATCH."""
    plan, keys, pairing = report.draw.plan, report.draw.keys, report.draw.pairing
    lines = [f"抽取编号 {plan.draw_id}", f"方案摘要 plan {plan.digest}", f"种子 seed {keys.seed}"]
    lines += [f"抽取密钥 draw_key {keys.draw_key}", f"派员密钥 insp_key {keys.insp_key}"]
    for s in report.draw.strata:
        cutoff = "无" if s.cutoff is None else str(s.cutoff)
        lines.append(
            f"层 {s.code}：在册 {s.rows}，可抽 {s.eligible}，"
            f"抽中 {len(s.drawn)}，候补 {len(s.reserves)}，分界 {cutoff}"
        )
    if pairing:
        lines += pairing_lines(pairing)
    else:
        lines.append("公开包不含 inspectors.csv 与 recusals.csv：只核对检查对象（第 1–5 列），未核对派员")
    lines.append(f"结果摘要 result {report.result_digest}")
    if not report.match and not report.targets_only:
        lines.append(f"重算结果摘要 {report.replayed_digest}")
    return [*lines, "MATCH" if report.match else "MISMATCH"]


def run_verify(arguments: Sequence[str]) -> tuple[int, list[str]]:
    """`verify DIR [plan=HEX]`: exit status (0 match, 1 mismatch) and the lines to print.

    Raises Rejected (exit status 2), `argument` for a wrong call.
    """
    if not 1 <= len(arguments) <= 2 or not (arguments[1:] or ["plan="])[0].startswith("plan="):
        raise Rejected("argument", "用法：verify 目录 [plan=已公布的方案摘要]")
    digest = arguments[1][5:] if len(arguments) == 2 else None
    files, roster, result = open_bundle(arguments[0])
    report = verify(files, digest, roster=roster, result=result)
    return (0 if report.match else 1), printed_lines(report, digest, beside(arguments[0], files["plan.json"]))


def printed_lines(report: Report, plan_digest: str | None, noted: Sequence[str]) -> list[str]:
    """What `verify` prints: the report, what it means when no published digest was given, and what is
    `noted` of the files beside (`beside`)."""
    lines = report_lines(report)
    lines[-1:-1] = noted
    if plan_digest is None:
        lines.insert(2, "未给出 plan=已公布的方案摘要：只能证明本包前后一致，不能证明方案未被整体替换")
    return lines
