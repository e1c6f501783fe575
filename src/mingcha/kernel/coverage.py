"""How many firms a year's plan reaches: quotas of strata, and different firms over several lines.

A plan has lines, each with strata that do not overlap. Two lines may reach the same firm, so the quotas do
not simply add up. What is compared with a legal minimum ("不低于 3%") is the number of different firms that
is certain whatever is drawn; beside it stands the number to be expected, which alone is an estimate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mingcha.kernel.draw.quotas import apportion
from mingcha.kernel.ratios import FULL, ceil_share

__all__ = ["Cell", "Coverage", "Group", "LineDraw", "cover", "number_quotas", "rate_quotas", "weighted_rate"]

Cell = tuple[str, str]
"""A line's code and the code of one of its strata."""

#: An estimate of 30 must not be shown as 29 because of the last binary digit.
_TINY = 1e-6


@dataclass(frozen=True)
class LineDraw:
    """How many a line draws of each of its strata; `avoids` leaves out firms already drawn this year (S2)."""

    code: str
    quotas: Mapping[str, int]
    avoids: bool


@dataclass(frozen=True)
class Group:
    """`count` firms that belong to the same strata of the same lines, at most one stratum of each line."""

    cells: tuple[Cell, ...]
    count: int


@dataclass(frozen=True)
class Coverage:
    """Different firms that a plan reaches.

    drawn     the sum of all quotas, where one firm may count several times
    least     different firms that are certain whatever is drawn
    expected  different firms to be expected
    """

    drawn: int
    least: int
    expected: int

    @property
    def exact(self) -> bool:
        """Whether the expected number is certain too: no firm can be drawn twice that would make it less."""
        return self.least == self.expected


def rate_quotas(
    population: Mapping[str, int], available: Mapping[str, int], rates: Mapping[str, int]
) -> dict[str, int]:
    """Quota of each stratum by a rate in basis points, rounded up (N5), never more than can be drawn.

    The base is the population, not what is left of it after exclusions: an exclusion does not lower the duty.
    """
    return {s: min(available[s], ceil_share(n, rates.get(s, 0))) for s, n in population.items()}


def number_quotas(number: int, available: Mapping[str, int]) -> dict[str, int]:
    """A fixed number split over the strata in proportion to what can be drawn (largest remainder)."""
    return apportion(min(number, sum(available.values())), available, available)


def weighted_rate(rate: int, numerator: int, denominator: int) -> int:
    """A rate in basis points times a weight, rounded up, at most 100 %."""
    return min(FULL, -(-rate * numerator // denominator))


def cover(lines: Sequence[LineDraw], groups: Iterable[Group]) -> Coverage:
    """What lines drawn in this order reach together. A quota larger than its stratum reaches the stratum."""
    held = list(groups)
    size, shared = _sizes(held)
    quota = {(line.code, s): min(q, size[line.code, s]) for line in lines for s, q in line.quotas.items()}
    return Coverage(
        drawn=sum(quota.values()),
        least=_least(lines, quota, size, shared),
        expected=_expected(lines, quota, held) if shared else sum(quota.values()),
    )


def _sizes(groups: Sequence[Group]) -> tuple[dict[Cell, int], dict[tuple[Cell, Cell], int]]:
    """Firms in each cell, and firms that two cells of different lines share."""
    size: defaultdict[Cell, int] = defaultdict(int)
    shared: defaultdict[tuple[Cell, Cell], int] = defaultdict(int)
    for group in groups:
        for cell in group.cells:
            size[cell] += group.count
            for other in group.cells:
                if other != cell:
                    shared[cell, other] += group.count
    return size, dict(shared)


def _least(
    lines: Sequence[LineDraw],
    quota: Mapping[Cell, int],
    size: Mapping[Cell, int],
    shared: Mapping[tuple[Cell, Cell], int],
) -> int:
    """New firms of each line in the worst case, added up: as many as possible were drawn before."""
    partners: defaultdict[Cell, list[Cell]] = defaultdict(list)
    for cell, other in shared:
        partners[cell].append(other)
    place = {line.code: number for number, line in enumerate(lines)}
    total = 0
    for line in lines:
        for stratum in line.quotas:
            cell = (line.code, stratum)
            before = sum(
                min(quota.get(other, 0), shared[cell, other])
                for other in partners[cell]
                if place.get(other[0], len(lines)) < place[line.code]
            )
            room = size[cell] - min(before, size[cell])
            total += min(quota[cell], room) if line.avoids else max(0, quota[cell] - before)
    return total


def _expected(lines: Sequence[LineDraw], quota: Mapping[Cell, int], groups: Sequence[Group]) -> int:
    """Every firm of a cell has the same chance, apart from those drawn before where the line avoids them."""
    left = [float(group.count) for group in groups]
    members: defaultdict[Cell, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        for cell in group.cells:
            members[cell].append(place)
    for line in lines:
        for stratum in line.quotas:
            places = members[line.code, stratum]
            base = sum(left[place] if line.avoids else groups[place].count for place in places)
            chance = min(1.0, quota[line.code, stratum] / base) if base > 0 else 0.0
            for place in places:
                left[place] *= 1 - chance
    return int(sum(group.count for group in groups) - sum(left) + _TINY)
