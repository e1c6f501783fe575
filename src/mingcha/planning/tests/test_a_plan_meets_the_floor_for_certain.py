"""企业年度抽查比例不低于 3%: rounded up, checked again after strata are rounded (N5, S1)."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.planning.models import LineStratum, PlanLine
from mingcha.planning.plans.arithmetic import sums_of
from mingcha.planning.plans.testing import YEAR, add_line, an_item, freeze, make_enterprises, make_plan
from mingcha.planning.services import plans
from mingcha.planning.testing import County
from mingcha.registry.models import Subject

pytestmark = pytest.mark.django_db


def quotas(line: PlanLine) -> dict[str, int]:
    return dict(LineStratum.objects.filter(line=line).values_list("code", "quota"))


def test_the_floor_is_rounded_up(county: County) -> None:
    make_enterprises(141)
    plan = make_plan(county)
    line = add_line(county, plan, an_item())
    sums = sums_of(freeze(county, plan))
    assert sums is not None
    assert (sums.base.enterprises, sums.floor, quotas(line)) == (151, 5, {"enterprise": 5})
    assert sums.met
    assert sums.coverage.exact


def test_a_plan_below_the_floor_is_not_submitted(county: County) -> None:
    make_enterprises(141)
    plan = make_plan(county)
    add_line(county, plan, an_item(), quota_mode="number", total=4)
    plan = freeze(county, plan)
    with refused("plan.floor_is_met"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_lines_that_may_draw_the_same_firm_do_not_add_up_to_the_floor(county: County) -> None:
    make_enterprises(141)
    plan = make_plan(county)
    item = an_item()
    add_line(county, plan, item, quota_mode="number", total=3, avoid_seen=False)
    second = add_line(county, plan, item, quota_mode="number", total=3, avoid_seen=False)
    sums = sums_of(freeze(county, plan))
    assert sums is not None
    assert (sums.coverage.drawn, sums.coverage.least, sums.coverage.expected) == (6, 3, 5)
    with refused("plan.floor_is_met"):
        plans.submit(actor=county.coordinator, plan=plan)

    changed = {"avoid_seen": True}
    plans.change_line(actor=county.coordinator, line=second, values=changed)
    sums = sums_of(freeze(county, plan))
    assert sums is not None
    assert (sums.coverage.least, sums.coverage.exact, sums.met) == (6, True, True)


def test_every_stratum_is_rounded_up_by_itself(county: County) -> None:
    make_enterprises(30, town="甲镇")
    make_enterprises(41, start=2001, town="乙镇")
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), stratify="town")
    sums = sums_of(freeze(county, plan))
    assert sums is not None
    assert quotas(line) == {"enterprise:甲镇": 1, "enterprise:乙镇": 2, "enterprise:示范镇": 1}
    assert (sums.floor, sums.coverage.least) == (3, 4)


def test_grades_weigh_the_rate_and_a_stratum_may_have_its_own(county: County) -> None:
    make_enterprises(100, grade_hrss="A")
    make_enterprises(100, start=2001, grade_hrss="C")
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), stratify="hrss", rate_bp=1000)
    freeze(county, plan)
    assert quotas(line) == {"enterprise:A": 3, "enterprise:C": 30, "enterprise:none": 1}

    plans.set_rates(actor=county.coordinator, line=line, rates={"enterprise:A": 500})
    assert quotas(line)["enterprise:A"] == 5
    plans.set_rates(actor=county.coordinator, line=line, rates={"enterprise:A": None})
    assert quotas(line)["enterprise:A"] == 3


def test_a_number_is_split_over_strata_by_what_can_be_drawn(county: County) -> None:
    make_enterprises(30, town="甲镇")
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), stratify="town", quota_mode="number", total=8)
    freeze(county, plan)
    assert quotas(line) == {"enterprise:甲镇": 6, "enterprise:示范镇": 2}


def test_households_do_not_count_for_the_floor_of_enterprises(county: County) -> None:
    make_enterprises(50, kind=Subject.Kind.HOUSEHOLD)
    plan = make_plan(county)
    add_line(county, plan, an_item(), kinds="household", rate_bp=5000)
    sums = sums_of(freeze(county, plan))
    assert sums is not None
    assert (sums.by_kind, sums.floor, sums.coverage.least) == ({"household": 25}, 1, 0)
    with refused("plan.floor_is_met"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_a_change_of_the_rate_needs_no_new_base_but_one_of_the_scope_does(county: County) -> None:
    plan = make_plan(county)
    line = add_line(county, plan, an_item())
    plan = freeze(county, plan)
    plans.change_line(actor=county.coordinator, line=line, values={"rate_bp": 5000})
    assert quotas(line) == {"enterprise": 5}
    plans.change_line(actor=county.coordinator, line=line, values={"town": "", "towns": "示范镇"})
    with refused("plan.base_is_frozen"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_everything_that_is_missing_is_said_at_once(county: County) -> None:
    plan = make_plan(county)
    with refused("plan.has_lines"):
        plans.submit(actor=county.coordinator, plan=plan)
    add_line(
        county,
        plan,
        None,
        lead_unit=None,
        kinds="project",
        first_day=date(YEAR, 12, 1),
        last_day=date(YEAR + 1, 1, 31),
    )
    plan = freeze(county, plan)
    with pytest.raises(Refused) as said:
        plans.submit(actor=county.coordinator, plan=plan)
    assert said.value.codes == (
        "plan.floor_is_met",
        "plan.line_has_items",
        "plan.period_in_year",
        "plan.line_has_lead",
        "plan.line_draws_something",
    )
