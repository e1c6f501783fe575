"""The unified social credit code (统一社会信用代码, GB 32100-2015) and the numbers that came before it.

Eighteen characters: registering department, kind of body, six digits of the registering office, nine of
the organisation code (GB 11714-1997, with its own check digit), one check digit.

Two rules that follow from real data. A wrong check digit is a *warning*: departments have issued codes that
do not verify, and firms trade under them. And a place is *never* inferred from a code: its six digits name
the office that registered the firm once, perhaps a county that no longer exists, perhaps another province.
What such digits were called is known only from a table that the caller passes in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mingcha.kernel import licence_number
from mingcha.kernel.refusal import gettext_noop, interpolate

__all__ = [
    "ALPHABET",
    "CATEGORIES",
    "REGISTRARS",
    "CodeReport",
    "Kind",
    "Problem",
    "Severity",
    "check_digit",
    "complete_check_digit",
    "examine",
    "is_synthetic",
    "normalise",
    "org_check_digit",
    "synthetic",
]

Kind = Literal["uscc18", "registration15", "org9", "unknown"]
Severity = Literal["warning", "error"]

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V, Z."""

_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_ORG_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG: Final = re.compile(r"[0-9A-Z]{8}[0-9X]")

_HYPHENS: Final = frozenset("-‐‑‒–—―−﹣")
_MASKS: Final = frozenset("*●•○×■□▇█?…_")
_LOOK_ALIKE: Final = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_SPREADSHEET: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]{1,2}|[0-9]{9,}\.0+")

REGISTRARS: Final[Mapping[str, str]] = {
    "1": gettext_noop("机构编制"),
    "2": gettext_noop("外交"),
    "3": gettext_noop("司法行政"),
    "4": gettext_noop("文化"),
    "5": gettext_noop("民政"),
    "6": gettext_noop("旅游"),
    "7": gettext_noop("宗教"),
    "8": gettext_noop("工会"),
    "9": gettext_noop("市场监管"),
    "A": gettext_noop("中央军委改革和编制办公室"),
    "N": gettext_noop("农业农村"),
    "Y": gettext_noop("其他"),
}
"""What the first character stands for (GB 32100-2015 with its amendment of 2016)."""

CATEGORIES: Final[Mapping[str, str]] = {
    "11": gettext_noop("机关"),
    "12": gettext_noop("事业单位"),
    "13": gettext_noop("编办直接管理机构编制的群众团体"),
    "31": gettext_noop("律师执业机构"),
    "51": gettext_noop("社会团体"),
    "52": gettext_noop("民办非企业单位"),
    "53": gettext_noop("基金会"),
    "81": gettext_noop("基层工会"),
    "91": gettext_noop("企业"),
    "92": gettext_noop("个体工商户"),
    "93": gettext_noop("农民专业合作社"),
    "N1": gettext_noop("组级集体经济组织"),
    "N2": gettext_noop("村级集体经济组织"),
    "N3": gettext_noop("乡镇级集体经济组织"),
    "Y1": gettext_noop("其他"),
}
"""What the first two characters stand for, the ones a bureau meets; any "…9" is 其他 of that department."""

_SYNTHETIC_PREFIX: Final = "YY"
_SYNTHETIC_LIMIT: Final = 1_000_000
_SYNTHETIC: Final = re.compile(rf"[0-9A-Y]{{2}}[0-9]{{6}}{_SYNTHETIC_PREFIX}[0-9]{{6}}[0-9X][0-9A-Y]")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or doubtful; only an "error" means that this cannot be such a number."""

    code: str
    message: str
    severity: Severity


@dataclass(frozen=True)
class CodeReport:
    """What a text turned out to be.

    registrar, category  Chinese meaning of the first and the first two characters, "" where unknown
    division_code        the six digits of the registering office, "" where there are none; not a place
    division_label       what the caller's table calls them, "" otherwise
    """

    normalised: str
    kind: Kind
    problems: tuple[Problem, ...] = ()
    registrar: str = ""
    category: str = ""
    division_code: str = ""
    division_label: str = ""

    @property
    def acceptable(self) -> bool:
        """Whether it can be stored: no error, warnings allowed."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def clean(self) -> bool:
        """Whether nothing at all was found."""
        return not self.problems


