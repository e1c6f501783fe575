"""Loading again adds nothing and touches nothing that the bureau has changed."""

from __future__ import annotations

from datetime import date

import pytest

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics import initial
from mingcha.basics.initial import parameters as table
from mingcha.basics.initial import rules as rule_table
from mingcha.basics.models import ApprovalRoute, DeadlineRule, NumberSeries, ParameterValue, WorkDay
from mingcha.basics.selectors import parameters as reading
from mingcha.basics.selectors import workdays as calendar_reading
from mingcha.basics.services import numbers, parameters, routes, workdays
from mingcha.kernel.terms import Term

pytestmark = pytest.mark.usefixtures("loaded")


def test_a_second_load_changes_nothing(system: System) -> None:
    before = (
        list(ParameterValue.objects.values().order_by("pk")),
        list(WorkDay.objects.values().order_by("pk")),
        list(DeadlineRule.objects.values().order_by("pk")),
    )
    assert initial.load(system) == 0
    assert before == (
        list(ParameterValue.objects.values().order_by("pk")),
        list(WorkDay.objects.values().order_by("pk")),
        list(DeadlineRule.objects.values().order_by("pk")),
    )


def test_what_the_bureau_changed_stays(coordinator: Officer, administrator: Officer, system: System) -> None:
    parameters.set_value(
        actor=coordinator,
        code="CAP_DEFAULT",
        value=1,
        effective_from=date(2026, 11, 23),
        source="石人社〔2026〕9号",
    )
    workdays.override_day(actor=coordinator, day=date(2026, 12, 31), is_workday=False, why="区政府通知")
    numbers.set_series(
        actor=administrator,
        code="inspect-notice",
        label="通知书",
        issuer="栾人社",
        pattern="{issuer}〔{year}〕{number}号",
    )
    routes.set_route(
        actor=administrator,
        kind="campaign",
        label="抽查方案审批",
        basis="局党组会议纪要",
        steps=[routes.Step("分管领导", Role.BUREAU_LEADER), routes.Step("局长", Role.BUREAU_LEADER)],
    )
    initial.load(system)
    assert reading.value("CAP_DEFAULT").as_int() == 1
    assert not WorkDay.objects.get(date=date(2026, 12, 31)).is_workday
    assert NumberSeries.objects.get(code="inspect-notice").issuer == "栾人社"
    assert ApprovalRoute.objects.get(kind="campaign").steps.count() == 2


def test_a_value_that_was_corrected_from_its_first_day_is_not_brought_back(
    coordinator: Officer, system: System
) -> None:
    parameters.set_value(
        actor=coordinator, code="CAP_C", value=3, effective_from=table.START, source="文件", why="更正初始值"
    )
    initial.load(system)
    assert reading.value("CAP_C").as_int() == 3


def test_the_parameters_that_the_skeleton_rests_on_are_there() -> None:
    wanted = {
        "CAP_CLEAN": 1,
        "CAP_DEFAULT": 2,
        "CAP_C": 4,
        "COVERAGE_ENTERPRISE_BP": 300,
        "DRAW_MIN_ENTROPY_BITS": 48,
        "DRAW_MIN_LEAD_MINUTES": 5,
        "CONFIRM_DISPATCH": Term.parse("2WD"),
        "EMERGENCY_APPROVAL": Term.parse("2WD"),
        "SCAN_LATE_ENTRY": Term.parse("10D"),
        "CRIME_ONE_AMT": 5000,
        "CRIME_TEN_AMT": 30000,
        "MIN_WAGE_MONTH": 2200,
    }
    assert {code: reading.value(code).value for code in wanted} == wanted


def test_the_whole_table_of_terms_is_there_with_its_basis() -> None:
    rows = {rule.code: rule for rule in DeadlineRule.objects.all()}
    assert {f"T{number:02d}" for number in range(1, 27)} <= rows.keys()
    assert all(rule.source and rule.trust for rule in rows.values())
    assert (rows["T04"].term, rows["T24"].term, rows["T17"].term) == ("60WD", "20WD", "6M")
    assert rows["T05"].extends == "T04"
    assert len(rows) == len(rule_table.TABLE)


def test_years_of_the_notice_are_known_and_later_ones_provisional() -> None:
    assert calendar_reading.known_years() == {2024, 2025, 2026}
    assert set(calendar_reading.years()) >= {2027, 2028}
    assert WorkDay.objects.filter(date__year=2027, provisional=False).count() == 0


def test_2026_has_the_248_work_days_of_the_notice() -> None:
    months = [month.workdays for month in calendar_reading.grid(2026)]
    assert months == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
    assert sum(months) == 248
