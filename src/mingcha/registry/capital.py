"""Registered capital as registers write it: free text, understood only where it says its unit.

A bare number is not understood: some lists mean 元, others 万元, and a guess would be wrong by four zeros.
Foreign currency is not converted: there is no rate that would be right.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_UNITS = {"元": 1, "圆": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}
_WORDS = ("人民币", "RMB", "CNY", "¥", "整")
_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>亿元|万元|亿|万|元|圆)")
#: 100 trillion yuan; more is a slip of the keyboard.
_MOST = 10**14


def capital_yuan(text: str) -> int | None:
    """Whole yuan of a text such as "500万元人民币" or "人民币 3.5 亿元"; None if not understood."""
    plain = unicodedata.normalize("NFKC", text).upper()
    for word in _WORDS:
        plain = plain.replace(word, "")
    plain = re.sub(r"[\s,()]", "", plain)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    try:
        yuan = Decimal(found["number"]) * _UNITS[found["unit"]]
    except InvalidOperation:
        return None
    return int(yuan) if yuan <= _MOST else None
