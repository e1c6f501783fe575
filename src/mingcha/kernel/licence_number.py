"""The 15-digit business registration number that came before the credit code (工商行政管理市场主体注册号).

Six digits of the registering office, eight of a serial number, one check digit by ISO 7064 MOD 11,10
(GS 15-2006). Old numbers still stand in files and contracts, and some real ones were issued with a wrong
check digit: a number that does not verify is something to look at, not something to refuse. The office's
digits do not say where the firm is today.
"""

from __future__ import annotations

import re
from typing import Final

from mingcha.kernel.refusal import gettext_noop

__all__ = ["LENGTH", "check_digit", "complete", "is_valid", "looks_like", "ownership"]

LENGTH: Final = 15

_BODY: Final = re.compile(r"[0-9]{14}")
_WHOLE: Final = re.compile(r"[0-9]{15}")


def looks_like(text: str) -> bool:
    """Whether `text` is fifteen ASCII digits, whatever the last one is."""
    return _WHOLE.fullmatch(text) is not None


def check_digit(body: str) -> str:
    """The 15th digit for the first fourteen (ISO 7064 MOD 11,10). Raises ValueError for anything else."""
    if not _BODY.fullmatch(body):
        raise ValueError(f"fourteen digits are needed, not {body!r}")
    product = 10
    for digit in body:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return str((11 - product) % 10)


def complete(body: str) -> str:
    """The whole number for the first fourteen digits."""
    return body + check_digit(body)


def is_valid(number: str) -> bool:
    """Whether `number` is fifteen digits and the last one agrees with the others."""
    return looks_like(number) and check_digit(number[:-1]) == number[-1]


def ownership(number: str) -> str:
    """What the first serial digit stands for: 0–3 内资企业, 4–5 外资企业, 6–9 个体工商户.

    Raises ValueError when `number` is not fifteen digits.
    """
    if not looks_like(number):
        raise ValueError(f"fifteen digits are needed, not {number!r}")
    serial = int(number[6])
    if serial <= 3:
        return gettext_noop("内资企业")
    return gettext_noop("外资企业") if serial <= 5 else gettext_noop("个体工商户")
