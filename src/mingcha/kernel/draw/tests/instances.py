"""Random small pairings, and an independent solver that says what is possible at best.

Nothing here uses the code under test: the solver is a min-cost flow of OR-Tools over the network of
protocol 6 (a target takes at most q people, at most q-1 of them without its skill).
"""

from __future__ import annotations

import random
from typing import NamedTuple

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from mingcha.kernel.draw import InspectorRow, Recusal
from mingcha.kernel.draw.pairing import Pairing, Target

SKILLS = ("x", "y", "z")


class Case(NamedTuple):
    """One pairing to make: rows, pairs that may not meet, people per target and the key of the cards."""

    people: list[InspectorRow]
    targets: list[Target]
    recusals: list[Recusal]
    q: int
    key: str

    def run(self) -> Pairing:
        return Pairing(self.key, self.people, self.targets, self.recusals, self.q).run()

    @property
    def barred(self) -> set[tuple[str, str]]:
        return {(p.target, p.inspector) for p in self.recusals}

    def able(self, target: Target) -> tuple[set[str], set[str]]:
        """Codes that may visit a target: those with its skill, and the others."""
        free = [j for j in self.people if (target.id, j.id) not in self.barred]
        experts = {j.id for j in free if not target.skill or target.skill in j.skills}
        return experts, {j.id for j in free} - experts


def random_case(seed: int, people: int = 8, targets: int = 12, q: int | None = None) -> Case:
    """An instance whose capacity is sometimes ample, mostly tight and sometimes too small."""
    r = random.Random(seed)
    q = q or r.randint(1, 3)
    count, visits = r.randint(1, people), r.randint(0, targets)
    mean = max(1, visits * q // count)
    chance, avoid = r.choice([0.2, 0.5, 0.8]), r.choice([0.0, 0.1, 0.3])
    who = [
        InspectorRow(
            f"I{n:02}", tuple(s for s in SKILLS if r.random() < chance), max(0, mean + r.randint(-1, 2))
        )
        for n in range(count)
    ]
    what = [Target(f"T{n:02}", r.choice(["", *SKILLS])) for n in range(visits)]
    pairs = [Recusal(t.id, j.id) for t in what for j in who if r.random() < avoid]
    return Case(who, what, pairs, q, f"{seed:032x}")


class Best(NamedTuple):
    """The optimum: most places that can be filled (not asking that a skilled colleague leads a partial
    team), and the least sum of squared loads among those solutions."""

    places: int
    squares: int


def best(case: Case) -> Best:
    """Solve an instance by min-cost flow: the x-th visit of a person costs 2x-1, which sums to squares."""
    flow, names = SimpleMinCostFlow(), {}

    def node(*name: object) -> int:
        return names.setdefault(name, len(names))

    def arc(tail: int, head: int, capacity: int, cost: int = 0) -> None:
        flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost)

    source, sink = node("source"), node("sink")
    for target in case.targets:
        experts, others = case.able(target)
        arc(source, node(target), case.q)
        arc(node(target), node(target, "others"), case.q - 1)
        for j in sorted(experts):
            arc(node(target), node(j), 1)
        for j in sorted(others):
            arc(node(target, "others"), node(j), 1)
    for j in case.people:
        for visit in range(1, min(j.capacity, len(case.targets)) + 1):
            arc(node(j.id), sink, 1, 2 * visit - 1)
    wanted = case.q * len(case.targets)
    flow.set_node_supply(source, wanted)
    flow.set_node_supply(sink, -wanted)
    assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
    return Best(flow.maximum_flow(), flow.optimal_cost())


def check_rules(case: Case, done: Pairing) -> None:
    """The rules of protocol 6 and 7.7 for the teams that were made, read from the rows alone."""
    rows = {j.id: j for j in case.people}
    load = dict.fromkeys(rows, 0)
    for t, target in enumerate(case.targets):
        team = done.team_ids(t)
        experts, others = case.able(target)
        assert len(team) == len(set(team)) <= case.q
        assert set(team) <= experts | others
        assert not team or team[0] in experts
        skilled = [j in experts for j in team]
        assert skilled == sorted(skilled, reverse=True)
        for j in team:
            load[j] += 1
    assert all(load[j] <= rows[j].capacity for j in rows)
    missing = case.q * len(case.targets) - sum(load.values())
    assert missing == sum(u.slots for u in done.unserved)


def needed_from(case: Case, people: set[str]) -> int:
    """Places that every complete pairing must give to these people, counted target by target."""
    needed = 0
    for target in case.targets:
        experts, others = case.able(target)
        experts, others = experts - people, others - people
        outside = [n for n in range(case.q + 1) for m in range(n + 1) if m <= len(experts)
                   and n - m <= len(others) and (n < case.q or m > 0)]  # fmt: skip
        needed += case.q - max(outside, default=0)
    return needed
