"""Different enterprises with a completed check; on site and off site, own and superior's apart (S1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.basics.services.parameters import set_value
from mingcha.planning.models import AnnualPlan, Draw
from mingcha.planning.plans.progress import Progress, progress_of
from mingcha.planning.plans.providers import _steps
from mingcha.planning.plans.testing import YEAR, add_line, an_item, approved_plan, freeze, make_plan
from mingcha.planning.testing import County, drawn
from mingcha.registry.models import Subject, Visit

pytestmark = pytest.mark.django_db


def visit(subject: Subject, day: date, **values: Any) -> Visit:
    return Visit.objects.create(
        subject=subject,
        visited_on=day,
        recorded_at=clock.now(),
        **{"unit_name": "劳动监察股", "items": f"{day}", "outcome": "未发现问题"} | values,
    )


@pytest.fixture
def plan(county: County) -> AnnualPlan:
    """A published plan over all ten enterprises; today is the end of June."""
    plan = make_plan(county)
    add_line(county, plan, an_item(), rate_bp=10_000)
    found = approved_plan(county, freeze(county, plan))
    moment = datetime(YEAR, 6, 30, 9, 0, tzinfo=clock.SHANGHAI)
    county.clock.advance(minutes=int((moment - clock.now()) / timedelta(minutes=1)))
    return found


def of(plan: AnnualPlan) -> Progress:
    found = progress_of(plan)
    assert found is not None
    return found


def test_a_firm_counts_once_and_under_one_heading(county: County, plan: AnnualPlan) -> None:
    first, second, third, fourth, *_rest = county.subjects
    visit(first, date(YEAR, 3, 2))
    visit(first, date(YEAR, 4, 2), manner="off_site")
    visit(second, date(YEAR, 3, 3), manner="off_site")
    visit(third, date(YEAR, 3, 4), kind="other")
    visit(third, date(YEAR, 3, 5), own_bureau=False)
    visit(fourth, date(YEAR - 1, 3, 5))
    found = of(plan)
    assert (found.done, found.on_site, found.off_site, found.counted) == (2, 1, 1, 2)
    assert (found.own, found.superior) == (2, 0)


@pytest.mark.parametrize(
    ("code", "counted"),
    [("COVERAGE_COUNTS_OFF_SITE", 2), ("COVERAGE_COUNTS_GONE", 1), ("COVERAGE_COUNTS_SUPERIOR", 3)],
)
def test_what_counts_is_a_parameter(county: County, plan: AnnualPlan, code: str, counted: int) -> None:
    first, second, third, *_rest = county.subjects
    visit(first, date(YEAR, 3, 2), manner="off_site")
    visit(second, date(YEAR, 3, 2), outcome="通过登记的住所无法联系")
    visit(third, date(YEAR, 3, 2))
    Subject.objects.filter(pk=first.pk).update(registration=Subject.Registration.DEREGISTERED)
    assert of(plan).counted == 3
    set_value(
        actor=county.coordinator,
        code=code,
        value=False,
        effective_from=clock.today(),
        source="市局口径",
        confirmed=True,
    )
    found = of(plan)
    assert (found.counted, found.done, found.gone) == (counted, 3, 2)


def test_what_a_superior_asked_for_stands_apart(county: County) -> None:
    year = 2026
    plan = make_plan(county, year=year, base_day=date(year, 1, 1))
    line = add_line(
        county,
        plan,
        an_item(),
        rate_bp=10_000,
        source="superior",
        superior_number="石人社-07",
        first_day=date(year, 11, 24),
        last_day=date(year, 12, 31),
    )
    approved_plan(county, freeze(county, plan))
    draw = drawn(county, title="上级任务")
    Draw.objects.filter(pk=draw.pk).update(plan_line=line)
    chosen = [target.subject for target in draw.targets.filter(kind="S")]
    county.clock.advance(minutes=60 * 24 * 3)
    visit(chosen[0], clock.today())
    other = next(subject for subject in county.subjects if subject not in chosen)
    visit(other, clock.today())
    found = of(plan)
    assert (found.done, found.superior, found.own) == (2, 1, 1)
    (row,) = found.lines
    assert (row.quota, row.drawn, row.done) == (10, 3, 1)


def test_behind_when_the_periods_ask_for_clearly_more(county: County, plan: AnnualPlan) -> None:
    found = of(plan)
    assert found.due == 4
    assert found.behind
    assert [step for step in _steps(county.leader) if "进度落后" in str(step.title)]
    for number, subject in enumerate(county.subjects[:4]):
        visit(subject, date(YEAR, 5, 3 + number))
    assert not of(plan).behind
    assert not [step for step in _steps(county.leader) if "进度落后" in str(step.title)]


def test_the_year_ends_by_its_pace_and_by_its_plan(county: County, plan: AnnualPlan) -> None:
    for number, subject in enumerate(county.subjects[:4]):
        visit(subject, date(YEAR, 5, 3 + number))
    found = of(plan)
    assert (found.by_pace, found.by_plan) == (8, 10)


def test_months_show_what_was_done_and_nothing_for_months_to_come(county: County, plan: AnnualPlan) -> None:
    visit(county.subjects[0], date(YEAR, 4, 2))
    months = of(plan).months
    assert [month.done for month in months] == [0, 0, 0, 1, 1, 1, *[None] * 6]
    assert [month.planned for month in months][-2:] == [10, 10]


def test_the_page_shows_a_table_beside_the_chart(county: County, plan: AnnualPlan) -> None:
    visit(county.subjects[0], date(YEAR, 4, 2))
    head = User.objects.get(pk=county.head.id)
    User.objects.filter(pk=head.pk).update(password_changed_at=clock.now())
    client = sign_in(Client(), head)
    page = client.get(f"/planning/plans/{plan.pk}/progress/").content.decode()
    assert "data-chart=" in page
    assert "按任务时间应完成" in page
    assert "style=" not in page.split("<main")[1]
