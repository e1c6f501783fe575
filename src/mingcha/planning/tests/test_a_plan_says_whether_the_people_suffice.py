"""双人半天 needed against those there are, and the ways out of a shortage (plan 二（三）2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.basics.services.parameters import set_value
from mingcha.kernel.testing import refused
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans.arithmetic import sums_of
from mingcha.planning.plans.people import Manpower, manpower_of
from mingcha.planning.plans.testing import YEAR, add_line, an_item, freeze, make_enterprises, make_plan
from mingcha.planning.services import plans
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector, Leave

pytestmark = pytest.mark.django_db

FEBRUARY = {"first_day": date(YEAR, 2, 1), "last_day": date(YEAR, 2, 28)}


def people_of(plan: AnnualPlan) -> Manpower:
    sums = sums_of(plan)
    assert sums is not None
    return manpower_of(plan, sums.quota_by_line)


def busy(county: County, visits: int, **values: Any) -> AnnualPlan:
    """A plan of so many visits in February."""
    make_enterprises(1500)
    plan = make_plan(county)
    item = an_item(name="可以书面查的", manners=("on_site", "paper"))
    given = {"quota_mode": "number", "total": visits, "manner_reason": "须核对原件", **FEBRUARY}
    add_line(county, plan, item, **given | values)
    return freeze(county, plan)


def test_half_the_time_of_four_people_makes_so_many_team_half_days(county: County) -> None:
    found = people_of(busy(county, 60))
    february = found.months[1]
    # Work days × two half-days × 50 % × four people ÷ two in a team.
    assert february.have == february.work_days * 2 * 50 // 100 * 4 // 2
    assert (found.needed, found.have) == (60, sum(month.have for month in found.months))


def test_a_shortage_within_the_period_is_seen_though_the_year_would_do(county: County) -> None:
    plan = busy(county, 60)
    found = people_of(plan)
    february = found.months[1]
    assert found.needed < found.have
    assert found.shortage == 60 - february.have > 0
    with refused("plan.shortage_explained"):
        plans.submit(actor=county.coordinator, plan=plan)
    way = {"shortage_way": "请市局支援", "title": plan.title, "base_day": plan.base_day}
    plans.submit(
        actor=county.coordinator, plan=plans.change_plan(actor=county.coordinator, plan=plan, values=way)
    )


def test_the_ways_out_are_computed(county: County) -> None:
    found = people_of(busy(county, 60))
    (first,) = found.off_site_first
    assert (first.half_days, first.off_site_half_days, first.saved) == (60, 6, 54)
    free = {month.number: month.free for month in found.free_months}
    assert 2 not in free
    assert free[3] == found.months[2].have


def test_done_off_site_the_same_line_fits(county: County) -> None:
    found = people_of(busy(county, 60, manner="off_site"))
    assert (found.needed, found.shortage, found.off_site_first) == (6, 0, [])


def test_leave_certificates_and_yearly_limits_take_people_away(county: County) -> None:
    plan = busy(county, 20)
    before = people_of(plan).months[1].have
    first, second, third, _fourth = county.inspectors
    Leave.objects.create(
        inspector=first, first_day=date(YEAR, 2, 1), last_day=date(YEAR, 2, 28), kind=Leave.Kind.TRAINING
    )
    less = people_of(plan).months[1].have
    assert less == before * 3 // 4
    Inspector.objects.filter(pk=second.pk).update(valid_until=date(YEAR, 1, 31))
    Inspector.objects.filter(pk=third.pk).update(yearly_limit=0)
    # Whoever is left has nobody to go with.
    assert people_of(plan).months[1].have == 0


def test_a_team_of_three_and_longer_visits_take_more(county: County) -> None:
    found = people_of(busy(county, 10, team_size=3, half_days=2))
    assert found.needed == 30


def test_the_share_of_time_is_a_parameter_and_says_that_it_awaits_confirmation(county: County) -> None:
    plan = busy(county, 10)
    found = people_of(plan)
    assert not found.share.confirmed
    set_value(
        actor=county.coordinator,
        code="INSPECTOR_TIME_PCT",
        value=100,
        effective_from=date(2026, 11, 23),
        source="本局测定",
        confirmed=True,
    )
    assert people_of(plan).months[1].have == found.months[1].have * 2
