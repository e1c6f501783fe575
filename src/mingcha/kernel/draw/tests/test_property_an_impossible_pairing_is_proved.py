"""Whoever is left without people is told why, and the reason is a proof that anybody can count.

Checked: the named people are all full; nobody outside may take the place or take over from them; and every
complete pairing would need more places from them than they have. Not claimed: that a partial service
fills as many places as possible, because the protocol gives a place to nobody before somebody with the
skill is there.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import InspectorRow
from mingcha.kernel.draw.certificate import IN_TEAM, NO_CAPACITY, NO_SKILL, RECUSED, newcomers, shortages
from mingcha.kernel.draw.tests.instances import Case, best, needed_from, random_case


def impossible(start: int, count: int) -> list[Case]:
    """The first `count` instances from `start` on that leave somebody unserved."""
    found, seed = [], start
    while len(found) < count:
        case = random_case(seed)
        if case.run().unserved:
            found.append(case)
        seed += 1
    return found


@settings(max_examples=60)
@given(st.integers(0, 2**64))
def test_the_named_people_have_fewer_places_than_every_complete_pairing_needs_from_them(seed: int) -> None:
    for case in impossible(seed, 1):
        room = {j.id: j.capacity for j in case.people}
        for shortage in shortages(done := case.run()):
            full = {done.ids[p] for p in shortage.full}
            assert shortage.needed == needed_from(case, full)
            assert shortage.room == sum(room[j] for j in full)
            assert shortage.needed > shortage.room
            assert shortage.proved


def test_the_named_people_are_full_and_nobody_outside_may_stand_in_for_them() -> None:
    for case in impossible(0, 300):
        done = case.run()
        teams = [set(done.team_ids(t)) for t in range(len(case.targets))]
        room = {j.id: j.capacity for j in case.people}
        for shortage in shortages(done):
            full = {done.ids[p] for p in shortage.full}
            assert all(sum(j in team for team in teams) == room[j] for j in full)
            for t, target in enumerate(case.targets):
                experts, others = case.able(target)
                leaving = [{j} for j in teams[t] & full] + ([set()] if t == shortage.target else [])
                for gone in leaving:
                    staying = teams[t] - gone
                    may = experts | (others if staying & experts else set())
                    assert may - teams[t] <= full


def test_everybody_outside_is_told_what_keeps_him_from_the_place() -> None:
    told = set()
    for case in impossible(10_000, 300):
        done = case.run()
        people = {j.id: j for j in case.people}
        for shortage in shortages(done):
            target, team = case.targets[shortage.target], set(done.team_ids(shortage.target))
            experts, _ = case.able(target)
            assert set(shortage.full) | {o.inspector for o in shortage.outside} == set(range(len(people)))
            for outsider in shortage.outside:
                j = people[done.ids[outsider.inspector]]
                skilled = not target.skill or target.skill in j.skills
                expected = {
                    IN_TEAM: j.id in team,
                    RECUSED: (target.id, j.id) in case.barred,
                    NO_SKILL: not skilled and not team & experts,
                    NO_CAPACITY: j.capacity == 0,
                }
                assert list(outsider.obstacles) == [name for name, holds in expected.items() if holds]
                assert set(outsider.obstacles) - {NO_CAPACITY}
                told |= set(outsider.obstacles)
    assert told == {IN_TEAM, RECUSED, NO_SKILL, NO_CAPACITY}


def test_the_number_of_further_people_is_enough_and_one_fewer_is_not() -> None:
    counts = set()
    for case in impossible(20_000, 200):
        number = newcomers(case.run())
        counts.add(number)
        for more, enough in ((number, True), (number - 1, False)):
            new = [InspectorRow(f"N{n}", ("x", "y", "z"), 99) for n in range(more)]
            places = best(case._replace(people=case.people + new)).places
            assert (places == case.q * len(case.targets)) is enough
    assert counts == {1, 2, 3}


def test_nobody_is_missing_where_everybody_is_served() -> None:
    done = next(d for d in (random_case(seed).run() for seed in range(50)) if d.teams and not d.unserved)
    assert shortages(done) == []
    assert newcomers(done) == 0
