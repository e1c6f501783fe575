"""Entropy sources, seed and the two keys of a draw (protocol 7.3 and 5.1)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .errors import Rejected
from .patterns import matches, shortest
from .text import is_hex, sha256_text, shown

NAME = re.compile("[0-9a-z]{1,32}")
ISSUE = re.compile("[0-9A-Za-z-]{1,64}")
VALUE = re.compile("[0-9A-Za-z.+-]{1,512}")
REQUIRED_CENTIBITS = 4800
"""Least entropy at sealing, in hundredths of a bit (protocol 7.3: 48 bits)."""


class Source(NamedTuple):
    """One entropy source named in the plan before its value exists (protocol 7.2, `entropy`).

    `commit` is the 64-digit commitment of a sealed value, "" where there is none.
    """

    name: str
    issue: str
    pattern: str
    commit: str = ""


class Value(NamedTuple):
    """One value that appeared, in the order of the plan (protocol 7.2, `entropy.json`)."""

    name: str
    issue: str
    value: str


class Keys(NamedTuple):
    """Everything that follows from the entropy alone (protocol 7.3): text, seed (64) and two 32-digit
    keys."""

    seed_text: str
    seed: str
    draw_key: str
    insp_key: str


PATTERNS: dict[str, str] = {
    "kl8": "[0-9]{2}([.][0-9]{2}){19}",
    "ssq": "[0-9]{2}([.][0-9]{2}){5}[+][0-9]{2}",
    "dlt": "[0-9]{2}([.][0-9]{2}){4}[+][0-9]{2}[.][0-9]{2}",
    "3d": "[0-9]([.][0-9]){2}",
    "pl3": "[0-9]([.][0-9]){2}",
    "pl5": "[0-9]([.][0-9]){4}",
    "dice": "[0-9]{20}",
    "witness": "[0-9A-Za-z]{8,64}",
    "drand": "[0-9a-f]{64}",
    "sealed": "[0-9a-f]{64}",
}
"""The pattern to propose for each known source (protocol 7.3, value formats)."""

OUTCOMES: dict[str, int] = {
    "kl8": math.comb(80, 20),
    "ssq": math.comb(33, 6) * 16,
    "dlt": math.comb(35, 5) * math.comb(12, 2),
    "3d": 10**3,
    "pl3": 10**3,
    "pl5": 10**5,
    "drand": 2**256,
}
"""Number of equally likely values of each source that nobody in the room controls (protocol 5.1)."""


def derive_keys(draw_id: str, values: Iterable[Value]) -> Keys:
    """Seed text, seed, draw key and inspector key (protocol 7.3).

    Neither the roster nor the plan enters: nobody gets a fresh draw by changing a harmless byte (5.3).
    """
    seed_text = "|".join(["SSJ-1", draw_id] + [f"{v.name}={v.issue}={v.value}" for v in values])
    seed = sha256_text(seed_text)
    return Keys(seed_text, seed, sha256_text(seed + "/draw")[:32], sha256_text(seed + "/inspect")[:32])


def sealed_commitment(secret: str) -> str:
    """Commitment to a sealed secret of 64 hexadecimal digits (protocol 7.3). Raises Rejected `argument`."""
    if not is_hex(secret, 64):
        raise Rejected("argument", "封存值应为 64 位小写十六进制数")
    return sha256_text("SSJ-1/sealed|" + secret)


def check_values(sources: Sequence[Source], values: Sequence[Value]) -> None:
    """Check the values that appeared against what the plan announced (protocol 7.3, Details).

    Raises Rejected `entropy-source` (names, order or issues differ), `entropy-characters`,
    `entropy-pattern` and `entropy-sealed` (the value does not open its commitment).
    """
    if [(v.name, v.issue) for v in values] != [(s.name, s.issue) for s in sources]:
        raise Rejected("entropy-source", "entropy.json 的随机源名称、顺序或期号与方案不一致")
    for source, value in zip(sources, values, strict=True):
        where = f"随机源 {source.name} 第 {source.issue} 期的值 {shown(value.value)}"
        if not VALUE.fullmatch(value.value):
            raise Rejected("entropy-characters", f"{where}含不允许的字符或长度不符")
        if not matches(source.pattern, value.value):
            raise Rejected("entropy-pattern", f"{where}不符合方案中的 pattern")
        if source.commit and sha256_text("SSJ-1/sealed|" + value.value) != source.commit:
            raise Rejected("entropy-sealed", f"{where}与封存时公布的承诺值不符")


def entropy_centibits(sources: Iterable[Source]) -> int:
    """Total entropy of the sources in hundredths of a bit, rounded down, without floats (protocol 5.1, 7.3).

    witness and sealed count nothing, unknown names count nothing, one issue counts once; dice count log2(10)
    for each character of the shortest value the pattern allows.
    """
    total = 0
    for source in {(s.name, s.issue): s for s in sources}.values():
        outcomes = 10 ** shortest(source.pattern) if source.name == "dice" else OUTCOMES.get(source.name, 1)
        total += (outcomes**100).bit_length() - 1
    return total


def _ascending(numbers: str, most: int) -> bool:
    """True when two-digit numbers joined by dots ascend strictly within 1..most."""
    found = [int(n) for n in numbers.split(".")]
    return found == sorted(set(found)) and found[0] >= 1 and found[-1] <= most


def _two_zones(value: str, front: int, back: int) -> bool:
    """True when `front+back` numbers ascend within their ranges (ssq, dlt)."""
    first, _, second = value.partition("+")
    return _ascending(first, front) and _ascending(second, back)


_RULES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "kl8": ("快乐8应为 01–80 中 20 个不同号码，从小到大排列", lambda v: _ascending(v, 80)),
    "ssq": ("双色球应为 01–33 中 6 个号码从小到大，加号后为 01–16 中 1 个", lambda v: _two_zones(v, 33, 16)),
    "dlt": ("大乐透应为 01–35 中 5 个号码从小到大，加号后为 01–12 中 2 个", lambda v: _two_zones(v, 35, 12)),
}


def value_problems(values: Iterable[Value]) -> list[str]:
    """What is wrong with values as they are typed in (Details: what the application checks).

    Returns Chinese sentences, none when all is well. A verifier does not apply these rules: the protocol
    only binds a value to the plan's pattern.
    """
    problems: list[str] = []
    for value in values:
        known = PATTERNS.get(value.name)
        if value.name == "dice":
            known = "[0-9]+"
        sentence, holds = _RULES.get(value.name, ("", lambda _: True))
        if known and not matches(known, value.value):
            problems.append(f"{value.name} 第 {value.issue} 期：值的格式不符")
        elif not holds(value.value):
            problems.append(f"{value.name} 第 {value.issue} 期：{sentence}")
    return problems
