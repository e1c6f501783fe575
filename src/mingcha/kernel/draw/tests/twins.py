"""A town of twins, and how far the two of a pair are treated apart."""

from __future__ import annotations

import random
from collections import Counter
from typing import NamedTuple

from mingcha.kernel.draw import InspectorRow, Recusal
from mingcha.kernel.draw.pairing import Target
from mingcha.kernel.draw.tests.chances import teams

TWINS = 6


class Town(NamedTuple):
    """People in pairs of twins I…A and I…B, targets, and recusals that both of a pair share."""

    people: list[InspectorRow]
    targets: list[Target]
    recusals: list[Recusal]


def town(limit: int) -> Town:
    """Twelve people with `limit` visits each, and thirty targets with two places each.

    With 5 visits all are needed, and repair chains are many; with 6, levelling chains are.
    """
    r = random.Random(1)
    skills: list[tuple[str, ...]] = [("x",), ("y",), ("x", "y"), (), (), ()]
    people = [InspectorRow(f"I{n}{twin}", skills[n], limit) for n in range(TWINS) for twin in ("A", "B")]
    targets = [Target(f"T{n:02}", r.choice(["x", "y"])) for n in range(30)]
    apart = [(t.id, n) for t in targets for n in range(TWINS) if r.random() < 0.2]
    return Town(people, targets, [Recusal(t, f"I{n}{twin}") for t, n in apart for twin in ("A", "B")])


def differences(place: Town, draws: int) -> tuple[list[float], int]:
    """z of every pair of twins for: places at each target, and leading; and how many chains there were."""
    sums: Counter[tuple[int, object]] = Counter()
    squares: Counter[tuple[int, object]] = Counter()
    chains = 0
    for done in teams(*place, 2, range(draws)):
        now: Counter[tuple[int, object]] = Counter()
        for t in range(len(place.targets)):
            team = done.team_ids(t)
            for position, j in enumerate(team):
                sign = 1 if j[2] == "A" else -1
                now[int(j[1]), t] += sign
                if position == 0:
                    now[int(j[1]), "leads"] += sign
        sums.update(now)
        squares.update({name: n * n for name, n in now.items()})
        chains += len(done.chains)
    return [sums[name] / squares[name] ** 0.5 for name in squares if squares[name] >= 30], chains
