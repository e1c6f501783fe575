"""Where the bureau's authority ends."""

from __future__ import annotations

from mingcha.accounts.selectors import bureau


def division_code() -> str:
    """The bureau's own division (辖区), the first part of draw numbers; empty when not entered."""
    unit = bureau()
    return unit.division_code if unit else ""
