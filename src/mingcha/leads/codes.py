"""The code with which anybody may ask for the state of a report: drawn once, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import re
import secrets

#: Without the characters that are mistaken for one another (0/O, 1/I/L).
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: 16 of 31 characters: 79 bits, so that a bare digest cannot be searched.
LENGTH = 16
_APART = re.compile(r"[\s\-—－]+")


def new_code() -> str:
    """A fresh code in groups of four."""
    drawn = "".join(secrets.choice(_ALPHABET) for _place in range(LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, LENGTH, 4))


def mark_of(code: str) -> str:
    """The digest of a code as somebody types it; empty for what cannot be a code."""
    plain = _APART.sub("", code).upper()
    if len(plain) != LENGTH or not set(plain) <= set(_ALPHABET):
        return ""
    return hashlib.sha256(f"mingcha report {plain}".encode()).hexdigest()
