"""Design §6, N5: strata of publishable facts, each rounded up, nothing less than the plan says."""

from __future__ import annotations

import json
from datetime import date

import pytest

from mingcha.basics.models import Approval
from mingcha.kernel.testing import refused
from mingcha.planning import selectors, services
from mingcha.planning.campaigns.facts import draw_for
from mingcha.planning.campaigns.rosters import standings_of, table_of
from mingcha.planning.models import Campaign, Draw, PlanLine
from mingcha.planning.plans.progress import progress_of
from mingcha.planning.plans.testing import (
    add_line,
    an_item,
    approved_plan,
    freeze,
    make_enterprises,
    make_plan,
)
from mingcha.planning.testing import DIGITS, WITNESSES, County, approved, campaign, draft
from mingcha.registry.models import Subject

pytestmark = pytest.mark.django_db
YEAR = 2026
DAYS = {"first_day": date(YEAR, 11, 24), "last_day": date(YEAR, 12, 31)}


def lines_of(county: County, *changes: dict[str, object]) -> list[PlanLine]:
    """Published lines, one for each set of changes."""
    plan = make_plan(county, year=YEAR, base_day=date(YEAR, 1, 1))
    for number, changed in enumerate(changes):
        add_line(county, plan, an_item(), **{"name": f"任务{number}", "rate_bp": 1000, **DAYS, **changed})
    approved_plan(county, freeze(county, plan))
    return list(PlanLine.objects.filter(plan=plan).select_related("plan").order_by("number"))


def from_lines(county: County, lines: list[PlanLine]) -> Campaign:
    return services.campaigns.draft_from_plan(actor=county.coordinator, lines=lines)


def rows_of(made: Campaign) -> dict[str, tuple[str, int, int]]:
    """Stratum → label, firms, to draw."""
    table = table_of(selectors.preview_of(draw_for(made)))
    return {row.code: (row.label, row.firms, row.to_draw) for row in table.rows}


def test_grades_are_strata_with_a_ratio_of_their_own(county: County) -> None:
    Subject.objects.filter(pk__in=[one.pk for one in county.subjects[:3]]).update(grade_hrss="C")
    (line,) = lines_of(county, {"stratify": "hrss"})
    found = rows_of(from_lines(county, [line]))
    assert {code: label for code, (label, _firms, _drawn) in found.items()} == {
        "QY-C": "企业 · 守法诚信C级",
        "QY-X": "企业 · 未评守法诚信等级",
    }
    assert {code: drawn for code, (_label, _firms, drawn) in found.items()} == {
        stratum.code.replace("enterprise:", "QY-").replace("none", "X"): stratum.quota
        for stratum in line.strata.all()
    }


def test_every_stratum_is_rounded_up(county: County) -> None:
    make_enterprises(1, town="乙镇", start=2001)
    found = rows_of(campaign(county, stratify="town", quota_mode="rate", rate_bp=300))
    assert sorted((label, drawn) for label, _firms, drawn in found.values()) == [
        ("企业 · 乙镇", 1),
        ("企业 · 示范镇", 1),
    ]
    assert all(code.isascii() for code in found)


def test_the_sealed_plan_says_the_strata_in_words(county: County) -> None:
    made = approved(county, campaign(county, stratify="town", quota_mode="rate", rate_bp=3000))
    draw = services.seal(actor=county.coordinator, draw=draft(county, made))
    plan = json.loads(selectors.files_for(draw, county.overseer)["plan.json"])
    ((code, label),) = plan["stratum_labels"].items()
    assert (label, plan["quota"]["bp"]) == ("企业 · 示范镇", {code: 3000})
    assert Draw.objects.get(pk=draw.pk).stratum_labels == {code: label}


def test_what_may_not_be_published_makes_no_stratum(county: County) -> None:
    with refused("campaign.strata_public"):
        services.campaigns.submit(
            actor=county.coordinator,
            campaign=campaign(county, stratify="market", quota_mode="rate", rate_bp=300),
        )


def test_what_the_plan_promised_is_drawn_although_the_register_has_shrunk(county: County) -> None:
    make_enterprises(20, start=2001)
    (line,) = lines_of(county, {"rate_bp": 1000})
    Subject.objects.filter(credit_code__in=[s.credit_code for s in county.subjects]).update(
        registration=Subject.Registration.DEREGISTERED
    )
    ((_label, firms, drawn),) = rows_of(from_lines(county, [line])).values()
    assert (firms, drawn) == (20, 3)


def test_part_of_a_task_is_drawn_where_the_campaign_says_so(county: County) -> None:
    make_enterprises(20, start=2001)
    (line,) = lines_of(county, {"rate_bp": 1000})
    made = from_lines(county, [line])
    services.campaigns.change_campaign(actor=county.coordinator, campaign=made, values={"rate_bp": 300})
    made.refresh_from_db()
    (standing,) = standings_of(made, 1)
    assert [drawn for _label, _firms, drawn in rows_of(made).values()] == [1]
    assert (standing.quota, standing.drawn, standing.now, standing.left) == (3, 0, 1, 2)


def test_at_whom_a_task_of_the_plan_aims_is_not_changed_in_the_campaign(county: County) -> None:
    (line,) = lines_of(county, {})
    made = from_lines(county, [line])
    services.campaigns.change_campaign(
        actor=county.coordinator, campaign=made, values={"towns": "乙镇", "title": "冬季抽查"}
    )
    made.refresh_from_db()
    assert (made.title, made.towns) == ("冬季抽查", "")


def test_sections_whose_tasks_reach_the_same_firms_share_one_campaign_and_one_number(county: County) -> None:
    first, second = lines_of(county, {}, {"name": "参保联合抽查"})
    made = approved(county, from_lines(county, [first, second]))
    assert Approval.objects.filter(thing_type="planning.campaign").count() == 1
    draw = services.seal(actor=county.coordinator, draw=draft(county, made))
    county.clock.advance(minutes=31)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    services.confirm_digits(actor=county.overseer, draw=Draw.objects.get(pk=draw.pk))
    progress = progress_of(first.plan)
    assert progress is not None
    assert [row.drawn for row in progress.lines] == [1, 1]


def test_tasks_that_reach_different_firms_are_not_one_draw(county: County) -> None:
    lines = lines_of(county, {}, {"towns": "示范镇"})
    with refused("campaign.lines_differ"):
        from_lines(county, lines)


def test_visits_outside_the_plans_time_are_refused(county: County) -> None:
    (line,) = lines_of(county, {})
    made = from_lines(county, [line])
    services.campaigns.change_campaign(
        actor=county.coordinator, campaign=made, values={"visit_until": date(2027, 1, 5)}
    )
    with refused("campaign.within_plan"):
        services.campaigns.submit(actor=county.coordinator, campaign=made)