def normalise(text: str) -> str:
    """Full-width to half-width, ASCII letters to capitals; blanks, hyphens and invisible marks dropped.

    Nothing else is changed: I, O, S, V, Z and masked places stay to be reported.
    """
    kept = (character for character in map(_half_width, text) if not _is_filler(character))
    return "".join(character.upper() if character.isascii() else character for character in kept)


def check_digit(first17: str) -> str:
    """The 18th character for the first seventeen (GB 32100-2015). Raises ValueError for other characters."""
    if len(first17) != 17 or not _VALUE.keys() >= set(first17):
        raise ValueError(f"seventeen characters of {ALPHABET} are needed, not {first17!r}")
    total = sum(_VALUE[character] * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def complete_check_digit(first17: str) -> str:
    """The whole code for the first seventeen characters. Raises ValueError as `check_digit` does."""
    return first17 + check_digit(first17)


def org_check_digit(first8: str) -> str:
    """The 9th character of an organisation code (GB 11714-1997): a digit or X. Raises ValueError."""
    if len(first8) != 8 or not set(_ORG_ALPHABET) >= set(first8):
        raise ValueError(f"eight digits or capital letters are needed, not {first8!r}")
    values = (_ORG_ALPHABET.index(character) for character in first8)
    remainder = sum(value * weight for value, weight in zip(values, _ORG_WEIGHTS, strict=True)) % 11
    return "0123456789X"[-remainder % 11]


def examine(text: str, divisions: Mapping[str, str] | None = None) -> CodeReport:
    """Say what `text` is and everything that is wrong or doubtful about it; never raises.

    `divisions` maps six-digit office codes, old ones included, to what the reader should see.
    """
    code = normalise(text)
    unreadable = tuple(_unreadable(code))
    if unreadable:
        return CodeReport(code, "unknown", unreadable)
    if licence_number.looks_like(code):
        report = CodeReport(code, "registration15", tuple(_doubts15(code)), division_code=code[:6])
    elif _ORG.fullmatch(code):
        report = CodeReport(code, "org9", tuple(_doubts9(code)))
    elif len(code) == 18:
        return _examine18(code, divisions or {})
    else:
        return CodeReport(code, "unknown", (_length(code),))
    return _named(report, divisions or {})


def synthetic(serial: int, category: str = "91", division: str = "130111") -> str:
    """A made-up code for demonstrations that passes both check digits and belongs to nobody.

    Its organisation code begins with YY, which no issued code is known to do; `is_synthetic` recognises
    it. `serial` is 0..999999. Raises ValueError for other serials, categories or divisions.
    """
    if not 0 <= serial < _SYNTHETIC_LIMIT:
        raise ValueError(f"a serial is 0 to {_SYNTHETIC_LIMIT - 1}, not {serial}")
    if category not in CATEGORIES or not re.fullmatch(r"[0-9]{6}", division):
        raise ValueError(f"no such category or division: {category!r}, {division!r}")
    body = f"{_SYNTHETIC_PREFIX}{serial:06d}"
    return complete_check_digit(f"{category}{division}{body}{org_check_digit(body)}")


def is_synthetic(code: str) -> bool:
    """Whether `code` is one that `synthetic` makes."""
    return _SYNTHETIC.fullmatch(code) is not None


def _half_width(character: str) -> str:
    return chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character


def _is_filler(character: str) -> bool:
    if character in _HYPHENS or "\ufe00" <= character <= "\ufe0f":
        return True
    return unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _problem(code: str, severity: Severity, message: str, /, **params: object) -> Problem:
    return Problem(code, interpolate(message, params), severity)


def _unreadable(code: str) -> Iterator[Problem]:
    """What makes a text no code at all: empty, spoiled by a spreadsheet, masked, foreign characters."""
    if not code:
        yield _problem("empty", "error", gettext_noop("没有填写编号"))
    elif _SPREADSHEET.fullmatch(code):
        message = gettext_noop("编号被表格软件变成了数字“%(code)s”，末几位可能已丢失，请按原件重新填写")
        yield _problem("spreadsheet_number", "error", message, code=code)
    elif masked := [place for place, character in enumerate(code, 1) if character in _MASKS]:
        message = gettext_noop("第%(places)s位被遮挡，无法使用，请向来源单位索取完整编号")
        yield _problem("masked", "error", message, places="、".join(map(str, masked)))
    elif foreign := sorted(set(code) - set(_ORG_ALPHABET)):
        message = gettext_noop("含有编号中不会出现的字符：%(characters)s")
        yield _problem("illegal_character", "error", message, characters=" ".join(foreign))


def _length(code: str) -> Problem:
    if len(code) == 13 and code.isdigit():
        message = gettext_noop("这是13位的早期注册号，不能作为统一社会信用代码，请查询该单位现行的18位代码")
        return _problem("old_number_13", "error", message)
    message = gettext_noop("共%(length)s位，应为18位统一社会信用代码（旧注册号15位、组织机构代码9位）")
    return _problem("length", "error", message, length=len(code))


def _examine18(code: str, divisions: Mapping[str, str]) -> CodeReport:
    problems = tuple(_errors18(code)) or tuple(_doubts18(code))
    division = code[2:8] if code[2:8].isdigit() else ""
    category = CATEGORIES.get(code[:2], "")
    if not category and code[0] in REGISTRARS and code[1] == "9":
        category = gettext_noop("其他")
    report = CodeReport(code, "uscc18", problems, REGISTRARS.get(code[0], ""), category, division)
    return _named(report, divisions)


def _errors18(code: str) -> Iterator[Problem]:
    foreign = sorted(set(code) - _VALUE.keys())
    if foreign:
        message = gettext_noop("统一社会信用代码不使用字母I、O、S、V、Z，请核对：%(guesses)s")
        guesses = "，".join(f"“{character}”是否应为“{_LOOK_ALIKE[character]}”" for character in foreign)
        yield _problem("illegal_character", "error", message, guesses=guesses)
    if not code[2:8].isdigit() and not set(code[2:8]) & set(foreign):
        message = gettext_noop("第3至8位应为6位数字的登记机关区划码，现为“%(division)s”")
        yield _problem("division_not_digits", "error", message, division=code[2:8])


def _doubts18(code: str) -> Iterator[Problem]:
    if code[0] not in REGISTRARS:
        message = gettext_noop("首位“%(character)s”不是已知的登记管理部门，请核对原件")
        yield _problem("unknown_registrar", "warning", message, character=code[0])
    if org_check_digit(code[8:16]) != code[16]:
        message = gettext_noop("第17位（主体校验码）应为“%(expected)s”，请核对原件；原件如此的可以保留")
        yield _problem("org_check_digit", "warning", message, expected=org_check_digit(code[8:16]))
    if check_digit(code[:17]) != code[17]:
        message = gettext_noop("第18位（校验码）应为“%(expected)s”，请核对原件；原件如此的可以保留")
        yield _problem("check_digit", "warning", message, expected=check_digit(code[:17]))


def _doubts15(code: str) -> Iterator[Problem]:
    message = gettext_noop("这是15位旧注册号，请补充该单位现行的18位统一社会信用代码")
    yield _problem("old_number_15", "warning", message)
    if not licence_number.is_valid(code):
        message = gettext_noop("第15位（校验码）应为“%(expected)s”，请核对原件；原件如此的可以保留")
        yield _problem("check_digit", "warning", message, expected=licence_number.check_digit(code[:-1]))


def _doubts9(code: str) -> Iterator[Problem]:
    message = gettext_noop("这是9位组织机构代码，请补充该单位现行的18位统一社会信用代码")
    yield _problem("old_number_9", "warning", message)
    if org_check_digit(code[:8]) != code[8]:
        message = gettext_noop("第9位（校验码）应为“%(expected)s”，请核对原件；原件如此的可以保留")
        yield _problem("org_check_digit", "warning", message, expected=org_check_digit(code[:8]))


def _named(report: CodeReport, divisions: Mapping[str, str]) -> CodeReport:
    label = divisions.get(report.division_code, "") if report.division_code else ""
    return CodeReport(**{**vars(report), "division_label": label})
