"""Hashing, canonical JSON and the rules that hold for every canonical text (protocol 7.1 and 7.2)."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from .errors import Rejected

MAX_JSON_BYTES = 16 * 1024 * 1024
"""Largest plan.json or entropy.json that is read; a real one has a few kilobytes."""

MAX_INTEGER = 2**53 - 1
"""Largest integer accepted in JSON: beyond it a browser's parser and RFC 8785 no longer agree with us."""


MAX_DEPTH = 64
"""Deepest nesting of lists and objects accepted in JSON; otherwise each parser's own limit would decide."""


def sha256_text(text: str) -> str:
    """H(s) of protocol 7.1: lowercase hexadecimal SHA-256 of the ASCII bytes of `text`.

    Raises UnicodeEncodeError when `text` is not ASCII, which the field patterns exclude beforehand.
    """
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def sha256_bytes(data: bytes) -> str:
    """Lowercase hexadecimal SHA-256 of a whole file, the number `sha256sum` prints (protocol 7.1)."""
    return hashlib.sha256(data).hexdigest()


def shown(value: object) -> str:
    """Foreign text made safe for one line of a terminal: printable ASCII, at most 60 characters.

    Long input is cut before it is escaped, so that a hostile line of 100 MB costs nothing here.
    """
    return ascii(value[:60] if isinstance(value, str) else value)[:60]


def canonical_json(value: Any) -> bytes:
    """One line of canonical JSON followed by LF (protocol 7.2, `plan.json`).

    Keys sorted, separators without spaces, non-ASCII characters unescaped. Raises UnicodeEncodeError for
    lone surrogates; numbers are the caller's duty (`parse_json` refuses everything but integers).
    """
    dumped = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (dumped + "\n").encode("utf-8")


def check_pieces(name: str, pieces: Iterable[bytes]) -> None:
    """Check a canonical file that comes in pieces: UTF-8 without BOM, LF after every line including the last
    (protocol 7.2).

    Raises Rejected `file-bom`, `file-cr`, `file-last-lf` or `file-encoding`, in this order.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    first, last, returns, readable = b"", b"", False, True
    for piece in pieces:
        first, last = (first + piece[:3])[:3], piece[-1:] or last
        returns = returns or b"\r" in piece
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            readable = False
    if first == b"\xef\xbb\xbf":
        raise Rejected("file-bom", f"{name} 开头有字节顺序标记（BOM）")
    if returns:
        raise Rejected("file-cr", f"{name} 含回车符（CR），换行只能是 LF；可能经 Excel 或记事本另存过")
    if last != b"\n":
        raise Rejected("file-last-lf", f"{name} 最后一行之后缺少换行符（LF）")
    if not readable:
        raise Rejected("file-encoding", f"{name} 不是 UTF-8 文本")


def decoded(name: str, data: bytes) -> str:
    """The text of a canonical file including the last LF. Raises Rejected as `check_pieces`."""
    check_pieces(name, [data])
    return data.decode("utf-8")


def parse_json(stem: str, data: bytes) -> Any:
    """Parse canonical JSON of `<stem>.json` strictly (protocol 7.2).

    Returns the value. Raises Rejected `file-too-large`, those of `check_pieces`, and with the stem in
    front `-json` (not JSON, or nested more than 64 deep), `-number` (not a non-negative integer below
    2^53) and `-canonical` (key order, spaces, escapes or duplicate keys differ from the one canonical form).
    """

    def integer(digits: str) -> int:
        # The length is looked at first: int() of a million digits would take minutes on older versions.
        if len(digits) > 16 or digits.startswith("-") or int(digits) > MAX_INTEGER:
            raise Rejected(f"{stem}-number", f"{stem}.json 含超出范围的数 {shown(digits)}，只允许非负整数")
        return int(digits)

    def no_fraction(digits: str) -> int:
        raise Rejected(f"{stem}-number", f"{stem}.json 含非整数 {shown(digits)}，只允许非负整数")

    if len(data) > MAX_JSON_BYTES:
        raise Rejected("file-too-large", f"{stem}.json 超过 {MAX_JSON_BYTES} 字节")
    text = decoded(f"{stem}.json", data)
    try:
        value = json.loads(text, parse_int=integer, parse_float=no_fraction, parse_constant=no_fraction)
        if _deeper(value, MAX_DEPTH):
            raise RecursionError
        again = canonical_json(value)
    except Rejected:
        raise
    except (ValueError, RecursionError):
        raise Rejected(
            f"{stem}-json", f"{stem}.json 不是可读的 JSON（语法错误、嵌套过深或含非法字符）"
        ) from None
    if again != data:
        raise Rejected(f"{stem}-canonical", f"{stem}.json 不是规范写法（键序、空格、转义或重复键）")
    return value


def _deeper(value: Any, levels: int) -> bool:
    """True when lists and objects are nested more than `levels` deep."""
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(v, levels - 1) for v in inner)


def is_hex(value: object, digits: int) -> bool:
    """True when `value` is a string of exactly `digits` lowercase hexadecimal digits."""
    return isinstance(value, str) and len(value) == digits and not set(value) - set("0123456789abcdef")
