"""Shares and percentages in whole numbers, so that a legal minimum is never missed by a rounding error.

A minimum ("不低于3%") is always rounded up: 3 % of 150 firms is 5, not 4. Shares are given in basis points
(1/100 of a percent, 300 = 3 %); there is no float anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

__all__ = [
    "FULL", "Rounding", "ceil_share", "largest_remainder", "meets_share", "percent_text", "share_text",
]  # fmt: skip

FULL: Final = 10_000
"""100 % in basis points."""

Rounding = Literal["half_up", "down"]


def ceil_share(n: int, basis_points: int) -> int:
    """The smallest whole number that is at least `basis_points` of `n` things.

    Raises ValueError for a negative `n` or a share outside 0..10000.
    """
    if n < 0:
        raise ValueError(f"a number of things cannot be negative: {n}")
    if not 0 <= basis_points <= FULL:
        raise ValueError(f"a share is 0 to {FULL} basis points, not {basis_points}")
    return -(-n * basis_points // FULL)


def meets_share(part: int, n: int, basis_points: int) -> bool:
    """Whether `part` out of `n` reaches the minimum; exact, and true when there is nothing to reach."""
    return part >= ceil_share(n, basis_points)


def share_text(basis_points: int) -> str:
    """A share as it is written: 300 is "3%", 250 is "2.5%"."""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "%"


def percent_text(numerator: int, denominator: int, digits: int = 1, *, rounding: Rounding = "half_up") -> str:
    """`numerator` / `denominator` as "12.5%" with `digits` decimals; "—" when the denominator is 0.

    Use rounding="down" beside a legal minimum: 2.96 % must not be shown as 3.0 %. Raises ValueError for
    negative numbers.
    """
    if numerator < 0 or denominator < 0 or digits < 0:
        raise ValueError(f"negative numbers have no share here: {numerator}/{denominator}, {digits} digits")
    if denominator == 0:
        return "—"
    scale = 10**digits
    half = denominator if rounding == "half_up" else 0
    scaled = (2 * numerator * 100 * scale + half) // (2 * denominator)
    whole, part = divmod(scaled, scale)
    return f"{whole}.{part:0{digits}d}%" if digits else f"{whole}%"


def largest_remainder(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` in proportion to `weights`, whole numbers that add up exactly (最大余数法).

    What is left after rounding down goes, one each, to the largest remainders; equal remainders go to the
    earlier place, so the same input always gives the same split. Raises ValueError for negative numbers,
    and when something is to be split but every weight is 0.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("totals and weights cannot be negative")
    whole = sum(weights)
    if whole == 0:
        if total:
            raise ValueError(f"nothing carries a weight to split {total} by")
        return (0,) * len(weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(quotient for quotient, _ in shares)
    order = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))
    favoured = frozenset(order[:left])
    return tuple(quotient + (place in favoured) for place, (quotient, _) in enumerate(shares))
