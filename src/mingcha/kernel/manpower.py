"""Whether the people suffice: team half-days (双人半天) needed against those there are, month by month.

A task may be done in any month of its period. What cannot be done even when every month first serves the task
that ends first is a shortage (that order is the best there is for such tasks). Whole numbers only; needs are
rounded up and supplies down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Saving", "Spread", "Task", "savings_for", "spread", "team_half_days", "whole_teams"]

Month = int
"""1 to 12."""


@dataclass(frozen=True)
class Task:
    """`need` team half-days, to be done in the months `first` to `last`."""

    code: str
    need: int
    first: Month
    last: Month


@dataclass(frozen=True)
class Spread:
    """What is done when, what is left undone of each task, and what is left free of each month."""

    done: Mapping[tuple[str, Month], int]
    left: Mapping[str, int]
    free: Mapping[Month, int]

    @property
    def shortage(self) -> int:
        """Team half-days for which there are no people within the periods."""
        return sum(self.left.values())

    def in_month(self, month: Month) -> int:
        """Team half-days done in a month."""
        return sum(n for (_code, at), n in self.done.items() if at == month)


def spread(tasks: Iterable[Task], room: Mapping[Month, int]) -> Spread:
    """Serve the task that ends first, month after month."""
    order = sorted(tasks, key=lambda task: (task.last, task.first, task.code))
    left = {task.code: task.need for task in order}
    free = dict(room)
    done: dict[tuple[str, Month], int] = {}
    for month in sorted(free):
        for task in order:
            if task.first <= month <= task.last:
                taken = min(left[task.code], free[month])
                if taken:
                    done[task.code, month] = taken
                    left[task.code] -= taken
                    free[month] -= taken
    return Spread(done, left, free)


def team_half_days(people: int, visits: int, half_days: int) -> int:
    """Team half-days of two that `visits` visits take with teams of `people`, rounded up."""
    return -(-people * visits * half_days // 2)


def whole_teams(half_days: Sequence[int]) -> int:
    """Team half-days of two that people with so many half-days each can make up together.

    Two must be there at the same time, so nobody can do more than all others together.
    """
    total = sum(half_days)
    return min(total // 2, total - max(half_days, default=0))


@dataclass(frozen=True)
class Saving:
    """What doing one line off site would save, in team half-days."""

    code: str
    saved: int


def savings_for(shortage: int, possible: Iterable[Saving]) -> list[Saving]:
    """Lines that end the shortage when done off site, the largest first; all of them when even that is not
    enough."""
    chosen: list[Saving] = []
    for saving in sorted(possible, key=lambda one: (-one.saved, one.code)):
        if shortage <= 0:
            break
        if saving.saved > 0:
            chosen.append(saving)
            shortage -= saving.saved
    return chosen
