"""Digests that others can repeat: SHA-256 and SM3, canonical JSON, and the link of a chained register.

A record names the algorithm it was digested with, so a register may change over without being rewritten.
SM3 (GB/T 32905-2016) is taken from hashlib where the platform offers it, else computed here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = [
    "ALGORITHMS",
    "GENESIS",
    "Algorithm",
    "canonical_json",
    "chain_digest",
    "find_algorithm",
    "hex_digest",
    "sm3",
]

GENESIS: Final = "0" * 64
"""What stands as the previous digest before the first record of a chain."""

_HEX64: Final = re.compile(r"[0-9a-f]{64}")
_WORD: Final = 0xFFFFFFFF
_SM3_START: Final = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip


def _rotl(word: int, count: int) -> int:
    count %= 32
    return ((word << count) | (word >> (32 - count))) & _WORD


_SM3_T: Final = tuple(_rotl(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64))


def _expand(block: bytes) -> list[int]:
    """GB/T 32905-2016 5.3.2: the 68 words W of one 64-byte block."""
    w = [int.from_bytes(block[place : place + 4], "big") for place in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _rotl(w[j - 3], 15)
        w.append(x ^ _rotl(x, 15) ^ _rotl(x, 23) ^ _rotl(w[j - 13], 7) ^ w[j - 6])
    return w


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """GB/T 32905-2016 5.3.3: the compression function CF."""
    w = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        a12 = _rotl(a, 12)
        ss1 = _rotl((a12 + e + _SM3_T[j]) & _WORD, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g & _WORD)
        tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) & _WORD
        tt2 = (gg + h + ss1 + w[j]) & _WORD
        a, b, c, d = tt1, a, _rotl(b, 9), c
        e, f, g, h = tt2 ^ _rotl(tt2, 9) ^ _rotl(tt2, 17), e, _rotl(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3(data: bytes) -> str:
    """SM3 of `data` in 64 lower-case hex digits, computed in Python (GB/T 32905-2016)."""
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = _SM3_START
    for place in range(0, len(padded), 64):
        state = _compress(state, padded[place : place + 64])
    return "".join(f"{word:08x}" for word in state)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _platform_sm3(data: bytes) -> str:
    return hashlib.new("sm3", data).hexdigest()


def _best_sm3() -> Callable[[bytes], str]:
    try:
        _platform_sm3(b"")
    except ValueError:
        return sm3
    return _platform_sm3


@dataclass(frozen=True)
class Algorithm:
    """A digest of 256 bits: its name in records, its name for people, bytes to hex."""

    name: str
    label: str
    digest: Callable[[bytes], str]


ALGORITHMS: Final[Mapping[str, Algorithm]] = {
    entry.name: entry
    for entry in (Algorithm("sha256", "SHA-256", _sha256), Algorithm("sm3", "SM3（国密）", _best_sm3()))
}


def find_algorithm(name: str) -> Algorithm:
    """The registered algorithm of that name. Raises ValueError for any other name."""
    try:
        return ALGORITHMS[name]
    except KeyError:
        raise ValueError(f"unknown digest algorithm {name!r}; known: {', '.join(ALGORITHMS)}") from None


def hex_digest(data: bytes, algorithm: str = "sha256") -> str:
    """The digest of `data` in 64 lower-case hex digits. Raises ValueError for an unknown algorithm."""
    return find_algorithm(algorithm).digest(data)


def canonical_json(obj: object) -> bytes:
    """`obj` as UTF-8 JSON that has one spelling only: keys sorted by code point, no spaces,
    nothing escaped but what JSON requires.

    Allowed: None, bool, int, str, lists and tuples, mappings with text keys. Anything else raises
    ValueError: floats because their text is not one thing everywhere; dates because the caller decides
    how they are written (ISO 8601).
    """
    _check_json(obj, "$")
    text = json.dumps(obj, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def _check_json(obj: object, where: str) -> None:
    if obj is None or isinstance(obj, str | int):
        return
    if isinstance(obj, dict):
        for key, value in obj.items():
            if not isinstance(key, str):
                raise ValueError(f"{where}: a key must be text, not {key!r}")
            _check_json(value, f"{where}.{key}")
    elif isinstance(obj, list | tuple):
        for place, value in enumerate(obj):
            _check_json(value, f"{where}[{place}]")
    else:
        raise ValueError(f"{where}: {type(obj).__name__} has no canonical form here")


def chain_digest(prev: str, payload: bytes, algorithm: str = "sha256") -> str:
    """The digest of one record in a chain: digest(prev, newline, payload), `GENESIS` before the first.

    `printf '%s\\n%s' "$prev" "$payload" | sha256sum` confirms it by hand. Raises ValueError when `prev` is
    not 64 lower-case hex digits or the algorithm is unknown.
    """
    if not _HEX64.fullmatch(prev):
        raise ValueError(f"a previous digest is 64 lower-case hex digits, not {prev!r}")
    return hex_digest(prev.encode("ascii") + b"\n" + payload, algorithm)
