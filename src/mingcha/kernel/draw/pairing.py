"""发牌法: dealing inspectors to targets, repairing by chains, levelling the loads (protocol 7.7, 6).

Inspectors are numbered by their position in P (card at load 0, then id) and targets by 抽取序号 - 1. Sets of
inspectors are bits of one integer, so that "who of 3,000 may still take this target" is a few machine
operations; dealing takes the least (load, card, id) from one heap per skill. Both are only faster ways to
the order that 7.7 prescribes.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .tables import InspectorRow, Recusal, Visited
from .text import sha256_text


class Target(NamedTuple):
    """A drawn subject for the pairing: id and the skill that one member of its team must have ("" none)."""

    id: str
    skill: str


class Chain(NamedTuple):
    """One chain as it was carried out (protocol 7.7 steps 2 and 3).

    `kind` is "调剂" or "拉平"; `joins` is the start inspector and `target` what it joins (None for 拉平);
    `moves` are (giver, target, taker) in order; numbers as in the module's docstring.
    """

    kind: str
    joins: int
    target: int | None
    moves: tuple[tuple[int, int, int], ...]


class Unserved(NamedTuple):
    """A target whose team lacks `slots` members, and the positions of the inspectors that the failed search
    reached: all are full, and nobody else may take over from them (protocol 7.7 step 2)."""

    target: int
    slots: int
    reached: tuple[int, ...]


def positions(mask: int) -> Iterator[int]:
    """The positions of the bits of `mask`, ascending: P order."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Pairing:
    """State of the pairing: the team of each target and the load of each inspector (protocol 7.7)."""

    def __init__(
        self,
        insp_key: str,
        inspectors: Iterable[InspectorRow],
        targets: Sequence[Visited],
        recusals: Iterable[Recusal],
        per_target: int,
    ) -> None:
        self.insp_key = insp_key
        order = sorted(inspectors, key=lambda j: (self.card(j.id, 0), j.id))
        self.ids = [j.id for j in order]
        self.capacity = [j.capacity for j in order]
        self.targets: list[Visited] = list(targets)
        self.per_target = per_target
        self.load = [0] * len(order)
        self.held: list[list[int]] = [[] for _ in order]
        self.teams: list[list[int]] = [[] for _ in targets]
        self.members = [0] * len(targets)
        self.everyone = (1 << len(order)) - 1
        self.open = sum(1 << p for p, j in enumerate(order) if j.capacity > 0)
        self.levels = {0: self.everyone}
        self.all_skills = [frozenset(j.skills) | {""} for j in order]
        self.skills: list[list[str]] = [[] for _ in order]
        self.having: dict[str, int] = {}
        self.heaps: dict[str, list[tuple[int, str, str, int]]] = {}
        for skill in ["", *sorted({t.skill for t in targets})]:
            self.learn_skill(skill)
        who = {j: p for p, j in enumerate(self.ids)}
        barred: dict[str, int] = {}
        for pair in recusals:
            if pair.inspector in who:
                barred[pair.target] = barred.get(pair.target, 0) | 1 << who[pair.inspector]
        self.barred = [barred.get(t.id, 0) for t in targets]
        self.chains: list[Chain] = []
        self.unserved: list[Unserved] = []
        self.forget()

    def forget(self) -> None:
        """Drop what failed searches have taught; needed when recusals, skills or capacities change."""
        self.dead = 0
        self.onward: dict[int, int] = {}
        self.reasons: dict[int, tuple[int, ...]] = {}

    def card(self, inspector: str, load: int) -> str:
        """card(j) = H(insp_key + id + "#" + load), 64 digits (protocol 7.7)."""
        return sha256_text(f"{self.insp_key}{inspector}#{load}")

    def entry(self, p: int) -> tuple[int, str, str, int]:
        """What the heaps hold for inspector p at its present load: (load, card, id, p)."""
        return self.load[p], self.card(self.ids[p], self.load[p]), self.ids[p], p

    def learn_skill(self, skill: str) -> None:
        """Prepare the set and the heap of a skill that a target needs; again for a known skill does
        nothing."""
        if skill not in self.having:
            holders = [p for p, skills in enumerate(self.all_skills) if skill in skills]
            self.having[skill] = sum(1 << p for p in holders)
            self.heaps[skill] = sorted(self.entry(p) for p in holders)
            for p in holders:
                self.skills[p].append(skill)

    def change_load(self, p: int, by: int) -> None:
        """Add `by` (+1 or -1 targets) to the load of p and keep the derived sets right."""
        bit = 1 << p
        self.levels[self.load[p]] ^= bit
        self.load[p] += by
        self.levels[self.load[p]] = self.levels.get(self.load[p], 0) | bit
        self.open = self.open & ~bit | (bit if self.load[p] < self.capacity[p] else 0)
        if self.open & bit:
            # Entries of other loads stay behind and are recognised as stale when they come up.
            entry = self.entry(p)
            for skill in self.skills[p]:
                heapq.heappush(self.heaps[skill], entry)

    def join(self, t: int, p: int, by: int) -> None:
        """p joins (by = +1) or leaves (by = -1) the team of t, and its load follows."""
        self.members[t] ^= 1 << p
        if by > 0:
            self.teams[t].append(p)
            insort(self.held[p], t)
        else:
            self.teams[t].remove(p)
            self.held[p].remove(t)
        self.change_load(p, by)

    def may(self, t: int, out: int = -1) -> int:
        """All j with may(t, j, out) of protocol 7.7, as bits: no recusal, not in the team, and the skill is
        j's or that of someone in the team other than `out` (-1: nobody leaves)."""
        having = self.having[self.targets[t].skill]
        staying = self.members[t] & having
        if out >= 0:
            staying &= ~(1 << out)
        return (self.everyone if staying else having) & ~(self.members[t] | self.barred[t])

    def deal(self, t: int) -> bool:
        """Step 1 for one slot of t: the smallest (load, card, id); False when there is none."""
        allowed = self.may(t)
        if not allowed & self.open:
            return False
        skill = self.targets[t].skill
        heap = self.heaps["" if self.members[t] & self.having[skill] else skill]
        aside: list[tuple[int, str, str, int]] = []
        while True:
            entry = heapq.heappop(heap)
            load, _, _, p = entry
            if load == self.load[p] and self.open >> p & 1:
                if allowed >> p & 1:
                    break
                aside.append(entry)
        for other in aside:
            heapq.heappush(heap, other)
        self.join(t, p, 1)
        return True

    def search(self, starts: int, goal: int, dead: int = 0) -> tuple[list[tuple[int, int, int]] | None, int]:
        """Breadth-first search of protocol 7.7 from `starts` (P order) to the first of `goal`.

        `dead` are inspectors from which the goal is known to be out of reach. Returns the moves (giver,
        target, taker) from start to goal, or None with the set that was reached.
        """
        fresh = self.everyone & ~(starts | dead)
        came: dict[int, tuple[int, int]] = {}
        order = list(positions(starts))
        for a in order:
            if not fresh:
                break
            for u in self.held[a]:
                new = fresh & self.may(u, a)
                if not new:
                    continue
                hit = new & goal
                for j in positions(hit & -hit or new):
                    came[j] = (a, u)
                    order.append(j)
                if hit:
                    moves = [(a, u, order[-1])]
                    while moves[-1][0] in came:
                        giver, target = came[moves[-1][0]]
                        moves.append((giver, target, moves[-1][0]))
                    return moves[::-1], 0
                fresh &= ~new
        return None, self.everyone & ~(fresh | dead)

    def carry_out(self, moves: Sequence[tuple[int, int, int]]) -> None:
        """Hand over along a chain: every taker takes the giver's place in the team; the first giver ends with
        one target less, the last taker with one more."""
        for a, u, j in moves:
            self.teams[u][self.teams[u].index(a)] = j
            self.members[u] ^= 1 << a | 1 << j
            self.held[a].remove(u)
            insort(self.held[j], u)
        self.change_load(moves[0][0], -1)
        self.change_load(moves[-1][2], 1)

    def fill(self, t: int) -> tuple[int, ...] | None:
        """One slot of t by steps 1 and 2; None when filled, else the reached set (the reason of step 2).

        What a failed search reached is full and closed, and stays so, because no later chain can pass
        through it. Leaving it out of later searches therefore changes neither their goal nor their chain.
        """
        if self.deal(t):
            return None
        starts = self.may(t)
        if starts & ~self.dead:
            moves, reached = self.search(starts & ~self.dead, self.open, self.dead)
            if moves is not None:
                self.carry_out(moves)
                self.join(t, moves[0][0], 1)
                self.chains.append(Chain("调剂", moves[0][0], t, tuple(moves)))
                return None
            self.dead |= reached
        return self.reason(starts)

    def reason(self, starts: int) -> tuple[int, ...]:
        """Positions that a failed search from `starts` reaches; who can hand on to whom is fixed among
        them."""
        if starts not in self.reasons:
            reached = waiting = starts
            while waiting and reached != self.everyone:
                bit = waiting & -waiting
                p = bit.bit_length() - 1
                if p not in self.onward:
                    self.onward[p] = 0
                    for u in self.held[p]:
                        self.onward[p] |= self.may(u, p)
                new = self.onward[p] & ~reached
                reached |= new
                waiting = waiting & ~bit | new
            self.reasons[starts] = tuple(positions(reached))
        return self.reasons[starts]

    def fill_team(self, t: int) -> None:
        """Fill t up to per_target members; what cannot be filled becomes an entry of `unserved`."""
        while len(self.teams[t]) < self.per_target:
            reached = self.fill(t)
            if reached is not None:
                # The start set is the same for the other slots of this target, so they fail alike.
                self.unserved.append(Unserved(t, self.per_target - len(self.teams[t]), reached))
                return

    def level(self) -> None:
        """Step 3: chains from inspectors of load L to one of load ≤ L-2, L from the maximum down to 2.

        What a failed search reached can never lead to a goal again (it is closed, and later goals are
        fewer), so it is not searched a second time: each inspector is looked through once for all failing
        levels.
        """
        dead = 0
        for height in range(max(self.load, default=0), 1, -1):
            while True:
                goal = self.open & sum(m for load, m in self.levels.items() if load <= height - 2)
                starts = self.levels.get(height, 0) & ~dead
                moves, reached = self.search(starts, goal, dead) if goal and starts else (None, 0)
                if moves is None:
                    dead |= reached
                    break
                self.carry_out(moves)
                self.chains.append(Chain("拉平", moves[0][0], None, tuple(moves)))

    def leaders_first(self, t: int) -> None:
        """Step 4: members having the skill come first, otherwise as they are; the first is 主检."""
        having = self.having[self.targets[t].skill]
        self.teams[t].sort(key=lambda p: not having >> p & 1)

    def run(self) -> Pairing:
        """Steps 1 to 4 for all targets (protocol 7.7); returns itself."""
        for t in range(len(self.targets)):
            self.fill_team(t)
        self.level()
        for t in range(len(self.targets)):
            self.leaders_first(t)
        return self

    def team_ids(self, t: int) -> list[str]:
        """Codes of the team of t in order; the first is 主检; shorter than per_target when unserved."""
        return [self.ids[p] for p in self.teams[t]]
