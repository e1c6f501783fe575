"""The command line of the draw kernel (Command line; part of the contract)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .changes import CONFIDENTIAL_CHANGES, PUBLIC_CHANGES, check_changes
from .errors import Rejected
from .explain import explain, explanation_lines
from .files import open_bundle, read_file
from .merkle import roster_root
from .plan import parse_plan
from .register import first_gap, load_register
from .replay import CONFIDENTIAL, replay, result_lines
from .seed import sealed_commitment
from .selection import ticket
from .single_file import single_file
from .tables import ID
from .text import is_hex, shown
from .verify import run_verify

USAGE = """用法：python3 -m mingcha.kernel.draw 命令 …
  replay 目录                 重算，把 result.csv 的内容写到标准输出
  verify 目录 [plan=摘要]     重算并与目录中的 result.csv 比对
  explain 目录 编号           说明一个对象为何抽中或未抽中
  ticket 抽取密钥 编号        一个对象的号码
  register 登记簿             核对 register.jsonl 的链，写出末行摘要
  changes 目录 登记簿         核对 changes.jsonl（候补、更换）与登记簿的摘要；完整包还重新推算每一次
  commit 封存值               封存值（64 位）的承诺，与方案中的 commit 比对
  root 目录 盐密钥            用盐密钥重算名录的 Merkle 根，与方案中的 roster_root 比对
  single-file                 把单文件核验程序 verify.py 写到标准输出
"""


LF = b"\n"
Answer = tuple[int, Iterable[bytes]]
"""Exit status, and what goes to standard output, piece by piece."""


def _lines(lines: Sequence[str]) -> list[bytes]:
    """Lines for a reader as UTF-8, whatever the terminal's locale says."""
    return [f"{line}\n".encode() for line in lines]


def _arguments(arguments: Sequence[str], count: int) -> None:
    """Raises Rejected `argument` unless there are exactly `count` arguments."""
    if len(arguments) != count:
        raise Rejected("argument", f"此命令需要 {count} 个参数")


def _replay(arguments: Sequence[str]) -> Answer:
    """`replay DIR`: the bytes of result.csv. A public bundle is rejected, because they cannot be known."""
    _arguments(arguments, 1)
    files, roster, _ = open_bundle(arguments[0])
    for name in CONFIDENTIAL:
        if name not in files:
            raise Rejected("file-missing", f"缺少文件 {name}")
    return 0, result_lines(replay(files, roster=roster))


def _verify(arguments: Sequence[str]) -> Answer:
    """`verify DIR [plan=HEX]`."""
    status, lines = run_verify(arguments)
    return status, _lines(lines)


def _explain(arguments: Sequence[str]) -> Answer:
    """`explain DIR ID`."""
    _arguments(arguments, 2)
    files, roster, _ = open_bundle(arguments[0])
    draw = replay(files, roster=roster)
    return 0, _lines(explanation_lines(draw, explain(draw, arguments[1])))


def _ticket(arguments: Sequence[str]) -> Answer:
    """`ticket KEY ID`: 64 digits, what `printf %s KEYID | sha256sum` prints."""
    _arguments(arguments, 2)
    if not is_hex(arguments[0], 32) or not re.fullmatch(ID, arguments[1]):
        raise Rejected("argument", "抽取密钥应为 32 位小写十六进制数，编号应为 1–32 位数字或大写字母")
    return 0, _lines([ticket(*arguments)])


def _register(arguments: Sequence[str]) -> Answer:
    """`register FILE`: how many lines hold together and the digest of the last (protocol 7.10).

    Raises Rejected with the code and the line of the first gap.
    """
    _arguments(arguments, 1)
    data = read_file(Path(arguments[0]))
    if data is None:
        raise Rejected("file-missing", f"没有这个文件：{shown(arguments[0])}")
    gap = first_gap(data)
    if gap is not None:
        raise Rejected(gap.code, f"登记簿第 {gap.line} 行：{gap.sentence}")
    return 0, _lines([f"登记簿 {data.count(LF)} 行，首尾相连", f"末行摘要 {load_register(data).head}"])


