"""Who goes where: constraints, feasibility and balance, checked against tiny independent programs."""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import InspectorRow, Recusal
from mingcha.kernel.draw.pairing import Pairing, Target
from mingcha.kernel.draw.standalone import pair as plain_pair
from mingcha.kernel.draw.tests.support import pair

Instance = tuple[list[InspectorRow], list[Target], list[Recusal]]


def instance(r: random.Random, people: int, targets: int, most: int) -> Instance:
    skills = ["x", "y"]
    who = [
        InspectorRow(f"I{n}", tuple(s for s in skills if r.random() < 0.5), r.randint(0, most))
        for n in range(people)
    ]
    what = [Target(f"T{n}", r.choice(["", "x", "y"])) for n in range(targets)]
    pairs = [Recusal(t.id, j.id) for t in what for j in who if r.random() < 0.2]
    return who, what, pairs


def teams_of(instance: Instance, target: Target, q: int) -> list[tuple[int, ...]]:
    """All permitted teams of a target, written down from the rule and nothing else."""
    who, _, pairs = instance
    barred = {(p.target, p.inspector) for p in pairs}
    able = [n for n, j in enumerate(who) if (target.id, j.id) not in barred]
    skilled = [n for n in able if not target.skill or target.skill in who[n].skills]
    return [c for c in itertools.combinations(able, q) if set(c) & set(skilled)]


def best_squares(instance: Instance, q: int) -> int | None:
    """Least sum of squared loads over all complete assignments, None when there is none: by enumerating the
    load vectors that can be reached, target after target."""
    who, what, _ = instance
    vectors = {(0,) * len(who)}
    for target in what:
        options = teams_of(instance, target, q)
        vectors = {
            tuple(load + (n in team) for n, load in enumerate(v))
            for v in vectors
            for team in options
            if all(v[n] < who[n].capacity for n in team)
        }
    return min((sum(x * x for x in v) for v in vectors), default=None)


def check_constraints(instance: Instance, done: Pairing, q: int) -> None:
    who, what, pairs = instance
    rows = {j.id: j for j in who}
    barred = {(p.target, p.inspector) for p in pairs}
    load = dict.fromkeys(rows, 0)
    for t, target in enumerate(what):
        team = done.team_ids(t)
        assert len(team) <= q
        assert len(set(team)) == len(team)
        assert not any((target.id, j) in barred for j in team)
        assert not team or not target.skill or target.skill in rows[team[0]].skills
        for j in team:
            load[j] += 1
    assert all(load[j] <= rows[j].capacity for j in rows)
    assert [load[j] for j in done.ids] == done.load


@settings(max_examples=150)
@given(st.integers(0, 10**9), st.integers(1, 3))
def test_nobody_is_recused_over_capacity_twice_in_a_team_and_a_skilled_member_leads(
    seed: int, q: int
) -> None:
    r = random.Random(seed)
    case = instance(r, r.randint(0, 9), r.randint(0, 15), 6)
    done = pair(*case, per_target=q, key=f"{seed:032x}")
    check_constraints(case, done, q)
    missing = sum(q - len(done.teams[t]) for t in range(len(case[1])))
    assert missing == sum(u.slots for u in done.unserved)


@pytest.mark.parametrize("block", range(6))
def test_a_pairing_is_found_whenever_one_exists_and_its_loads_are_the_most_even(block: int) -> None:
    found = impossible = 0
    for seed in range(block * 120, block * 120 + 120):
        r = random.Random(seed)
        case = instance(r, r.randint(2, 5), r.randint(1, 6), 4)
        best = best_squares(case, 2)
        done = pair(*case, key=f"{seed:032x}")
        assert (best is None) == bool(done.unserved), seed
        if best is None:
            impossible += 1
        else:
            found += 1
            assert sum(x * x for x in done.load) == best, seed
    assert found > 10
    assert impossible > 10


def test_a_failed_search_names_a_closed_set_of_full_inspectors() -> None:
    checked = 0
    for seed in range(200):
        case = instance(random.Random(seed), 5, 7, 3)
        who, what, pairs = case
        done = Pairing(f"{seed:032x}", who, what, pairs, 2)
        for t in range(len(what)):
            before = len(done.unserved)
            done.fill_team(t)
            if len(done.unserved) > before:
                reached = set(done.unserved[-1].reached)
                assert all(done.load[p] >= done.capacity[p] for p in reached)
                outside = done.everyone & ~sum(1 << p for p in reached)
                assert not done.may(t) & outside
                assert not any(done.may(u, p) & outside for p in reached for u in done.held[p])
                checked += 1
    assert checked > 50


@pytest.mark.parametrize("block", range(4))
def test_heaps_and_bit_sets_give_the_order_of_the_plain_rule(block: int) -> None:
    """Larger instances, with tight capacities, against the literal implementation of the single file."""
    chains = 0
    for seed in range(block * 25, block * 25 + 25):
        r = random.Random(seed)
        who, what, pairs = instance(r, r.randint(6, 14), r.randint(20, 40), r.choice([6, 9, 12]))
        # Some people may hardly go anywhere, so that levelling fails at high loads and succeeds below them.
        stiff = r.sample(who, len(who) // 3)
        pairs = pairs + [Recusal(t.id, j.id) for j in stiff for t in what if r.random() < 0.8]
        key, q = f"{seed:032x}", r.randint(1, 3)
        done = pair(who, what, pairs, q, key)
        table = [(j.id, "+".join(j.skills), str(j.capacity)) for j in who]
        teams, texts, unserved = plain_pair(
            key, table, [tuple(t) for t in what], [tuple(p) for p in pairs], q
        )
        assert [done.team_ids(t) for t in range(len(what))] == teams
        assert len(done.chains) == len(texts)
        assert {u.target: (u.slots, [done.ids[p] for p in u.reached]) for u in done.unserved} == unserved
        chains += len(texts)
    assert chains > 20


def test_loads_differ_by_at_most_one_when_nothing_stands_in_the_way() -> None:
    who = [InspectorRow(f"I{n:02}", (), 100) for n in range(7)]
    done = pair(who, [Target(f"T{n:03}", "") for n in range(100)])
    assert max(done.load) - min(done.load) <= 1


def test_every_pair_of_identical_colleagues_occurs() -> None:
    """No ring walk: over 40 seeds all 45 pairs of 10 people meet."""
    who = [InspectorRow(f"I{n:02}", (), 9) for n in range(10)]
    met: set[frozenset[str]] = set()
    for seed in range(40):
        done = pair(who, [Target(f"T{n:02}", "") for n in range(10)], key=f"{seed:032x}")
        met |= {frozenset(done.team_ids(t)) for t in range(10)}
    assert len(met) == 45


def function_calls(targets: int) -> int:
    """How many functions are called to pair so many targets with sixty people who have just enough room."""
    r = random.Random(7)
    who = [
        InspectorRow(f"I{n:03}", tuple(r.sample(["x", "y", "z"], 2)), targets // 30 + 1) for n in range(60)
    ]
    what = [Target(f"T{n:04}", r.choice("xyz")) for n in range(targets)]
    calls: Counter[str] = Counter()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, argument: calls.update((event,)))
    try:
        done = pair(who, what)
    finally:
        sys.setprofile(before)
    assert not done.unserved
    return calls["call"] + calls["c_call"]


def test_four_times_the_targets_are_about_four_times_the_work() -> None:
    """Against accidental quadratic work, which would be sixteen times as much."""
    assert function_calls(2000) < 5 * function_calls(500)
