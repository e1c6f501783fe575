"""Counts and sums: how many people, how much money (in yuan)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from mingcha.registry.sheets.model import Fault, Parsed
from mingcha.registry.sheets.normalise import clean, half_width, is_placeholder

_LARGEST_COUNT: Final = 2_147_483_647
_LARGEST_SUM: Final = 9_223_372_036_854_775_807
_COUNT: Final = re.compile(
    r"(?P<about>约|大约|近|超|超过|不足|大于|小于|>|<|≥|≤|>=|<=)?\s*"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?\s*"
    r"(?P<more>余|多|以上|左右|\+|上下)?\s*(?:人|名|个|位|件|户次|户|次|家)?\s*(?P<after>以上|左右|以下)?"
)
_CHINESE_DIGIT: Final = {
    character: value
    for value, characters in enumerate(
        ("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_CHINESE_UNIT: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE_MYRIAD: Final = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_CHINESE: Final = re.compile(r"[〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿億]+")
_UNITS: Final = {
    "": 1, "元": 1, "百": 100, "千": 1000, "仟": 1000, "百元": 100, "千元": 1000, "万": 10_000, "萬": 10_000,
    "万元": 10_000, "十万": 100_000, "百万": 1_000_000, "百万元": 1_000_000, "千万": 10_000_000,
    "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000,
}  # fmt: skip
_FOREIGN: Final = re.compile(
    r"美|港|欧元|英镑|日元|日圆|韩|新加坡|新币|澳|加拿大|加元|法郎|马克|台币|泰|卢布|克朗|比索|里拉|"
    r"USD|HKD|EUR|GBP|JPY|KRW|SGD|AUD|CAD|CHF|TWD|\$|€|£", re.I
)  # fmt: skip
_RENMINBI: Final = re.compile(r"人民币|RMB|CNY|[¥￥]|整|正", re.I)
_AMOUNT: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([^\d.,]*)")


def parse_count(text: str) -> Parsed:
    """How many: 12, 12人, 1,234, 十二人; 约30 is read as 30 with a warning. Never negative."""
    cleaned = half_width(clean(text))
    if is_placeholder(cleaned):
        return Parsed()
    if cleaned.isdecimal():
        return _bounded(int(cleaned))
    found = _COUNT.fullmatch(cleaned)
    if not found:
        numeral = _CHINESE.match(cleaned)
        if numeral and cleaned[numeral.end() :] in {"", "人", "名", "个", "位", "件"}:
            return _bounded(chinese_number(numeral[0]))
        return Parsed("", (Fault(_("看不懂这个人数或数目，请填写整数"), "error"),))
    if found["part"] and found["part"].strip("0"):
        return Parsed("", (Fault(_("应为整数，请核对"), "error"),))
    about = found["about"] or found["more"] or found["after"]
    doubts = (Fault(_("原文是约数，按%(number)s登记") % {"number": found["number"]}),) if about else ()
    return _bounded(int(found["number"].replace(",", "")), doubts)


def read_yuan(text: str, bare_is_yuan: bool = False) -> tuple[int | None, tuple[Fault, ...]]:
    """A sum of money in whole yuan: None for foreign money, for sums without a unit, and for no sum."""
    compact = re.sub(r"[\s()\[\]【】:]", "", half_width(text)).removesuffix("、")
    if _FOREIGN.search(compact):
        return None, (Fault(_("外币金额只保留原文，不折算为人民币")),)
    named = _RENMINBI.search(compact) is not None
    compact = _RENMINBI.sub("", compact)
    numeral = _CHINESE.match(compact)
    if numeral and compact[numeral.end() :] in {"", "元", "圆"} and not compact[0].isdecimal():
        return _sum(Decimal(chinese_number(numeral[0])), ())
    found = _AMOUNT.fullmatch(compact)
    if not found or (unit := _UNITS.get(found[3].replace("圆", "元"))) is None:
        return None, (Fault(_("看不懂这个金额，只保留原文")),)
    amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if not found[3] and not named and amount:
        if bare_is_yuan:
            return _sum(amount, (Fault(_("没有写明单位，按元登记")),))
        return None, (Fault(_("没有写明单位是元还是万元，只保留原文")),)
    return _sum(amount * unit, ())


def parse_capital(text: str) -> Parsed:
    """Registered capital: the text as it stands, and capital_yuan where it is renminbi."""
    cleaned = clean(text)
    if is_placeholder(cleaned):
        return Parsed()
    if len(cleaned) > 100:
        return Parsed("", (Fault(_("注册资本超过100个字，请核对是否错列"), "error"),))
    yuan, problems = read_yuan(cleaned)
    foreign = bool(_FOREIGN.search(cleaned))
    return Parsed(cleaned, () if foreign else problems, None if yuan is None else {"capital_yuan": yuan})


def parse_yuan(text: str) -> Parsed:
    """A sum of money in yuan; one that cannot be told is an error."""
    cleaned = clean(text)
    if is_placeholder(cleaned):
        return Parsed()
    yuan, problems = read_yuan(cleaned, bare_is_yuan=True)
    if yuan is None:
        return Parsed("", tuple(Fault(problem.reason, "error") for problem in problems))
    return Parsed(yuan, problems)


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral, plain or formal: 伍佰万 → 5000000, 二〇 → 20."""
    if not any(character in _CHINESE_UNIT or character in _CHINESE_MYRIAD for character in text):
        return int("".join(str(_CHINESE_DIGIT[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _CHINESE_DIGIT:
            digit = _CHINESE_DIGIT[character]
        elif character in _CHINESE_UNIT:
            section += (digit or 1) * _CHINESE_UNIT[character]
            digit = 0
        else:
            myriad = _CHINESE_MYRIAD[character]
            # 一千二百万亿 multiplies all that came before; 一亿二千万 only what follows the 亿.
            if myriad > 10_000:
                total = (total + section + digit or 1) * myriad
            else:
                total += (section + digit or 1) * myriad
            section = digit = 0
    return total + section + digit


def _bounded(number: int, doubts: tuple[Fault, ...] = ()) -> Parsed:
    if number > _LARGEST_COUNT:
        return Parsed("", (Fault(_("数目过大，请核对"), "error"),))
    return Parsed(number, doubts)


def _sum(amount: Decimal, doubts: tuple[Fault, ...]) -> tuple[int | None, tuple[Fault, ...]]:
    yuan = int(amount.to_integral_value(ROUND_HALF_UP))
    if yuan > _LARGEST_SUM:
        return None, (Fault(_("金额过大，只保留原文，请核对")),)
    return yuan, doubts
