"""Time-based codes (RFC 6238), pure: which step a code belongs to and how far the phone's clock is off.

Every authenticator app computes these without a network: HMAC-SHA-1, 30 seconds, 6 digits.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from django_otp.oath import hotp

STEP_SECONDS = 30
DIGITS = 6
#: Codes of the step before and after are accepted: people type slowly, clocks differ a little.
TOLERANCE = 1
#: How far, in steps, a wrong code is looked up to tell a wrong clock from a wrong code (5 minutes).
HINT_REACH = 10
SECRET_BYTES = 20


@dataclass(frozen=True)
class Skew:
    """By how many steps the phone is off: negative when it is slow."""

    steps: int

    @property
    def slow(self) -> bool:
        return self.steps < 0

    @property
    def minutes(self) -> float:
        """How far off in minutes, in halves."""
        return abs(self.steps) * STEP_SECONDS / 60


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(moment: datetime) -> int:
    """The number of the time step at a moment."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of one step, six digits."""
    return f"{hotp(base64.b32decode(secret), step, DIGITS):0{DIGITS}d}"


def step_of(secret: str, code: str, moment: datetime, *, reach: int = TOLERANCE) -> int | None:
    """The step near `moment` whose code this is, the nearest first; None when there is none."""
    now = step_at(moment)
    for offset in sorted(range(-reach, reach + 1), key=abs):
        if now + offset >= 0 and secrets.compare_digest(code_at(secret, now + offset), code):
            return now + offset
    return None


def grouped(secret: str) -> str:
    """The secret in groups of four, for typing."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def otpauth_uri(secret: str, *, account: str, issuer: str) -> str:
    """The address that the QR code carries."""
    label = quote(f"{issuer}:{account}")
    query = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS})
    return f"otpauth://totp/{label}?{query}"
