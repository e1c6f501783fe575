"""Every parameter says who must confirm it, what depends on it, and what applied on a day."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics import uses
from mingcha.basics.initial.parameter_tables import MORE
from mingcha.basics.initial.parameters import TABLE, load
from mingcha.basics.models import DeadlineRule, Parameter, ParameterValue
from mingcha.basics.selectors import parameters as reading
from mingcha.basics.services import parameters

SignIn = Callable[..., None]
PACKAGE = Path(__file__).resolve().parents[2]
CODES = {row.code for row in (*TABLE, *MORE)}


def named_in_code() -> Iterator[str]:
    """Every parameter code that stands in the product outside its initial data."""
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).parts
        if {"tests", "testing.py", "migrations"} & set(parts) or parts[:2] == ("basics", "initial"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in CODES:
                yield str(node.value)


def test_every_parameter_that_the_code_reads_says_what_it_is_used_for() -> None:
    named = set(named_in_code())
    assert {"CAP_DEFAULT", "DRAW_MIN_LEAD_MINUTES"} <= named
    assert named <= uses.registered()


def test_nothing_claims_to_use_a_parameter_that_is_not_there() -> None:
    assert uses.registered() <= CODES


def test_every_code_stands_once_and_what_is_unsettled_names_who_confirms_it() -> None:
    rows = (*TABLE, *MORE)
    assert len(rows) == len(CODES) > 150
    assert [row.code for row in rows if not row.trust.is_settled and not row.confirm_with] == []


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_every_rule_that_takes_a_parameter_is_among_what_depends_on_it(self) -> None:
        taken = DeadlineRule.objects.exclude(parameter="").values_list("parameter", flat=True)
        assert set(taken) <= CODES
        (one,) = [use for use in reading.uses_of("CONFIRM_DISPATCH") if "期限规则" in use.label]
        assert one.url == reverse(
            "basics:rules-detail", args=[DeadlineRule.objects.get(code="CONFIRM_DISPATCH").pk]
        )

    @pytest.mark.parametrize(
        ("code", "on", "shown"),
        [
            ("MIN_WAGE_MONTH", date(2018, 1, 1), "1650 元/月"),
            ("MIN_WAGE_MONTH", date(2019, 11, 1), "1900 元/月"),
            ("MIN_WAGE_MONTH", date(2022, 12, 31), "1900 元/月"),
            ("MIN_WAGE_MONTH", date(2026, 3, 1), "2200 元/月"),
            ("MIN_WAGE_HOUR", date(2020, 1, 1), "19 元/时"),
            ("WORK_DAYS_MONTH", date(2024, 12, 31), "20.83 天"),
            ("WORK_DAYS_MONTH", date(2025, 1, 1), "20.67 天"),
        ],
    )
    def test_what_applied_on_a_day_is_known(self, code: str, on: date, shown: str) -> None:
        assert reading.value(code, on=on).shown == shown

    def test_the_wages_of_former_years_are_settled_and_today_s_awaits_confirmation(self) -> None:
        rows = ParameterValue.objects.filter(parameter__code="MIN_WAGE_MONTH").order_by("effective_from")
        assert [row.confirmed for row in rows] == [True, True, False]

    def test_a_value_of_the_bureau_s_own_keeps_its_place_when_history_is_filled_in(self) -> None:
        ParameterValue.objects.filter(parameter__code="MIN_WAGE_MONTH").delete()
        parameters.set_value(
            actor=System("tests"), code="MIN_WAGE_MONTH", value=2400, effective_from=date(2026, 7, 1),
            source="冀人社发〔2026〕某号",
        )  # fmt: skip
        assert load(System("tests")) == 3
        assert reading.value("MIN_WAGE_MONTH", on=date(2026, 6, 30)).as_int() == 2200
        assert reading.value("MIN_WAGE_MONTH", on=date(2026, 7, 1)).as_int() == 2400

    def test_the_page_of_a_parameter_answers_for_a_day(self, client: Client, sign_in_as: SignIn) -> None:
        sign_in_as(client, Role.COORDINATOR)
        parameter = Parameter.objects.get(code="MIN_WAGE_MONTH")
        address = reverse("basics:parameters-detail", args=[parameter.pk])
        assert "<strong>1900 元/月</strong>" in client.get(f"{address}?on=2020-05-01").content.decode()
        today = client.get(address).content.decode()
        assert "<strong>2200 元/月</strong>" in today and "河北省人力资源和社会保障厅" in today
        assert "2010-01-01 没有适用的取值" in client.get(f"{address}?on=2010-01-01").content.decode()
        assert "看不懂日期" in client.get(f"{address}?on=去年").content.decode()

    def test_the_page_of_a_parameter_links_to_what_depends_on_it(
        self, client: Client, sign_in_as: SignIn
    ) -> None:
        sign_in_as(client, Role.COORDINATOR)
        parameter = Parameter.objects.get(code="CAP_DEFAULT")
        shown = client.get(reverse("basics:parameters-detail", args=[parameter.pk])).content.decode()
        assert "年度入企频次上限" in shown and reverse("registry:visits-list") in shown

    def test_the_list_of_what_awaits_confirmation_names_who_and_what(
        self, client: Client, sign_in_as: SignIn
    ) -> None:
        sign_in_as(client, Role.COORDINATOR)
        shown = client.get(reverse("basics:unconfirmed-list") + "?q=CAP_DEFAULT").content.decode()
        assert "石家庄市人力资源和社会保障局" in shown and "年度入企频次上限" in shown
        listed = client.get(reverse("basics:unconfirmed-list") + "?q=CONFIRM_DISPATCH").content.decode()
        assert "期限规则：比对、确认派来的检查任务" in listed