def _changes(arguments: Sequence[str]) -> Answer:
    """`changes DIR REGISTER`: what was changed after the result, held against the register (Details).

    Where the list can be repeated, the order of the reserves is, too, and with the complete bundle every
    change. Raises Rejected `changes-…`.
    """
    _arguments(arguments, 2)
    folder = Path(arguments[0])
    files, roster, _ = open_bundle(arguments[0])
    register = read_file(Path(arguments[1]))
    public, confidential = (
        read_file(folder.joinpath(name)) for name in (PUBLIC_CHANGES, CONFIDENTIAL_CHANGES)
    )
    for name, data in (("plan.json", files.get("plan.json")), (shown(arguments[1]), register)):
        if data is None:
            raise Rejected("file-missing", f"缺少文件 {name}")
    draw = replay(files, roster=roster) if roster is not None else None
    draw_id = parse_plan(files["plan.json"]).draw_id
    found = check_changes(load_register(register or b""), draw_id, public or b"", confidential, draw)
    lines = [line for value in found for line in _told(value)]
    order = "，候补都按先后顺序" if draw is not None else ""
    complete = confidential is not None and draw is not None and draw.pairing is not None
    how = "，每一次都重新推算过，检查组一致" if complete else order
    return 0, _lines([*lines, f"候补和更换 {len(found)} 次，与登记簿的摘要一致{how}"])


def _told(change: Mapping[str, Any]) -> Iterator[str]:
    """One change for a reader: who takes whose place, and the teams afterwards."""
    place = (
        f"：{shown(change.get('leaves'))} 退出，{shown(change.get('takes'))} 接替"
        if "takes" in change
        else ""
    )
    yield f"第 {change['number']} 次 {change['event']}{place}"
    for target, team in change["teams"].items():
        yield f"  {shown(target)} 的检查组：{' '.join(shown(code) for code in team) or '无'}"


def _commit(arguments: Sequence[str]) -> Answer:
    """`commit VALUE`: what a plan committed to when it sealed this value (protocol 7.3)."""
    _arguments(arguments, 1)
    return 0, _lines([sealed_commitment(arguments[0])])


def _root(arguments: Sequence[str]) -> Answer:
    """`root DIR SALTKEY`: the salted root of roster.csv, for whoever has the salt key (protocol 7.9)."""
    _arguments(arguments, 2)
    files, roster, _ = open_bundle(arguments[0])
    draw = replay(files, roster=roster)
    return 0, _lines([roster_root(draw.roster.scan(), arguments[1])])


def _single_file(arguments: Sequence[str]) -> Answer:
    """`single-file`: the text of verify.py."""
    _arguments(arguments, 0)
    return 0, [single_file().encode("utf-8")]


COMMANDS: dict[str, Callable[[Sequence[str]], Answer]] = {
    "replay": _replay,
    "verify": _verify,
    "explain": _explain,
    "ticket": _ticket,
    "register": _register,
    "changes": _changes,
    "commit": _commit,
    "root": _root,
    "single-file": _single_file,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status (0, 1 mismatch, 2 rejected) and writes the output.

    Standard output gets only the answer; a rejection is one line on standard error.
    """
    if arguments and arguments[0] in ("-h", "--help", "help"):
        sys.stdout.buffer.write(USAGE.encode())
        return 0
    try:
        if not arguments or arguments[0] not in COMMANDS:
            raise Rejected("argument", f"没有这个命令，可用的有 {'、'.join(COMMANDS)}；说明见 --help")
        status, output = COMMANDS[arguments[0]](arguments[1:])
    except Rejected as error:
        sys.stderr.buffer.write(f"REJECTED: {error}\n".encode())
        return 2
    sys.stdout.buffer.writelines(output)
    return status
