"""The pairing that is measured: so many targets and inspectors, with skills and recusals, always the same."""

from __future__ import annotations

import random

from mingcha.kernel.draw import InspectorRow, Recusal
from mingcha.kernel.draw.pairing import Pairing, Target

PER_TARGET = 2
SKILLS = ("ldjc", "sbjh", "lwpq")
#: Skills of the first seven inspectors, and so on.
HOLDERS = ("ldjc", "sbjh", "lwpq", "ldjc", "sbjh", "ldjc", "lwpq")
INSPECTION_KEY = "1fcdff8addb021c1cbaf6dea02566902"


class Case:
    """Two inspectors for each target; one target in four needs no skill, an inspector has one of three;
    three recusals for ten targets; everybody may take half as much again as an equal share."""

    def __init__(self, targets: int, inspectors: int) -> None:
        chance = random.Random(f"{targets}x{inspectors}")
        most = -(-targets * PER_TARGET * 3 // (inspectors * 2))
        self.inspectors = [
            InspectorRow(f"I{n:05}", (HOLDERS[n % len(HOLDERS)],), most) for n in range(inspectors)
        ]
        self.targets = [Target(f"9113011S{n:010}", chance.choice(("", *SKILLS))) for n in range(targets)]
        pairs = {(chance.randrange(targets), chance.randrange(inspectors)) for _ in range(targets * 3 // 10)}
        self.recusals = [Recusal(self.targets[t].id, self.inspectors[j].id) for t, j in sorted(pairs)]

    def pairing(self) -> Pairing:
        """The pairing before its first card is dealt."""
        return Pairing(INSPECTION_KEY, self.inspectors, self.targets, self.recusals, PER_TARGET)
