"""Sums, shares and terms in a text, written one way: 二千元 and 2000元 are one amount."""

from __future__ import annotations

import re

from mingcha.kernel.chinese_numbers import NUMERAL, read_number

_UNITS = "元|倍|个月|月|小时|日|天|周岁|年"
_AMOUNT = re.compile(
    rf"百分之(?P<share>{NUMERAL})|(?P<percent>[0-9０-９]+)[%％]"
    rf"|(?P<number>{NUMERAL})(?P<myriad>万)?(?P<unit>{_UNITS})"
)
#: What looks like an amount and is a day of the year, or how far back one looks.
_NAMES = re.compile("[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年|[近上][0-9一二三两]+个?[年月]")


def amounts(text: str) -> set[str]:
    """Every amount of the text; times (二倍) are told as shares (200%)."""
    found: set[str] = set()
    for amount in _AMOUNT.finditer(_NAMES.sub("", text)):
        if amount["share"] or amount["percent"]:
            found.add(f"{read_number(amount['share'] or amount['percent'])}%")
            continue
        number = read_number(amount["number"]) * (10000 if amount["myriad"] else 1)
        unit = amount["unit"].replace("天", "日").removeprefix("个")
        found.add(f"{number * 100}%" if unit == "倍" else f"{number}{unit}")
    return found
