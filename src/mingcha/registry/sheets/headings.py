"""Headings of columns: what is left when decoration is taken away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_NOISE: Final = re.compile(r"[\s*＊:：、,，.。;；\-—_~\"'“”‘’|]+")
_BRACKET: Final = re.compile(r"[（(\[【〔<《]([^（）()\[\]【】〔〕<>《》]*)[)）\]】〕>》]")
_UNIT: Final = re.compile(
    r"(?:单位|金额)?:?(?:人民币)?(亿元|千万元|百万元|万元|千元|百元|元|亿|万)(?:人民币)?"
)
_UNITS_ROW: Final = re.compile(r"(?:金额)?(?:计量)?单位[:：]?(?:人民币)?(亿元|百万元|万元|千元|元)")
_FILLER: Final = re.compile(
    r"(?:必填|选填|可选|非必填|必填项|选填项|下拉选择|文本格式|示例.*|例[:：].*|格式.*|如[:：].*|yyyy.*)",
    re.I,
)


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading without blanks, stars, colons, remarks like （必填）and units: the form that is compared.

    >>> plain("* 企业 名称（必填）：")
    '企业名称'
    """
    text = unicodedata.normalize("NFKC", heading)
    text = _BRACKET.sub(lambda found: "" if _is_remark(found[1]) else found[1], text)
    return _NOISE.sub("", _FILLER.sub("", text)).upper()


@lru_cache(maxsize=4096)
def unit_of(heading: str) -> str:
    """The unit of money that a heading names in brackets or after a slash, e.g. 万元; empty when none."""
    text = unicodedata.normalize("NFKC", heading)
    for found in _BRACKET.finditer(text):
        if unit := _UNIT.fullmatch(found[1].replace(" ", "")):
            return _whole(unit[1])
    tail = re.search(r"/(亿元|百万元|万元|千元|元)$", text.strip())
    return tail[1] if tail else ""


def units_row(text: str) -> str:
    """The unit that a line above the table declares (单位：万元); empty when it declares none."""
    found = _UNITS_ROW.search(unicodedata.normalize("NFKC", text).replace(" ", ""))
    return found[1] if found else ""


def joined(parts: list[str]) -> str:
    """One heading out of those of merged rows: 用工人数 over 总数 is 用工人数/总数."""
    kept: list[str] = []
    for part in parts:
        text = " ".join(part.split())
        if text and text not in kept:
            kept.append(text)
    return "/".join(kept)


def _is_remark(text: str) -> bool:
    inner = text.replace(" ", "")
    return (
        not inner
        or bool(_UNIT.fullmatch(inner) or _FILLER.fullmatch(inner) or len(inner) > 8)
        or inner
        in {
            "人",
            "名",
            "个",
            "户",
            "位",
            "18位",
            "全称",
            "盖章",
            "公章",
            "人数",
            "机构",
            "市场主体",
        }
    )


def _whole(unit: str) -> str:
    return unit if unit.endswith("元") else unit + "元"
