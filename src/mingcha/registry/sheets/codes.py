"""Codes of subjects as lists hold them: read as far as they can be trusted, never guessed.

Only what can be a unified code becomes one. A number of the time before (15, 13 or 9 places) goes to the old
number; what can be neither stays in a note and the row enters under a public number. Only a code that a
spreadsheet has destroyed refuses its row: the identity was there, and the owner of the file still has it.
"""

from __future__ import annotations

import re
from operator import mul
from typing import Final

from django.utils.translation import gettext as _

from mingcha.kernel import credit_code
from mingcha.kernel.refusal import gettext_noop
from mingcha.registry.sheets.model import Fault, Parsed
from mingcha.registry.sheets.normalise import clean, is_placeholder

_WHOLE: Final = re.compile(r"[1-9ANY][0-9A-HJ-NP-RTUWXY]\d{6}[0-9A-HJ-NP-RTUWXY]{10}", re.A)
_VALUES: Final = bytes.maketrans(credit_code.ALPHABET.encode(), bytes(range(31)))
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_ORG_VALUES: Final = bytes.maketrans(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", bytes(range(36)))
_ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_DIGITS: Final = b"0X987654321"
_OLD_KINDS: Final = frozenset({"registration15", "org9"})
_ALIKE: Final = {
    "check_digit": gettext_noop("校验码（末位）与前面各位不符，请核对原件；原件如此的可以保留"),
    "org_check_digit": gettext_noop("主体校验码与前八位不符，请核对原件；原件如此的可以保留"),
    "unknown_registrar": gettext_noop("首位不是已知的登记管理部门，请核对原件"),
}
_NO_CODE: Final = gettext_noop("不能作为统一社会信用代码；可以导入，由系统编公开编号，原来的写法记入备注")
_DESTROYED: Final = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}|\d{16,}0{3}", re.I)


def parse_credit_code(text: str) -> Parsed:
    """A unified code, or what stands in its column; see the module for what becomes of each."""
    if _WHOLE.fullmatch(text) and _verifies(text):
        return Parsed(text)
    cleaned = clean(text)
    if is_placeholder(cleaned):
        return Parsed()
    report = credit_code.examine(cleaned)
    reasons = [_(problem.message) for problem in report.problems]
    if any(problem.code == "spreadsheet_number" for problem in report.problems):
        remedy = _("请在原表中把这一列设为“文本”格式，从来源系统重新导出后再导入")
        return Parsed("", (Fault(f"{reasons[0]}。{remedy}", "error"),))
    if report.kind == "uscc18" and report.acceptable:
        return Parsed(report.normalised, _faults(report), _notes(reasons))
    if report.kind in _OLD_KINDS or any(problem.code == "old_number_13" for problem in report.problems):
        return Parsed("", _faults(report), {"old_number": report.normalised})
    kept = _("名单中的代码“%(code)s”不能作为统一社会信用代码：%(reasons)s")
    note = kept % {"code": cleaned[:40], "reasons": "；".join(reasons)}
    return Parsed("", (Fault(_(_NO_CODE)),), _notes([note]))


def _faults(report: credit_code.CodeReport) -> tuple[Fault, ...]:
    """The problems of a code, each in words that are the same for every row, so that rows can be counted by
    them; what exactly is expected stands in the note on the subject."""
    return tuple(Fault(_(_ALIKE.get(problem.code, problem.message))) for problem in report.problems)


def parse_old_number(text: str) -> Parsed:
    """A number of before; a unified code that stands in its column is taken for what it is."""
    cleaned = clean(text)
    if is_placeholder(cleaned):
        return Parsed()
    report = credit_code.examine(cleaned)
    if report.kind == "uscc18" or any(problem.code == "spreadsheet_number" for problem in report.problems):
        parsed = parse_credit_code(text)
        also = dict(parsed.also or {})
        if parsed.value:
            also["credit_code"] = parsed.value
        return Parsed("", parsed.problems, also)
    if len(report.normalised) > 32:
        return Parsed("", (Fault(_("原注册号超过32位，请核对是否错列"), "error"),))
    return Parsed(report.normalised)


def kind_of_code(code: str) -> str:
    """What kind of body a unified code was issued to; empty where it does not say. Never a place."""
    return _KINDS.get(code[:2], "") or ("public_body" if code[:1] == "1" else "")


_KINDS: Final = {
    "91": "enterprise",
    "92": "household",
    "93": "cooperative",
    "51": "nonenterprise",
    "52": "nonenterprise",
    "53": "nonenterprise",
    "31": "nonenterprise",
    "11": "public_body",
    "12": "public_body",
    "13": "public_body",
    "19": "public_body",
}


def _notes(reasons: list[str]) -> dict[str, str]:
    return {"code_warnings": "\n".join(reasons)} if reasons else {}


def _verifies(code: str) -> bool:
    """Whether both check digits agree: what `credit_code.examine` says at length, for the many clean ones."""
    characters = code.encode()
    values = characters.translate(_VALUES)
    if -sum(map(mul, values, _WEIGHTS)) % 31 != values[17]:
        return False
    total = sum(map(mul, characters[8:16].translate(_ORG_VALUES), _ORG_WEIGHTS))
    return _ORG_DIGITS[total % 11] == characters[16]
