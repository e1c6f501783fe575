"""The files that are handed to the public and to the overseer (protocol 7.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .chains import chains_json
from .errors import Rejected
from .plan import parse_plan, write_entropy
from .replay import CONFIDENTIAL, INPUTS, Draw, replay, result_csv
from .seed import Value
from .selection import Select, select
from .single_file import single_file
from .text import sha256_bytes


class Revealed(NamedTuple):
    """A draw at T5: the repeated draw, and the files entropy.json, result.csv and chains.json added to the
    sealed four."""

    draw: Draw
    files: dict[str, bytes]


def reveal(sealed: Mapping[str, bytes], values: Sequence[str], *, select: Select = select) -> Revealed:
    """Draw: the sealed files and the values of the plan's sources, in plan order (protocol 7.3–7.8).

    `select` as in `replay`. Raises Rejected `entropy-source` when the number of values differs, otherwise as
    `replay`. `value_problems` (seed.py) is the additional check of what somebody typed.
    """
    for name in CONFIDENTIAL:
        if name not in sealed:
            raise Rejected("file-missing", f"缺少文件 {name}")
    sources = parse_plan(sealed["plan.json"]).sources
    if len(values) != len(sources):
        raise Rejected("entropy-source", f"方案有 {len(sources)} 个随机源，给出了 {len(values)} 个值")
    announced = [Value(s.name, s.issue, values[n]) for n, s in enumerate(sources)]
    files = {**sealed, "entropy.json": write_entropy(announced)}
    draw = replay(files, select=select)
    files["result.csv"] = result_csv(draw)
    if draw.pairing is not None:
        files["chains.json"] = chains_json(draw.pairing)
    return Revealed(draw, files)


def guide(draw: Draw) -> bytes:
    """说明.txt: three lines on checking one company with any SHA-256 calculator (protocol 7.10)."""
    key = draw.keys.draw_key
    return (
        f"一、把 {key} 与企业编号连写，用任意 SHA-256 计算器求值，"
        f"即为该企业的号码（printf %s {key}编号 | sha256sum）。\n"
        "二、同层未排除的企业按号码从小到大依次抽中（有权重时按“号码前 16 位 × 720720 ÷ 权重”），"
        "result.csv 中 S 为抽中、R 为候补。\n"
        f"三、全部重算：python3 verify.py . plan={draw.plan.digest}，"
        "末行 MATCH 为一致；请以事先公布的方案摘要为准。\n"
    ).encode()


def sha256sums(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS of these files, for `sha256sum -c` (protocol 7.10)."""
    return "".join(f"{sha256_bytes(files[name])}  {name}\n" for name in sorted(files)).encode()


def full_bundle(
    files: Mapping[str, bytes], evidence: Mapping[str, bytes] | None = None, *, select: Select = select
) -> dict[str, bytes]:
    """The complete bundle for the overseer: the five inputs, result, chains, verify.py, 说明.txt, SHA256SUMS.

    `files` are those of `reveal`; `evidence` (screenshots, photographs) goes under evidence/. The result is
    repeated first (`select` as in `replay`): raises Rejected when `files` are not a valid bundle or
    `result.csv` is not what they determine.
    """
    draw = replay(files, select=select)
    if draw.pairing is None:
        raise Rejected("file-missing", "完整包须含 inspectors.csv 与 recusals.csv")
    again = result_csv(draw)
    if files.get("result.csv", again) != again:
        raise Rejected("argument", "result.csv 与重算结果不一致，不能成包")
    found = {name: files[name] for name in INPUTS}
    found.update({"result.csv": again, "chains.json": chains_json(draw.pairing)})
    return _finished(draw, found, evidence)


def public_bundle(
    files: Mapping[str, bytes], evidence: Mapping[str, bytes] | None = None, *, select: Select = select
) -> dict[str, bytes]:
    """The same without inspectors.csv and recusals.csv: citizens repeat the targets, overseers the pairing,
    too.

    Raises Rejected as `full_bundle`.
    """
    full = full_bundle(files, select=select)
    kept = {n: d for n, d in full.items() if n not in (*CONFIDENTIAL, "SHA256SUMS", "verify.py", "说明.txt")}
    return _finished(replay(kept, select=select), kept, evidence)


def _finished(draw: Draw, files: dict[str, bytes], evidence: Mapping[str, bytes] | None) -> dict[str, bytes]:
    """Add evidence, verify.py, 说明.txt and SHA256SUMS. Raises Rejected `argument` for a path as a file
    name."""
    for name, data in (evidence or {}).items():
        if not name or name.startswith(".") or set(name) & set("/\\\n\r\0"):
            raise Rejected("argument", "证据文件名不能含路径分隔符或换行")
        files[f"evidence/{name}"] = data
    files["verify.py"] = single_file().encode()
    files["说明.txt"] = guide(draw)
    files["SHA256SUMS"] = sha256sums(files)
    return files
