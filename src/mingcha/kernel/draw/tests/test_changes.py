"""What was changed after a result is told line by line, and every line is held against the register."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mingcha.kernel.draw import (
    Dispatch,
    InspectorRow,
    Known,
    Rejected,
    append_event,
    change_lines,
    check_changes,
    full_bundle,
    load_register,
    replay,
    verify,
)
from mingcha.kernel.draw.replay import CONFIDENTIAL
from mingcha.kernel.draw.tests.support import draw, roster, run, write_files

NUMBER = "130111-T-2026-0001"
SALT = "0f" * 16


class Story:
    """A drawn county with one reserve called and one person who dropped out, register and lines."""

    def __init__(self) -> None:
        people = [InspectorRow(f"I{n}", (), 9) for n in range(5)]
        quota = {"base": "all", "mode": "fixed", "k": {"A": 4}}
        found = draw(roster({"A": 12}), quota, inspectors=people, per_target=2, reserve_pct=50)
        self.files = full_bundle(found.files)
        self.register = self.public = self.confidential = b""
        for event in ("登记", "冻结", "熵源", "结果"):
            self.enter(event)
        state = Dispatch(replay(self.files))
        leaves = state.pairing.targets[0].id
        takes = state.next_reserve(leaves)
        self.happen(state, 1, "候补", {"leaves": leaves, "takes": takes}, {"leaves": leaves, "takes": takes})
        gone = state.pairing.team_ids(1)[0]
        self.happen(state, 2, "更换", {"inspector": gone, "away": ["I4"], "barred": [["E011", "I3"]]}, {})

    def enter(self, event: str, digest: str = "0" * 64) -> None:
        at = f"2026-07-01T09:00:{self.register.count(b'prev'):02}+08:00"
        self.register += append_event(self.register, at=at, draw_id=NUMBER, event=event, digest=digest)

    def happen(self, state: Dispatch, number: int, event: str, detail: dict[str, Any], told: Any) -> None:
        told = {**told, "teams": state.apply(event, detail).teams}
        lines = change_lines(draw_id=NUMBER, number=number, event=event, told=told, detail=detail, salt=SALT)
        self.enter(event, lines.digest)
        self.public += lines.public
        self.confidential += lines.confidential

    def check(self, **other: bytes) -> list[dict[str, Any]]:
        parts = {name: getattr(self, name) for name in ("register", "public", "confidential")} | other
        register = load_register(parts["register"])
        return check_changes(register, NUMBER, parts["public"], parts["confidential"], replay(self.files))


def rejection(story: Story, **other: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        story.check(**other)
    return caught.value.code


def test_the_lines_agree_with_the_register_and_with_the_rules() -> None:
    first, second = Story().check()
    assert (first["event"], second["event"]) == ("候补", "更换")
    assert "inspector" not in second


def test_the_register_names_nobody_and_gives_no_reason() -> None:
    story = Story()
    for line in story.register.splitlines()[-2:]:
        assert sorted(json.loads(line)) == ["at", "digest", "draw_id", "event", "prev", "seq"]
    confidential = [json.loads(line) for line in story.confidential.splitlines()]
    assert all(one["salt"] == SALT for one in confidential)
    assert SALT.encode() not in story.public


def test_a_line_that_was_changed_left_out_or_put_elsewhere_is_found() -> None:
    story = Story()
    one, two = story.public.splitlines(keepends=True)
    assert rejection(story, public=one) == "changes-count"
    assert rejection(story, public=two + one) == "changes-field"
    assert rejection(story, public=one.replace(b"takes", b"taken") + two) == "changes-digest"
    secret, other = story.confidential.splitlines(keepends=True)
    assert rejection(story, confidential=secret) == "changes-count"
    assert rejection(story, confidential=other + secret) == "changes-digest"
    assert rejection(story, confidential=secret.replace(b'"0f', b'"1f') + other) == "changes-digest"


def test_a_line_that_is_not_canonical_is_refused() -> None:
    story = Story()
    one, two = story.public.splitlines(keepends=True)
    assert rejection(story, public=b"{\n" + two) == "changes-json"
    assert rejection(story, public=one.replace(b'"number":1', b'"number":1.0') + two) == "changes-number"
    assert rejection(story, public=one.replace(b",", b", ", 1) + two) == "changes-canonical"
    assert rejection(story, public=b"[]\n" + two) == "changes-field"


def test_teams_that_do_not_follow_from_the_rules_are_found() -> None:
    story = Story()
    detail = json.loads(story.confidential.splitlines()[0])
    told = json.loads(story.public.splitlines()[0])
    told["teams"][told["takes"]] = (
        ["I0", "I1"] if told["teams"][told["takes"]] != ["I0", "I1"] else ["I1", "I0"]
    )
    with_other_teams = {name: told[name] for name in ("leaves", "takes", "teams")}
    del detail["number"], detail["salt"]
    lines = change_lines(
        draw_id=NUMBER, number=1, event="候补", told=with_other_teams, detail=detail, salt=SALT
    )
    story.register = b"".join(story.register.splitlines(keepends=True)[:4])
    story.enter("候补", lines.digest)
    assert rejection(story, public=lines.public, confidential=lines.confidential) == "changes-teams"


def told_anew(story: Story, told: dict[str, Any], detail: dict[str, Any]) -> str:
    """Only this first change, consistently entered: why it is rejected."""
    detail = {name: value for name, value in detail.items() if name not in ("number", "salt")}
    told = {name: told[name] for name in ("leaves", "takes", "teams", "reason") if name in told}
    lines = change_lines(draw_id=NUMBER, number=1, event="候补", told=told, detail=detail, salt=SALT)
    story.register = b"".join(story.register.splitlines(keepends=True)[:4])
    story.enter("候补", lines.digest)
    return rejection(story, public=lines.public, confidential=lines.confidential)


def test_both_lines_tell_of_the_same_firms_and_the_same_cause() -> None:
    story = Story()
    told = json.loads(story.public.splitlines()[0])
    detail = json.loads(story.confidential.splitlines()[0])
    other = Dispatch(replay(story.files)).pairing.targets[2].id
    assert told_anew(story, {**told, "leaves": other}, detail) == "changes-place"
    assert told_anew(story, {**told, "reason": "closed"}, {**detail, "cause": "moved_out"}) == "changes-place"


def test_a_reserve_out_of_turn_is_found_where_only_the_list_can_be_repeated() -> None:
    story = Story()
    listed = replay({name: data for name, data in story.files.items() if name not in CONFIDENTIAL})
    leaves = json.loads(story.public.splitlines()[0])["leaves"]
    first, second, *_rest = Dispatch(replay(story.files)).queues["A"]

    def held(leaves: str, takes: str) -> list[dict[str, Any]]:
        told = {"leaves": leaves, "takes": takes, "teams": {}}
        lines = change_lines(draw_id=NUMBER, number=1, event="候补", told=told, detail={}, salt=SALT)
        story.register = b"".join(story.register.splitlines(keepends=True)[:4])
        story.enter("候补", lines.digest)
        return check_changes(load_register(story.register), NUMBER, lines.public, draw=listed)

    assert held(leaves, first)
    for wrong in ((leaves, second), (second, first)):
        with pytest.raises(Rejected) as caught:
            held(*wrong)
        assert caught.value.code == "changes-order"


def test_a_target_that_another_number_serves_is_emptied_and_never_filled_again() -> None:
    state = Dispatch(replay(Story().files))
    served, team = state.pairing.targets[0].id, state.pairing.team_ids(0)
    load = {code: state.pairing.load[state.pairing.ids.index(code)] for code in team}
    change = state.apply("更换", {"inspector": team[0], "served": [served]})
    assert served not in change.teams
    assert state.pairing.team_ids(0) == []
    state.apply("更换", {"inspector": team[1]})
    assert state.pairing.team_ids(0) == []
    assert load[team[0]] > 0
    assert state.pairing.load[state.pairing.ids.index(team[0])] == 0
    for event, detail in (
        ("更换", {"target": served, "inspector": team[1]}),
        ("候补", {"leaves": served, "takes": state.queues["A"][0]}),
        ("更换", {"inspector": team[1], "served": ["NOBODY"]}),
    ):
        with pytest.raises(Rejected) as caught:
            state.apply(event, detail)
        assert caught.value.code == "argument"


def test_a_team_that_has_begun_stays_and_hands_its_firm_on_to_nobody() -> None:
    state = Dispatch(replay(Story().files))
    begun, team = state.pairing.targets[0].id, state.pairing.team_ids(0)
    before = list(state.pairing.load)
    for code in state.pairing.ids:
        state.apply("更换", {"inspector": code, "begun": [begun]})
    assert state.pairing.team_ids(0) == team
    assert [team for team in state.pairing.teams if team] == [state.pairing.teams[0]]
    at = [state.pairing.ids.index(code) for code in team]
    assert [state.pairing.load[p] for p in at] == [1, 1] and all(before[p] >= 1 for p in at)
    for event, detail in (
        ("更换", {"target": begun, "inspector": team[1]}),
        ("候补", {"leaves": begun, "takes": state.queues["A"][0]}),
        ("更换", {"inspector": team[1], "served": [begun]}),
        ("更换", {"inspector": team[1], "begun": ["NOBODY"]}),
    ):
        with pytest.raises(Rejected) as caught:
            state.apply(event, detail)
        assert caught.value.code == "argument"


def test_nobody_is_given_more_than_there_is_room_for() -> None:
    state = Dispatch(replay(Story().files))
    target, gone = state.pairing.targets[0].id, state.pairing.team_ids(0)[0]
    others = [code for code in state.pairing.ids if code not in state.pairing.team_ids(0)]
    room = dict.fromkeys(others, 0) | {others[0]: 1}
    assert others[0] in state.apply("更换", {"target": target, "inspector": gone, "room": room}).teams[target]
    assert state.spare(others[0]) == 0
    state.know(Known(room={others[0]: 5}))
    assert state.spare(others[0]) == 0


def test_nobody_is_named_against_what_has_become_known() -> None:
    story = Story()
    state = Dispatch(replay(story.files))
    target, gone = state.pairing.targets[0].id, state.pairing.team_ids(0)[0]
    others = [code for code in state.pairing.ids if code not in state.pairing.team_ids(0)]
    free = others.pop()
    change = state.apply("更换", {"target": target, "inspector": gone, "away": others})
    assert free in change.teams[target]
    again = Dispatch(replay(story.files))
    pairs = [[target, code] for code in others]
    assert (
        again.apply("更换", {"target": target, "inspector": gone, "barred": pairs}).teams[target]
        == (change.teams[target])
    )
    everybody = Dispatch(replay(story.files))
    known = {"target": target, "inspector": gone, "away": [*others, free]}
    assert everybody.apply("更换", known).unserved == {target: 1}


@pytest.mark.parametrize(
    "known",
    [
        {"barred": "E000"},
        {"barred": [["E000"]]},
        {"away": [1]},
        {"away": "I1"},
        {"served": [1]},
        {"served": "E000"},
        {"begun": [1]},
        {"begun": "E000"},
        {"room": [["I1", 1]]},
        {"room": {"I1": -1}},
        {"room": {"I1": "1"}},
        {"room": {"I9": 1}},
    ],
)
def test_knowledge_of_the_wrong_form_is_refused(known: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as caught:
        Dispatch(replay(Story().files)).apply("更换", {"inspector": "I1", **known})
    assert caught.value.code == "argument"


def test_the_command_line_checks_a_bundle_that_still_verifies(tmp_path: Path) -> None:
    story = Story()
    more = {"changes.jsonl": story.public, "changes-confidential.jsonl": story.confidential}
    assert verify({**story.files, **more}).match
    folder = write_files(tmp_path / "bundle", {**story.files, **more})
    (tmp_path / "register.jsonl").write_bytes(story.register)
    arguments = ["changes", str(folder), str(tmp_path / "register.jsonl")]
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[-1] == (
        "候补和更换 2 次，与登记簿的摘要一致，每一次都重新推算过，检查组一致"
    )
    assert run("verify", str(folder)).returncode == 0
    for name in ("changes-confidential.jsonl", "inspectors.csv", "recusals.csv"):
        (folder / name).unlink()
    assert run(*arguments).stdout.decode().splitlines()[-1] == (
        "候补和更换 2 次，与登记簿的摘要一致，候补都按先后顺序"
    )
    (folder / "roster.csv").unlink()
    # Nothing can be repeated, and nothing is said to have been.
    assert run(*arguments).stdout.decode().splitlines()[-1] == "候补和更换 2 次，与登记簿的摘要一致"
    (folder / "changes.jsonl").write_bytes(b"")
    assert run(*arguments).returncode == 2
