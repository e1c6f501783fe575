"""After any sequence of drop-outs, recusals and reserves the rules still hold, and a replay agrees."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mingcha.kernel.draw import Dispatch, InspectorRow, Known, Recusal, RosterRow
from mingcha.kernel.draw.tests.support import draw

Event = tuple[str, dict[str, Any]]


def county(seed: int) -> tuple[Dispatch, dict[str, RosterRow], dict[str, InspectorRow], set[tuple[str, str]]]:
    """A drawn county with reserves, its rows by id and the pairs that may not meet."""
    r = random.Random(seed)
    rows = [
        RosterRow(f"E{n:02}", r.choice("AB"), 1, r.choice(["", "x", "y"]), "")
        for n in range(r.randint(8, 40))
    ]
    people = [
        InspectorRow(f"I{n}", tuple(s for s in "xy" if r.random() < 0.6), r.choice([0, 2, 4, 6, 9]))
        for n in range(r.randint(1, 8))
    ]
    pairs = {(row.id, j.id) for row in rows for j in people if r.random() < 0.1}
    quota = {"base": "all", "mode": "rate", "bp": {"A": 4000, "B": 3000}}
    found = draw(
        rows, quota, number=seed, inspectors=people, recusals=[Recusal(*p) for p in pairs],
        per_target=r.randint(1, 3), reserve_pct=100,
    ).draw  # fmt: skip
    return Dispatch(found), {row.id: row for row in rows}, {j.id: j for j in people}, pairs


def next_event(r: random.Random, state: Dispatch) -> Event | None:
    """Something that may happen now: a recusal, somebody who drops out, the next reserve."""
    targets, people = [t.id for t in state.pairing.targets], state.pairing.ids
    kind = r.choice(["reserve", "recusal", "drop out"])
    if kind == "reserve" and targets:
        target = r.choice(targets)
        reserve = state.next_reserve(target)
        return ("候补", {"leaves": target, "takes": reserve}) if reserve else None
    if kind == "recusal" and targets:
        return "更换", {"target": r.choice(targets), "inspector": r.choice(people)}
    return "更换", {"inspector": r.choice(people)}


def knowledge(r: random.Random, state: Dispatch, rows: dict[str, RosterRow]) -> dict[str, Any]:
    """What may have become known before an event, about anybody."""
    people = state.pairing.ids
    pairs = [[r.choice(sorted(rows)), r.choice(people)] for _ in range(r.randint(0, 4))]
    return {"barred": pairs, "away": r.sample(people, r.randint(0, len(people) // 3))}


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_whatever_becomes_known_nobody_is_named_against_it_and_nobody_leaves_for_it(
    seed: int, length: int
) -> None:
    r = random.Random(seed)
    state, rows, _, _ = county(seed)
    apart: set[tuple[str, str]] = set()
    away: set[str] = set()
    events: list[Event] = []
    for _ in range(length):
        event = next_event(r, state)
        if event is None:
            continue
        event[1].update(knowledge(r, state, rows))
        events.append(event)
        apart |= {(target, code) for target, code in event[1]["barred"]}
        away |= set(event[1]["away"])
        before = {t.id: state.pairing.team_ids(n) for n, t in enumerate(state.pairing.targets)}
        state.apply(*event)
        taken, left = event[1].get("takes"), event[1].get("leaves")
        for n, target in enumerate(state.pairing.targets):
            team, former = state.pairing.team_ids(n), before[str(left) if target.id == taken else target.id]
            joined = set(team) - set(former)
            assert not joined & away
            assert not {(target.id, code) for code in joined} & apart
    again, *_ = county(seed)
    for event in events:
        again.apply(*event)
    assert again.pairing.teams == state.pairing.teams


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_whatever_happens_the_teams_of_visits_that_have_begun_stay_and_their_loads_count(
    seed: int, length: int
) -> None:
    r = random.Random(seed)
    state, *_ = county(seed)
    kept: dict[str, list[str]] = {}
    for _ in range(length):
        ahead = {t.id: state.pairing.team_ids(n) for n, t in enumerate(state.pairing.targets)}
        begun = r.sample(sorted(ahead.keys() - kept.keys()), min(1, len(ahead) - len(kept)))
        kept |= {target: ahead[target] for target in begun}
        event = next_event(r, state)
        if event is None or {event[1].get("target"), event[1].get("leaves")} & kept.keys():
            event = "更换", {"inspector": r.choice(state.pairing.ids)}
        state.apply(event[0], {**event[1], "begun": begun})
        now = {t.id: state.pairing.team_ids(n) for n, t in enumerate(state.pairing.targets)}
        assert {target: now[target] for target in kept} == kept
        loads = [sum(code in team for team in now.values()) for code in state.pairing.ids]
        assert loads == state.pairing.load


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_what_becomes_known_alone_changes_no_team(seed: int) -> None:
    r = random.Random(seed)
    state, rows, _, _ = county(seed)
    known = knowledge(r, state, rows)
    before = [list(team) for team in state.pairing.teams]
    state.know(Known([(target, code) for target, code in known["barred"]], known["away"]))
    assert state.pairing.teams == before


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_any_sequence_of_events_keeps_every_rule_and_can_be_replayed(seed: int, length: int) -> None:
    r = random.Random(seed)
    state, rows, people, barred = county(seed)
    q = state.pairing.per_target
    capacity = {j.id: j.capacity for j in people.values()}
    events: list[Event] = []
    for _ in range(length):
        event = next_event(r, state)
        if event is None:
            continue
        events.append(event)
        before = {t.id: state.pairing.team_ids(n) for n, t in enumerate(state.pairing.targets)}
        change = state.apply(*event)
        detail = event[1]
        if "target" in detail:
            barred.add((detail["target"], detail["inspector"]))
        elif "inspector" in detail:
            capacity[detail["inspector"]] = 0
        load = dict.fromkeys(people, 0)
        for n, target in enumerate(state.pairing.targets):
            team = state.pairing.team_ids(n)
            assert len(team) == len(set(team)) <= q
            assert not {(target.id, j) for j in team} & barred
            skilled = [not target.skill or target.skill in people[j].skills for j in team]
            assert target.skill == rows[target.id].skill
            assert len(team) < q or skilled[0]
            assert skilled == sorted(skilled, reverse=True)
            assert team == change.teams.get(target.id, before.get(target.id))
            for j in team:
                load[j] += 1
        assert all(load[j] <= capacity[j] for j in people)
    again, *_ = county(seed)
    for event in events:
        again.apply(*event)
    assert [again.pairing.team_ids(n) for n in range(len(again.pairing.targets))] == [
        state.pairing.team_ids(n) for n in range(len(state.pairing.targets))
    ]


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_a_place_stays_empty_only_when_nobody_can_step_in_or_hand_on(seed: int) -> None:
    """Recomputed from the state after the event by a plain search over hand-overs."""
    r = random.Random(seed)
    state, _, people, _ = county(seed)
    event = next_event(r, state) or ("更换", {"inspector": state.pairing.ids[0]})
    change = state.apply(*event)
    pairing = state.pairing
    for target, slots in change.unserved.items():
        t = next(n for n, row in enumerate(pairing.targets) if row.id == target)
        assert slots == pairing.per_target - len(pairing.teams[t]) > 0

        def may(u: int, leaving: int | None) -> set[int]:
            staying = [p for p in pairing.teams[u] if p != leaving]
            skill = pairing.targets[u].skill
            able = {p for p, id in enumerate(pairing.ids) if not skill or skill in people[id].skills}
            if any(p in able for p in staying):
                able = set(range(len(pairing.ids)))
            return {p for p in able if p not in pairing.teams[u] and not pairing.barred[u] >> p & 1}

        reached = waiting = may(t, None)
        while waiting:
            waiting = {
                j
                for a in waiting
                for u in range(len(pairing.teams))
                if a in pairing.teams[u]
                for j in may(u, a)
            } - reached
            reached = reached | waiting
        assert all(pairing.load[p] >= pairing.capacity[p] for p in reached)
