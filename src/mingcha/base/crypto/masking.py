"""How personal data are shown on screen and paper when the full value is not needed (N10)."""

from __future__ import annotations

STAR = "*"


def mask(value: str, *, head: int = 0, tail: int = 0) -> str:
    """Keep the first `head` and last `tail` characters, one star for each other.

    A value too short to hide at least half of it is hidden entirely, keeping its length.
    """
    value = value.strip()
    hidden = len(value) - head - tail
    if hidden * 2 < len(value):
        return STAR * len(value)
    return value[:head] + STAR * hidden + value[len(value) - tail :]


def mask_name(value: str) -> str:
    """The family name only: 张三 → 张*, 欧阳娜娜 → 欧***."""
    return mask(value, head=1)


def mask_phone(value: str) -> str:
    """A mobile number's first three and last four digits: 138****1234; another number's last two."""
    value = value.strip()
    if len(value) == 11 and value.isdigit() and value.startswith("1"):
        return value[:3] + STAR * 4 + value[7:]
    return mask(value, tail=2)


def mask_id_number(value: str) -> str:
    """前 6 后 4 of an 18-character identity number; of anything else nothing but the last two."""
    value = value.strip()
    if len(value) == 18:
        return value[:6] + STAR * 8 + value[14:]
    return mask(value, tail=2)


def mask_email(value: str) -> str:
    """The first character and the domain: z****@example.com."""
    name, at, domain = value.strip().rpartition("@")
    return f"{mask(name, head=1)}{at}{domain}" if name else mask(value)
