"""Sealing freezes the roster and commits to it before the random value exists (SSJ-1 §7.0, N3–N6)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base.roles import Role
from mingcha.items.services import draft_next
from mingcha.items.testing import publish
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.draw import first_gap
from mingcha.kernel.refusal import Refused
from mingcha.planning import lifecycle, roster, selectors, services
from mingcha.planning.campaigns.forms import AdHocForm
from mingcha.planning.forms import DrawForm
from mingcha.planning.models import Draw, DrawFile, DrawPerson, RegisterLine
from mingcha.planning.testing import County, draft, make_subject, sealed
from mingcha.registry.models import Subject
from mingcha.registry.services import declare_recusal


def codes(raised: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return raised.value.codes


def test_a_sealed_draw_takes_the_next_number_of_the_register(county: County) -> None:
    assert [sealed(county, items=items).number for items in ("甲", "乙")] == [
        "130111-RS-2026-0001",
        "130111-RS-2026-0002",
    ]


def test_the_plan_digest_covers_the_frozen_files(county: County) -> None:
    draw = sealed(county)
    files = selectors.files_for(draw, county.overseer)
    plan = json.loads(files["plan.json"])
    assert draw.plan_digest == hex_digest(files["plan.json"])
    assert plan["roster_sha256"] == hex_digest(files["roster.csv"]) == draw.roster_digest
    assert plan["inspectors_sha256"] == hex_digest(files["inspectors.csv"])
    assert plan["recusals_sha256"] == hex_digest(files["recusals.csv"])


def test_a_firm_entered_after_sealing_is_not_on_the_roster(county: County) -> None:
    draw = sealed(county)
    late = make_subject(county.coordinator, 99)
    assert late.roster_id.encode() not in selectors.files_for(draw, county.overseer)["roster.csv"]


def test_a_sealed_draw_cannot_be_changed(county: County) -> None:
    draw = sealed(county)
    with pytest.raises(Refused) as raised:
        services.change_draw(actor=county.coordinator, draw=draw, values={})
    assert codes(raised) == ("draw.sealed",)


def test_sealing_is_refused_when_the_moment_is_not_still_to_come(county: County) -> None:
    plan = draft(county, reveal_at=county.clock.now() + timedelta(minutes=4))
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert codes(raised) == ("draw.reveal_is_coming",)
    assert "5 分钟" in raised.value.text()


def test_people_whose_certificate_ends_before_the_last_visit_day_are_not_available(county: County) -> None:
    draw = draft(county)
    for inspector in county.inspectors[1:]:
        inspector.valid_until = date(2026, 12, 17)
        inspector.save()
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=draw)
    assert "draw.enough_people" in codes(raised)


def test_sealing_is_refused_when_the_people_cannot_take_all_targets(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=draft(county, capacity=1))
    assert codes(raised) == ("draw.enough_capacity",)


def test_all_reasons_are_told_at_once(county: County) -> None:
    plan = draft(county, reveal_at=county.clock.now(), capacity=1)
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert codes(raised) == ("draw.reveal_is_coming", "draw.enough_capacity")


def test_firms_that_do_not_operate_stay_on_the_roster_with_the_reason(county: County) -> None:
    closed = make_subject(county.coordinator, 50, registration=Subject.Registration.SUSPENDED)
    gone = make_subject(county.coordinator, 51, registration=Subject.Registration.DEREGISTERED)
    outside = make_subject(county.coordinator, 52, division_code="130108")
    roster = selectors.files_for(sealed(county), county.overseer)["roster.csv"].decode()
    assert f"{closed.roster_id},QY,1,,SUSPENDED\n" in roster
    assert f"{outside.roster_id},QY,1,,OUTSIDE\n" in roster
    assert gone.roster_id not in roster


def test_a_ratio_is_rounded_up(county: County) -> None:
    draw = draft(county, quota_mode=Draw.QuotaMode.RATE, rate_bp=300, total=0)
    assert selectors.preview_of(draw).to_draw == {"QY": 1}
    for number in range(11, 35):
        make_subject(county.coordinator, number)
    assert selectors.preview_of(draw).to_draw == {"QY": 2}  # 34 × 3 % = 1.02


def test_one_sealed_roster_is_drawn_once_unless_the_reason_is_written(county: County) -> None:
    first = sealed(county)
    with pytest.raises(Refused) as raised:
        sealed(county)
    assert codes(raised) == ("draw.not_a_second_attempt",)
    assert first.number in raised.value.text()
    again = sealed(county, repeat_reason="首次抽取的检查时间段被取消")
    assert json.loads(selectors.files_for(again, county.overseer)["plan.json"])["repeat_reason"]


def test_inspectors_appear_under_fresh_codes_only(county: County) -> None:
    draw = sealed(county)
    text = selectors.files_for(draw, county.overseer)["inspectors.csv"].decode()
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["I001", "I002", "I003", "I004"]
    assert DrawPerson.objects.filter(draw=draw).count() == 4
    assert all(person.name not in text for person in county.inspectors)


def test_recusals_are_frozen_with_one_decoy_and_never_public(county: County) -> None:
    declare_recusal(
        actor=county.coordinator,
        values={
            "subject": county.subjects[0],
            "inspector": county.inspectors[0],
            "kind": "family",
            "basis": "近亲属任职",
            "valid_from": date(2026, 1, 1),
            "valid_until": None,
        },
    )
    draw = sealed(county)
    rows = selectors.files_for(draw, county.overseer)["recusals.csv"].decode().splitlines()[1:]
    code = DrawPerson.objects.get(draw=draw, inspector=county.inspectors[0]).code
    assert f"{county.subjects[0].roster_id},{code}" in rows
    assert len(rows) == 2
    public = DrawFile.objects.filter(draw=draw, audience=DrawFile.Audience.PUBLIC)
    assert {file.name for file in public} == {"plan.json", "roster.csv", "evidence/names.csv"}


def test_the_public_register_is_a_whole_chain(county: County) -> None:
    sealed(county, title="甲")
    sealed(county, title="乙", repeat_reason="另一批次")
    assert first_gap(selectors.register_jsonl()) is None
    assert list(RegisterLine.objects.values_list("event", flat=True)) == ["登记", "冻结"] * 2


def test_only_the_coordinator_seals(county: County) -> None:
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.head, draw=draft(county))
    assert codes(raised) == ("lifecycle.role",)


def test_a_draw_sealed_twice_is_sealed_once(county: County) -> None:
    plan = draft(county)
    services.seal(actor=county.coordinator, draw=plan)
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert codes(raised) == ("lifecycle.not_here",)
    assert Draw.objects.filter(state=lifecycle.SEALED).count() == 1


def test_nothing_is_sealed_while_the_clock_is_set_back(county: County) -> None:
    sealed(county)
    county.clock.advance(minutes=-10)
    with pytest.raises(Refused) as raised:
        sealed(county, items="另一批")
    assert codes(raised) == ("draw.register",)
    assert Draw.objects.exclude(number="").count() == 1


def test_a_roster_that_changed_since_it_was_looked_at_is_not_sealed(county: County) -> None:
    plan = draft(county)
    looked_at = roster.digest_of(selectors.preview_of(plan))
    make_subject(county.coordinator, 77)
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan, seen_roster=looked_at)
    assert codes(raised) == ("draw.roster_changed",)


def test_another_version_of_an_item_is_the_same_item(county: County) -> None:
    draw = sealed(county)
    item = draw.item_versions.get().item
    following = draft_next(actor=county.coordinator, item_id=item.pk)
    publish(following, date(2026, 11, 24))
    with pytest.raises(Refused) as raised:
        sealed(county, item_versions=[following])
    assert codes(raised) == ("draw.not_a_second_attempt",)


def test_visits_do_not_begin_before_the_digits(county: County) -> None:
    late = draft(county, reveal_at=county.clock.now() + timedelta(days=3))
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=late)
    assert codes(raised) == ("draw.visits_follow",)


def test_a_recusal_that_begins_during_the_visits_counts(county: County) -> None:
    declare_recusal(
        actor=county.coordinator,
        values={
            "subject": county.subjects[0],
            "inspector": county.inspectors[0],
            "kind": "family",
            "basis": "配偶将任职",
            "valid_from": date(2026, 12, 1),
            "valid_until": None,
        },
    )
    rows = selectors.files_for(sealed(county), county.overseer)["recusals.csv"].decode().splitlines()
    assert len(rows) == 3


def test_a_form_with_fewer_than_two_people_a_firm_is_not_accepted(county: County) -> None:
    assert "team_size" in AdHocForm({"team_size": "1"}).errors
    assert {"capacity", "reserve_pct"} <= set(DrawForm({"capacity": "0", "reserve_pct": "1000"}).errors)


def test_an_inspector_does_not_plan_a_draw_even_past_the_page(county: County) -> None:
    stranger = replace(county, coordinator=as_officer(make_officer(Role.INSPECTOR)))
    with pytest.raises(Refused):
        draft(stranger)
