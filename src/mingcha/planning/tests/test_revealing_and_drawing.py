"""The digits decide everything; two people handle them; anyone can repeat the result (SSJ-1 §7.3–7.8)."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.models import DigitsAttempt, DrawTarget, RegisterLine, TeamMember
from mingcha.planning.registers import DrawRegister
from mingcha.planning.testing import DIGITS, WITNESSES, County, draft, drawn, revealed, sealed
from mingcha.registry.services import declare_recusal
from mingcha.web.providers import next_steps


def codes(raised: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return raised.value.codes


def test_digits_cannot_be_entered_before_the_announced_moment(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=29)
    with pytest.raises(Refused) as raised:
        services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    assert codes(raised) == ("draw.reveal_has_come",)


@pytest.mark.parametrize("digits", ["", DIGITS[:-1], DIGITS + "1", "3927401826550193774x", "３" * 20])
def test_anything_but_twenty_digits_is_refused(county: County, digits: str) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    with pytest.raises(Refused) as raised:
        services.enter_digits(actor=county.coordinator, draw=draw, digits=digits, witnesses=WITNESSES)
    assert codes(raised) == ("draw.digits_malformed",)


def test_who_entered_the_digits_does_not_confirm_them(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.head, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    with pytest.raises(Refused):
        services.confirm_digits(actor=county.head, draw=draw)
    assert not DrawTarget.objects.exists()
    assert services.confirm_digits(actor=county.overseer, draw=draw).state == lifecycle.DRAWN


def test_who_sealed_the_roster_does_not_confirm_the_draw(county: County) -> None:
    both = make_officer(Role.COORDINATOR, Role.BUREAU_LEADER, name="兼任者")
    draw = services.seal(actor=as_officer(both), draw=draft(county))
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    with pytest.raises(Refused) as raised:
        services.confirm_digits(actor=as_officer(both), draw=draw)
    assert "封存名单" in raised.value.text()
    assert not DrawTarget.objects.exists()


def test_who_entered_the_digits_is_not_asked_to_check_them(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    draw = services.enter_digits(actor=county.head, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    asked = {
        officer.name: any("核对号码" in step.title for step in next_steps.gather(officer))
        for officer in (county.head, county.leader, county.overseer)
    }
    assert asked == {county.head.name: False, county.leader.name: True, county.overseer.name: True}
    (check, *_rest) = DrawRegister().extra_actions(county.head, draw)
    assert check.refusals


def test_the_drawn_number_of_targets_each_gets_two_different_people(county: County) -> None:
    draw = drawn(county)
    targets = DrawTarget.objects.filter(draw=draw, kind=DrawTarget.Kind.DRAWN)
    assert targets.count() == 3
    for target in targets:
        assert len({member.person_id for member in target.members.all()}) == 2
    loads = [TeamMember.objects.filter(person=person).count() for person in draw.people.all()]
    assert max(loads) - min(loads) <= 1


def test_a_recused_person_is_never_sent(county: County) -> None:
    for subject in county.subjects:
        declare_recusal(
            actor=county.coordinator,
            values={
                "subject": subject,
                "inspector": county.inspectors[0],
                "kind": "other",
                "basis": "测试",
                "valid_from": county.clock.now().date(),
                "valid_until": None,
            },
        )
    draw = drawn(county)
    assert not TeamMember.objects.filter(person__inspector=county.inspectors[0]).exists()
    assert TeamMember.objects.filter(target__draw=draw).count() == 6


def test_reserves_are_the_next_tickets(county: County) -> None:
    draw = drawn(county)
    tickets = {
        kind: list(DrawTarget.objects.filter(draw=draw, kind=kind).values_list("ticket", flat=True))
        for kind in ("S", "R")
    }
    assert len(tickets["R"]) == 2
    assert max(tickets["S"]) < min(tickets["R"])


def test_the_same_digits_give_the_same_result(county: County) -> None:
    draw = drawn(county)
    files = selectors.files_for(draw, county.overseer)
    from mingcha.kernel import draw as ssj

    sealed_files = {
        name: files[name] for name in ("plan.json", "roster.csv", "inspectors.csv", "recusals.csv")
    }
    assert ssj.reveal(sealed_files, [DIGITS]).files["result.csv"] == files["result.csv"]
    assert ssj.reveal(sealed_files, [DIGITS[::-1]]).files["result.csv"] != files["result.csv"]


def test_rows_and_result_csv_say_the_same(county: County) -> None:
    draw = drawn(county)
    text = selectors.files_for(draw, PUBLIC)["result.csv"].decode()
    published = [(row["kind"], int(row["seq"]), row["id"]) for row in csv.DictReader(io.StringIO(text))]
    stored = DrawTarget.objects.filter(draw=draw).values_list("kind", "seq", "roster_id")
    assert sorted(published) == sorted(stored)
    teams = {
        row["id"]: [row["inspector1"], row["inspector2"]]
        for row in csv.DictReader(io.StringIO(text))
        if row["kind"] == "S"
    }
    for target in DrawTarget.objects.filter(draw=draw, kind="S"):
        assert [member.person.code for member in target.members.all()] == teams[target.roster_id]


@pytest.mark.parametrize("audience", ["public", "overseer"])
def test_a_stranger_verifies_the_downloaded_bundle_with_verify_py(
    county: County, tmp_path: Path, audience: str
) -> None:
    draw = drawn(county)
    viewer = PUBLIC if audience == "public" else county.overseer
    with zipfile.ZipFile(io.BytesIO(selectors.bundle_zip(draw, viewer))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / f"draw-{draw.number}"
    command = [sys.executable, "-I", "verify.py", ".", f"plan={draw.plan_digest}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "MATCH"
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_the_public_bundle_names_no_inspector_and_no_recusal(county: County) -> None:
    draw = drawn(county)
    files = selectors.files_for(draw, PUBLIC)
    assert {"inspectors.csv", "recusals.csv", "subjects.csv"}.isdisjoint(files)
    everything = b"".join(files.values()).decode()
    assert all(person.name not in everything for person in county.inspectors)


def test_only_who_knows_the_recusals_gets_the_confidential_files(county: County) -> None:
    draw = drawn(county)
    for viewer in (county.head, county.leader):
        assert {"inspectors.csv", "recusals.csv"}.isdisjoint(selectors.files_for(draw, viewer))
    for viewer in (county.coordinator, county.overseer):
        assert {"inspectors.csv", "recusals.csv"} <= set(selectors.files_for(draw, viewer))


def test_overseers_get_no_internal_file(county: County) -> None:
    assert "subjects.csv" not in selectors.files_for(drawn(county), county.overseer)


def test_returned_digits_stay_public_with_the_reason(county: County) -> None:
    draw = revealed(county, digits="1" * 20)
    draw = services.return_digits(actor=county.overseer, draw=draw, reason="第 3 位抄错")
    assert DigitsAttempt.objects.visible_to(PUBLIC).get().return_reason == "第 3 位抄错"
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    services.confirm_digits(actor=county.overseer, draw=draw)
    line = RegisterLine.objects.get(draw=draw, event="熵源").line
    assert "1" * 20 in line
    assert "第 3 位抄错" in line
    assert first_gap(selectors.register_jsonl()) is None


def test_digits_are_not_sent_back_without_a_reason(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.return_digits(actor=county.overseer, draw=revealed(county), reason=" ")
    assert codes(raised) == ("lifecycle.reason",)


def test_a_draw_is_never_drawn_twice(county: County) -> None:
    draw = drawn(county)
    with pytest.raises(Refused) as raised:
        services.confirm_digits(actor=county.leader, draw=draw)
    assert codes(raised) == ("lifecycle.not_here",)
    assert DrawTarget.objects.filter(draw=draw, kind="S").count() == 3


def test_a_sealed_draw_can_be_voided_with_a_reason_and_stays_in_the_register(county: County) -> None:
    draw = services.void(actor=county.leader, draw=sealed(county), reason="台风停工")
    assert draw.state == lifecycle.VOID
    assert list(RegisterLine.objects.values_list("event", flat=True)) == ["登记", "冻结", "作废"]
    with pytest.raises(Refused):
        sealed(county)
    assert sealed(county, repeat_reason="台风过后重抽").number.endswith("0002")


def test_a_draw_whose_digits_are_known_cannot_be_voided(county: County) -> None:
    draw = services.return_digits(actor=county.overseer, draw=revealed(county), reason="抄错")
    with pytest.raises(Refused) as raised:
        services.void(actor=county.leader, draw=draw, reason="不想要这个结果")
    assert set(codes(raised)) == {"draw.reveal_is_not_over", "draw.no_digits_seen"}


def test_nobody_voids_a_draw_alone_once_the_balls_may_have_been_drawn(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    for verb in (services.void, services.abandon):
        with pytest.raises(Refused):
            verb(actor=county.coordinator, draw=draw, reason="结果不合意")
    voided = services.abandon(actor=county.leader, draw=draw, reason="停电，没有摇号")
    assert voided.state == lifecycle.VOID
    assert '"after_reveal":true' in RegisterLine.objects.get(event="作废").line


def test_who_sealed_cannot_abandon_the_draw(county: County) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.BUREAU_LEADER))
    draw = services.seal(actor=both, draw=draft(county))
    county.clock.advance(minutes=31)
    with pytest.raises(Refused):
        services.abandon(actor=both, draw=draw, reason="停电")


def test_who_entered_the_digits_does_not_send_them_back(county: County) -> None:
    draw = sealed(county)
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.head, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    with pytest.raises(Refused):
        services.return_digits(actor=county.head, draw=draw, reason="想要别的号码")


def test_a_reason_that_does_not_fit_the_register_is_refused(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.return_digits(actor=county.overseer, draw=revealed(county), reason="长" * 201)
    assert codes(raised) == ("draw.reason_length",)


def test_too_few_people_for_a_firm_is_seen_on_the_result(county: County) -> None:
    for subject in county.subjects:
        for inspector in county.inspectors[1:]:
            declare_recusal(
                actor=county.coordinator,
                values={
                    "subject": subject,
                    "inspector": inspector,
                    "kind": "other",
                    "basis": "测试",
                    "valid_from": county.clock.now().date(),
                    "valid_until": None,
                },
            )
    draw = drawn(county)
    assert TeamMember.objects.filter(target__draw=draw).count() == 3
