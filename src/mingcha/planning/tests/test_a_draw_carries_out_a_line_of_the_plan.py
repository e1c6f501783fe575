"""A draw for a line of the plan takes the line's firms and leaves out whom the plan left out (N6, S2)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.kernel.testing import refused
from mingcha.planning import services
from mingcha.planning.models import Campaign, Draw, DrawFile, PlanLine
from mingcha.planning.planned_roster import ALREADY, AT_CAP, CLASS_A, SEEN
from mingcha.planning.plans.testing import (
    add_line,
    an_item,
    approved_plan,
    freeze,
    make_enterprises,
    make_plan,
)
from mingcha.planning.selectors import preview_of
from mingcha.planning.testing import County, approved, draft, drawn
from mingcha.registry.models import Subject, Violation, Visit

pytestmark = pytest.mark.django_db
YEAR = 2026


@pytest.fixture
def line(county: County) -> PlanLine:
    """A published line over one town, until the end of this year."""
    make_enterprises(3, town="乙镇")
    plan = make_plan(county, year=YEAR, base_day=date(YEAR, 1, 1))
    days = {"first_day": date(YEAR, 11, 24), "last_day": date(YEAR, 12, 31)}
    made = add_line(county, plan, an_item(), towns="示范镇", rate_bp=2000, **days)
    approved_plan(county, freeze(county, plan))
    return PlanLine.objects.get(pk=made.pk)


def of_line(county: County, line: PlanLine) -> Campaign:
    """An approved campaign that carries the line out."""
    made = services.campaigns.draft_from_plan(actor=county.coordinator, lines=[line])
    return approved(county, made)


def excluded(draw: Draw) -> dict[int, str]:
    return {entry.subject_id: entry.row.excluded for entry in preview_of(draw).excluded}


def visit(subject: Subject, **values: Any) -> None:
    given = {"unit_name": "劳动监察股", "visited_on": date(YEAR, 3, 2), "recorded_at": clock.now()}
    Visit.objects.create(subject=subject, **given | values)


def test_only_firms_of_the_line_stand_on_the_roster(county: County, line: PlanLine) -> None:
    assert len(preview_of(draft(county)).entries) == 13
    seen = preview_of(draft(county, of_line(county, line)))
    assert {entry.subject_id for entry in seen.entries} == {subject.pk for subject in county.subjects}


def test_who_was_seen_is_at_the_cap_or_of_class_a_stays_with_a_reason(county: County, line: PlanLine) -> None:
    first, second, third, fourth, *_rest = county.subjects
    visit(first)
    for subject in (second, third, fourth):
        visit(subject, manner="off_site", counts=False)
    Subject.objects.filter(pk__in=[second.pk, third.pk]).update(grade_hrss="A")
    Violation.objects.create(subject=third, decided_on=date(2024, 1, 1), handling="order", what="欠薪")
    assert excluded(draft(county, of_line(county, line))) == {
        first.pk: AT_CAP,
        second.pk: CLASS_A,
        third.pk: SEEN,
        fourth.pk: SEEN,
    }
    # Outside the plan too; only that somebody was seen keeps nobody out where the campaign does not ask it.
    assert excluded(draft(county)) == {first.pk: AT_CAP, second.pk: CLASS_A}


def test_who_was_drawn_this_year_is_not_drawn_again(county: County, line: PlanLine) -> None:
    before = drawn(county)
    at_home = {subject.pk for subject in county.subjects}
    chosen = {target.subject_id for target in before.targets.filter(kind="S")} & at_home
    after = draft(county, of_line(county, line), reveal_at=clock.now() + timedelta(hours=1))
    assert excluded(after) == dict.fromkeys(chosen, ALREADY)
    sealed = services.seal(actor=county.coordinator, draw=after)
    roster = bytes(DrawFile.objects.get(draw=sealed, name="roster.csv", audience="public").content).decode()
    assert roster.count(ALREADY) == len(chosen) > 0


def test_one_press_on_the_line_takes_everything_it_says(county: County, line: PlanLine) -> None:
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    page = client.get(f"/planning/plan-lines/{line.pk}/")
    assert "立抽查任务" in page.content.decode()
    answer = client.post(f"/planning/plan-lines/{line.pk}/campaign/", {"_once": idempotency.token()})
    made = Campaign.objects.get()
    assert answer.headers["Location"] == f"/planning/campaigns/{made.pk}/"
    assert (made.title, made.kinds, made.towns, made.rate_bp) == (line.name, "enterprise", "示范镇", 2000)
    assert (made.visit_from, made.visit_until) == (date(YEAR, 11, 24), date(YEAR, 12, 31))
    assert list(made.item_versions.all()) == list(line.items.all())
    assert made.lead_unit == line.lead_unit


def test_a_line_that_a_campaign_carries_out_already_says_so(county: County, line: PlanLine) -> None:
    made = of_line(county, line)
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    text = client.get(reverse("planning:campaign-from-plan")).content.decode()
    assert f"已立任务：{made.title}（已批准）" in text
    services.campaigns.cancel(actor=county.leader, campaign=made, reason="重复")
    assert "已立任务" not in client.get(reverse("planning:campaign-from-plan")).content.decode()


def test_the_form_of_a_draw_begins_with_what_was_approved(county: County, line: PlanLine) -> None:
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    campaign = of_line(county, line)
    page = client.get("/planning/draws/new/", {"campaign": campaign.pk})
    shown = page.context["form"].initial
    assert (shown["title"], shown["campaign"]) == ("工资支付抽查", campaign.pk)
    assert (shown["visit_from"], shown["visit_until"]) == (date(YEAR, 11, 24), date(YEAR, 12, 31))
    assert client.get("/planning/draws/new/", {"campaign": "x"}).status_code == 200


def test_a_line_of_a_plan_that_is_not_public_is_refused(county: County) -> None:
    plan = make_plan(county)
    line = add_line(county, plan, an_item())
    with refused("campaign.plan_line"):
        services.campaigns.draft_from_plan(actor=county.coordinator, lines=[line])
