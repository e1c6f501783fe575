"""Reserves and replacements: what 7.7 names, at the loads after all earlier events."""

from __future__ import annotations

import random

import pytest

from mingcha.kernel.draw import Dispatch, InspectorRow, Recusal, Rejected, public_bundle, replay
from mingcha.kernel.draw.tests.support import draw, roster, vector

QUOTA = {"base": "all", "mode": "fixed", "k": {"A": 8}}
PEOPLE = [InspectorRow(f"I{n}", ("x",) if n < 3 else (), 8) for n in range(6)]


def dispatch(**options: object) -> Dispatch:
    rows = [r._replace(skill="x" if n % 2 else "") for n, r in enumerate(roster({"A": 20}))]
    settings = {"inspectors": PEOPLE, "per_target": 2, "reserve_pct": 100, **options}
    return Dispatch(draw(rows, QUOTA, **settings).draw)  # type: ignore[arg-type]


def healthy(state: Dispatch) -> None:
    pairing = state.pairing
    load = [0] * len(pairing.ids)
    for t, team in enumerate(pairing.teams):
        skilled = pairing.having[pairing.targets[t].skill]
        assert len(set(team)) == len(team)
        assert not any(pairing.barred[t] >> p & 1 for p in team)
        assert not team or skilled >> team[0] & 1
        assert sum(1 << p for p in team) == pairing.members[t]
        for p in team:
            load[p] += 1
            assert t in pairing.held[p]
    assert load == pairing.load
    assert all(x <= c for x, c in zip(load, pairing.capacity, strict=True))


def test_a_reserve_takes_over_the_team_when_its_skill_is_there() -> None:
    taken = 0
    for number in range(20):
        state = dispatch(number=number)
        target = state.pairing.targets[0].id
        team, reserve = state.pairing.team_ids(0), state.next_reserve(target)
        assert reserve is not None
        if state.reserves[reserve].skill == "" or {"I0", "I1", "I2"} & set(team):
            assert sorted(state.call_reserve(target, reserve).teams[reserve]) == sorted(team)
            healthy(state)
            taken += 1
    assert taken > 5


def test_reserves_are_called_where_nobody_is_paired_too() -> None:
    state = Dispatch(draw(roster({"A": 20}), QUOTA, reserve_pct=100).draw)
    target = state.pairing.targets[3].id
    reserve = state.next_reserve(target)
    assert reserve is not None
    assert state.call_reserve(target, reserve).teams == {reserve: []}
    assert state.pairing.targets[3].id == reserve


def test_the_member_listed_last_leaves_when_nobody_has_the_reserves_skill() -> None:
    people = [InspectorRow("I0", ("x",), 9)] + [InspectorRow(f"I{n}", (), 9) for n in range(1, 6)]
    for number in range(60):
        rows = [r._replace(skill="x" if n % 2 else "") for n, r in enumerate(roster({"A": 20}))]
        found = draw(rows, QUOTA, number=number, inspectors=people, per_target=2, reserve_pct=100).draw
        state = Dispatch(found)
        for t, target in enumerate(list(state.pairing.targets)):
            team, reserve = state.pairing.team_ids(t), state.next_reserve(target.id)
            if reserve and state.reserves[reserve].skill == "x" and "I0" not in team:
                change = state.call_reserve(target.id, reserve)
                assert change.teams[reserve] == ["I0", team[0]]
                healthy(state)
                return
    pytest.fail("the situation did not occur")


def test_reserves_are_called_in_order_only() -> None:
    state = dispatch()
    target = state.pairing.targets[0].id
    second = state.queues["A"][1]
    with pytest.raises(Rejected, match="argument"):
        state.call_reserve(target, second)


def test_a_member_recused_from_the_reserve_leaves() -> None:
    rows = roster({"A": 20})
    pairs = [Recusal(r.id, "I0") for r in rows]
    reserve_only = draw(rows, QUOTA, inspectors=PEOPLE, per_target=2, reserve_pct=100).draw
    drawn = {t.id for t in reserve_only.drawn}
    state = Dispatch(
        draw(
            rows,
            QUOTA,
            inspectors=PEOPLE,
            per_target=2,
            reserve_pct=100,
            recusals=[p for p in pairs if p.target not in drawn],
        ).draw
    )
    target = next(t.id for n, t in enumerate(state.pairing.targets) if "I0" in state.pairing.team_ids(n))
    reserve = state.next_reserve(target)
    assert reserve is not None
    assert "I0" not in state.call_reserve(target, reserve).teams[reserve]
    healthy(state)


def test_a_drop_out_loses_every_target_and_nobody_else_is_disturbed_without_need() -> None:
    state = dispatch()
    before = {t.id: state.pairing.team_ids(n) for n, t in enumerate(state.pairing.targets)}
    change = state.drop_out("I1")
    assert not change.unserved
    for n, t in enumerate(state.pairing.targets):
        assert "I1" not in state.pairing.team_ids(n)
        if t.id not in change.teams:
            assert state.pairing.team_ids(n) == before[t.id]
    healthy(state)


def test_an_impossible_replacement_is_reported() -> None:
    state = dispatch(inspectors=PEOPLE[:2], per_target=2)
    change = state.drop_out("I0")
    assert set(change.unserved.values()) == {1}
    healthy(state)


def test_the_same_register_gives_the_same_teams_whoever_repeats_it() -> None:
    for seed in range(25):
        r = random.Random(seed)
        first, events = dispatch(number=seed), []
        for _ in range(6):
            target = r.choice(first.pairing.targets).id
            reserve = first.next_reserve(target)
            event = r.choice(
                [
                    ("候补", {"leaves": target, "takes": reserve}),
                    ("更换", {"target": target, "inspector": r.choice(first.pairing.ids)}),
                    ("更换", {"inspector": r.choice(first.pairing.ids)}),
                ]
            )
            events.append(event)
            first.apply(*event)
            healthy(first)
        second = dispatch(number=seed)
        for event in events:
            second.apply(*event)
        assert second.pairing.teams == first.pairing.teams


def test_a_dispatch_leaves_the_repeated_draw_untouched() -> None:
    found = replay(vector("V3"))
    assert found.pairing is not None
    teams = [list(t) for t in found.pairing.teams]
    Dispatch(found).drop_out("I003")
    assert found.pairing.teams == teams


def test_nothing_can_be_said_from_a_public_bundle_or_an_unknown_name() -> None:
    with pytest.raises(Rejected, match="argument"):
        Dispatch(replay(public_bundle(vector("V3"))))
    state = Dispatch(replay(vector("V3")))
    for event, detail in (
        ("更换", {"inspector": "I999"}),
        ("更换", {"target": "X", "inspector": "I001"}),
        ("更换", {}),
        ("登记", {}),
    ):
        with pytest.raises(Rejected, match="argument"):
            state.apply(event, detail)
