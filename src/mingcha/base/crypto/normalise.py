"""One spelling for values that are searched by blind index: the same thing must give the same mark."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_NOT_DIGITS = re.compile(r"[^0-9]")
_MOBILE_WITH_PREFIX = re.compile(r"(?:00)?86(1[0-9]{10})")


def normalise_text(value: str) -> str:
    """Full-width to half-width (NFKC), no blanks, no difference of case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", value)).casefold()


def normalise_phone(value: str) -> str:
    """Digits only, without the country prefix: "+86 138-0013-8000" → "13800138000"."""
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", value))
    prefixed = _MOBILE_WITH_PREFIX.fullmatch(digits)
    return prefixed[1] if prefixed else digits


def normalise_id_number(value: str) -> str:
    """No blanks, half-width, the check character X in upper case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", value)).upper()
