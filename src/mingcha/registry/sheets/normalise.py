"""Texts as people meant them: without what cannot be seen, with one width of letters and digits.

Nearly every cell is clean already, so each step first asks cheaply whether there is anything to do.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_BLANK: Final = re.compile(r"\s+")
_WRAPPED: Final = re.compile(r'="(.*)"', re.S)
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW_LETTERS: Final = {
    code: narrow for code, narrow in _NARROW.items() if chr(narrow).isascii() and chr(narrow).isalnum()
}

PLACEHOLDERS: Final = frozenset(
    [
        "n/a",
        "na",
        "nan",
        "null",
        "none",
        "nil",
        "-",
        "--",
        "---",
        "—",
        "——",
        "/",
        "//",
        "\\",
        ".",
        "*",
        "无",
        "空",
        "暂无",
        "没有",
        "未知",
        "不详",
        "不明",
        "未填",
        "未填写",
        "无数据",
        "(空)",
        "（空）",
        "(null)",
        "<null>",
        "缺失",
        "待补",
        "待补充",
        "0000-00-00",
        "0000/00/00",
    ]
)
"""What people and systems write where there is nothing to write."""
_LONGEST_PLACEHOLDER: Final = max(map(len, PLACEHOLDERS))


def clean(text: str) -> str:
    """Without invisible characters, with single blanks, without the marks that only held a text as text.

    A leading apostrophe and ="…" come from people who wanted long numbers kept.
    """
    if text.isprintable() and "  " not in text and text[:1] not in "'= " and text[-1:] != " ":
        return text
    text = _BLANK.sub(" ", _INVISIBLE.sub("", text)).strip()
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1].strip()
    return text[1:].lstrip() if text.startswith("'") else text


def half_width(text: str) -> str:
    """Full-width letters, digits and signs to half-width: for numbers, codes and dates."""
    return text if text.isascii() else text.translate(_NARROW)


def tidy(text: str) -> str:
    """A text as it is kept: clean, with half-width letters and digits. The hot path of every list."""
    if not text.isprintable() or "  " in text or text[:1] in "'= " or text[-1:] == " ":
        text = clean(text)
    return half_width_letters(text) if _WIDE.search(text) else text


def half_width_letters(text: str) -> str:
    """Full-width letters and digits to half-width; brackets and commas stay as they were written."""
    return text.translate(_NARROW_LETTERS)


def is_placeholder(text: str) -> bool:
    """Whether a clean text says that there is nothing."""
    return len(text) <= _LONGEST_PLACEHOLDER and (not text or text.lower() in PLACEHOLDERS)


def name_form(name: str) -> str:
    """The form by which names are compared: one width, no blanks, capitals.

    北京（示范）有限公司 and 北京(示范) 有限公司 are one name.
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", clean(name))).upper()
