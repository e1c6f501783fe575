"""Numbers as Chinese law writes them: 第一百零三条, 第十七条, 第2项."""

from __future__ import annotations

__all__ = ["NUMERAL", "read_number", "written_number"]

#: A regular expression for one number, in Chinese or Arabic figures, full-width ones too.
NUMERAL = "[0-9０-９]+|[〇零一二三四五六七八九十百千两]+"

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 9999


def read_number(text: str) -> int:
    """The number that "一百零三", "103" or "１０３" is; ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            # "十七" begins with its place: the one before it is not written.
            total, digit = total + (digit or 1) * _PLACES[character], 0
        else:
            raise ValueError(f"not a number: {text!r}")
    if not text:
        raise ValueError("not a number: nothing")
    return total + digit


def written_number(number: int) -> str:
    """The number in Chinese, as official texts write it (10 is 十, 103 is 一百零三); 0 to 9999."""
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"{number} is not between 0 and {_LARGEST}")
    figures = "零一二三四五六七八九"
    written, gap = "", False
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap and written else "") + figures[digit] + place
        gap = digit == 0
    return written.removeprefix("一") if written.startswith("一十") else written or "零"
