"""Nothing personal leaves through the logs: values under telling keys, and numbers that tell by shape.

Recognised anywhere in a text: mobile numbers (11 digits) and resident identity numbers (GB 11643: 17
digits holding a possible date of birth, and a check character; a mistyped one is personal too, so the check
character is not verified). Unified social credit codes (GB 32100)
are public and stay. Names cannot be told by their shape: they must stand under a key such as `name`,
never inside a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any
from uuid import UUID

REDACTED = "[redacted]"

_TELLING = frozenset(
    """
    name full_name real_name person_name username user_name contact legal_representative signatory
    phone mobile telephone tel id_number identity_number id_card idcard email address birthday
    bank_account password passwd passphrase secret token key api_key pin otp code_word cookie cookies
    authorization session session_key sessionid csrftoken csrfmiddlewaretoken body data post files params
    姓名 电话 手机 手机号 身份证号 住址 密码
    """.split()  # noqa: SIM905
)
_TELLING_ENDS = (
    "_password", "_token", "_secret", "_phone", "_mobile", "_id_number", "_key", "_pin", "_cookie", "_email",
)  # fmt: skip

_PATTERN = re.compile(
    # A unified social credit code with a letter among the first 17 characters: nothing else looks so.
    r"(?P<credit>(?<![0-9A-Za-z])(?=[0-9]{0,16}[A-Z])[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}(?![0-9A-Za-z]))"
    # Region, date of birth (1800–2099), sequence, check character.
    r"|(?P<identity>(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9]))"
    r"|(?P<mobile>(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9]))"
)
_PLAIN = (bool, float, type(None), date, datetime, time, timedelta, Decimal, UUID)


def redact_text(text: str) -> str:
    """The text with every mobile and identity number replaced."""
    return _PATTERN.sub(lambda found: found[0] if found["credit"] else REDACTED, text)


def redact(value: Any, *, key: str = "") -> Any:
    """A value fit for the log. Objects that are no plain data come out as the name of their type."""
    if is_telling(key):
        return REDACTED
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if redact_text(str(value)) == str(value) else REDACTED
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return {redact_text(str(k)): redact(v, key=str(k)) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item) for item in value]
    if isinstance(value, PurePath):
        return redact_text(str(value))
    if isinstance(value, BaseException):
        return redact_text(f"{type(value).__name__}: {value}")
    return f"<{type(value).__name__}>"


def is_telling(key: str) -> bool:
    """Whether a key announces personal or secret values."""
    lowered = key.lower().replace("-", "_")
    return lowered in _TELLING or lowered.endswith(_TELLING_ENDS)
