"""In which encoding a text file is written, decided from the whole file.

UTF-8 (with or without mark), UTF-16, or GB18030 (which holds GBK and GB2312). A file that is nearly one of
them is not guessed at: the line of the first wrong byte is named.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.refusals import refused

_CHUNK: Final = 1 << 20
_SURELY_UTF8: Final = 60
"""So many bytes beyond ASCII that decode as UTF-8 are no accident in a file of another encoding."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: str, name: str) -> str:
    """The encoding, as Python names it. Raises Refused for a file that is no text or damaged."""
    with Path(path).open("rb") as file:
        head = file.read(4096)
    encoding = next((known for mark, known in _MARKS if head.startswith(mark)), "") or _utf16(head)
    if encoding:
        if (wrong := _first_wrong(path, encoding)) is not None:
            raise _damaged(name, encoding, wrong[0])
        return encoding
    _no_nul(path, name)
    utf8 = _first_wrong(path, "utf-8")
    if utf8 is None:
        return "utf-8"
    if utf8[1] < _SURELY_UTF8 and (gb := _first_wrong(path, "gb18030")) is None:
        return "gb18030"
    if utf8[1] >= _SURELY_UTF8:
        raise _damaged(name, "UTF-8", utf8[0])
    assert gb is not None  # noqa: S101  the branch above has looked
    raise _damaged(name, "GB18030", gb[0])


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark shows in the zero halves of its ASCII characters."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 16 and odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 16 and even > 8 * odd else ""


def _chunks(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _first_wrong(path: str, encoding: str) -> tuple[int, int] | None:
    """Line of the first byte that does not decode and the bytes beyond ASCII before it; None when all do."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, beyond = 1, 0
    for chunk in _chunks(path):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            return line + good.count(b"\n"), beyond + _beyond_ascii(good)
        line += text.count("\n")
        beyond += 0 if text.isascii() else _beyond_ascii(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, beyond
    return None


def _beyond_ascii(data: bytes) -> int:
    return len(data.translate(None, bytes(range(128))))


def _no_nul(path: str, name: str) -> None:
    line = 1
    for chunk in _chunks(path):
        if (place := chunk.find(b"\0")) >= 0:
            raise refused(
                "not_text",
                gettext_noop("文件“%(name)s”第%(line)s行含有空字节，不是文本名单"),
                gettext_noop("请用 Excel 或 WPS 打开，“另存为”.xlsx 或“CSV UTF-8”后重新上传"),
                name=name, line=line + chunk.count(b"\n", 0, place),
            )  # fmt: skip
        line += chunk.count(b"\n")


def _damaged(name: str, encoding: str, line: int) -> Exception:
    return refused(
        "encoding",
        gettext_noop("文件“%(name)s”第%(line)s行有无法识别的字符（按 %(encoding)s 读取）"),
        gettext_noop("请用 Excel 或 WPS 打开核对该行，“另存为”.xlsx 或“CSV UTF-8”后重新上传"),
        name=name, line=line, encoding=encoding.upper(),
    )  # fmt: skip
