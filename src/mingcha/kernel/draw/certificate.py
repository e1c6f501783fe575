"""Why a place stays empty, as a proof that anybody can count (protocol 7.7 step 2, 6 (c)).

A failed search leaves a set of inspectors who are all full, and nobody outside may take the place or take
over from them. It follows that every complete pairing needs more places from these people than they have:
at each target the people outside fill at most so many places, the rest must come from the set, and the sum
is larger than its capacity. That sum uses the frozen files only, neither the teams nor the search.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .pairing import Pairing, positions
from .tables import InspectorRow, Recusal

IN_TEAM, RECUSED, NO_SKILL, NO_CAPACITY = "in-team", "recused", "no-skill", "no-capacity"


class Outsider(NamedTuple):
    """Somebody outside the set, and everything that keeps this person from the place (never empty)."""

    inspector: int
    obstacles: tuple[str, ...]


class Shortage(NamedTuple):
    """Why a target lacks `slots` members; numbers and positions as in pairing.py.

    `full` are the people of the proof, who together may go to `room` places while every complete pairing
    needs `needed` from them; `needed > room` proves that nothing better exists. (After replacements the
    teams are kept where they can be, so there only the failed search speaks and the sum may not.)
    `wants_skill` says that nobody in the team has the skill of the target yet.
    """

    target: int
    slots: int
    full: tuple[int, ...]
    room: int
    needed: int
    outside: tuple[Outsider, ...]
    wants_skill: bool

    @property
    def proved(self) -> bool:
        """True when counting alone shows that no complete pairing exists."""
        return self.needed > self.room


def needed_from(pairing: Pairing, full: int) -> int:
    """Places that every complete pairing must fill with people of the set `full` (bits)."""
    needed = 0
    for t, target in enumerate(pairing.targets):
        others = pairing.everyone & ~(full | pairing.barred[t])
        leading = others & pairing.having[target.skill]
        # Without anybody who has the skill, one place at least cannot be theirs.
        most = pairing.per_target if leading else pairing.per_target - 1
        needed += pairing.per_target - min(most, others.bit_count())
    return needed


def obstacles(pairing: Pairing, t: int, p: int) -> tuple[str, ...]:
    """What keeps inspector p from a place at target t, everything that applies."""
    bit = 1 << p
    having = pairing.having[pairing.targets[t].skill]
    found = [
        (IN_TEAM, pairing.members[t] & bit),
        (RECUSED, pairing.barred[t] & bit),
        (NO_SKILL, not (pairing.members[t] | bit) & having),
        (NO_CAPACITY, pairing.capacity[p] == 0),
    ]
    return tuple(name for name, holds in found if holds)


def shortages(pairing: Pairing) -> list[Shortage]:
    """The shortage of every target that was left incomplete, in the order in which they were found."""
    counted: dict[tuple[int, ...], int] = {}
    found: list[Shortage] = []
    for unserved in pairing.unserved:
        t, full = unserved.target, unserved.reached
        inside = sum(1 << p for p in full)
        if full not in counted:
            counted[full] = needed_from(pairing, inside)
        outside = tuple(Outsider(p, obstacles(pairing, t, p)) for p in positions(pairing.everyone & ~inside))
        room = sum(pairing.capacity[p] for p in full)
        wants_skill = not pairing.members[t] & pairing.having[pairing.targets[t].skill]
        found.append(Shortage(t, unserved.slots, full, room, counted[full], outside, wants_skill))
    return found


def newcomers(pairing: Pairing) -> int:
    """The least number of further people with whom every target could be served; 0 when none is lacking.

    They are taken to have every skill, no recusal and no limit, so fewer never suffice. Exact, because a
    pairing is found whenever one exists (protocol 6); `per_target` of them always suffice.
    """
    skills = tuple(sorted({t.skill for t in pairing.targets} - {""}))
    people = [
        InspectorRow(id, tuple(sorted(pairing.all_skills[p] - {""})), pairing.capacity[p])
        for p, id in enumerate(pairing.ids)
    ]
    for count in range(pairing.per_target):
        # A code that no inspectors.csv can contain, so that nobody is taken for a newcomer.
        new = [InspectorRow(f"+{n}", skills, len(pairing.targets)) for n in range(count)]
        if not _again(pairing, [*people, *new]).unserved:
            return count
    return pairing.per_target


def _again(pairing: Pairing, people: Iterable[InspectorRow]) -> Pairing:
    """The same targets and recusals with other people, steps 1 and 2."""
    kept_apart = (
        Recusal(target.id, pairing.ids[p])
        for t, target in enumerate(pairing.targets)
        for p in positions(pairing.barred[t])
    )
    again = Pairing(pairing.insp_key, people, pairing.targets, kept_apart, pairing.per_target)
    for t in range(len(pairing.targets)):
        again.fill_team(t)
    return again
