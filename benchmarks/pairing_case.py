"""The pairing that is measured: so many targets and inspectors, with skills and recusals, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterable

from mingcha.kernel.draw import InspectorRow, Recusal
from mingcha.kernel.draw.pairing import Pairing, Target

PER_TARGET = 2
SKILLS = ("ldjc", "sbjh", "lwpq")
#: Skills of the first seven inspectors, and so on.
HOLDERS = ("ldjc", "sbjh", "lwpq", "ldjc", "sbjh", "ldjc", "lwpq")
#: In the scarce case one person in so many has the rare skill.
RARE_AMONG = 30
RARE, COMMON = "lwpq", "ldjc"
INSPECTION_KEY = "1fcdff8addb021c1cbaf6dea02566902"


class Case:
    """Two inspectors for each target.

    Ample: one target in four needs no skill, an inspector has one of three; three recusals for ten targets;
    everybody may take half as much again as an equal share. Scarce: nobody may take more than an equal share,
    the few with a rare skill are just enough for the targets that need it, and everybody else keeps away from
    a neighbourhood of targets. Cards alone do not solve it, because they send the few to other targets too.
    """

    def __init__(self, targets: int, inspectors: int, *, scarce: bool = False) -> None:
        chance = random.Random(f"{targets}x{inspectors}")
        make = self._scarce if scarce else self._ample
        make(chance, targets, inspectors)

    def _ample(self, chance: random.Random, targets: int, inspectors: int) -> None:
        most = -(-targets * PER_TARGET * 3 // (inspectors * 2))
        self.inspectors = _people(inspectors, HOLDERS, most)
        self.targets = _targets(chance.choice(("", *SKILLS)) for _ in range(targets))
        pairs = {(chance.randrange(targets), chance.randrange(inspectors)) for _ in range(targets * 3 // 10)}
        self.recusals = [Recusal(self.targets[t].id, self.inspectors[j].id) for t, j in sorted(pairs)]

    def _scarce(self, chance: random.Random, targets: int, inspectors: int) -> None:
        most = -(-targets * PER_TARGET // inspectors)
        self.inspectors = _people(inspectors, (RARE, *[COMMON] * (RARE_AMONG - 1)), most)
        rare = -(-inspectors // RARE_AMONG) * most
        skills = [RARE] * rare + [COMMON] * (targets - rare)
        chance.shuffle(skills)
        self.targets = _targets(skills)
        near = max(1, targets // inspectors)
        starts = {j: chance.randrange(targets) for j in range(inspectors) if j % RARE_AMONG}
        pairs = {((start + step) % targets, j) for j, start in starts.items() for step in range(near)}
        self.recusals = [Recusal(self.targets[t].id, self.inspectors[j].id) for t, j in sorted(pairs)]

    def pairing(self) -> Pairing:
        """The pairing before its first card is dealt."""
        return Pairing(INSPECTION_KEY, self.inspectors, self.targets, self.recusals, PER_TARGET)


def _people(number: int, holders: tuple[str, ...], most: int) -> list[InspectorRow]:
    return [InspectorRow(f"I{n:05}", (holders[n % len(holders)],), most) for n in range(number)]


def _targets(skills: Iterable[str]) -> list[Target]:
    return [Target(f"9113011S{n:010}", skill) for n, skill in enumerate(skills)]
