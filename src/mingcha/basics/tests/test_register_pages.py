"""The registers of basics keep the contract of every register page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics.models import (
    Approval,
    ApprovalRoute,
    Deadline,
    DeadlineRule,
    DocumentNumber,
    NumberSeries,
    Parameter,
    ParameterValue,
)
from mingcha.basics.registers import (
    ApprovalRegister,
    DeadlineRegister,
    NumberRegister,
    ParameterRegister,
    RouteRegister,
    RuleRegister,
    SeriesRegister,
    UnconfirmedRegister,
)
from mingcha.basics.services import approvals, deadline_rules, deadlines, numbers, parameters, routes
from mingcha.web.testing import CreatingContract, RegisterContract

SYSTEM = System(purpose="tests")
pytestmark = pytest.mark.usefixtures("now")


def make_parameter(number: int) -> Parameter:
    return parameters.define(
        actor=SYSTEM, code=f"DEMO_{number}", label=f"示例参数{number:02d}", kind="int", section="draw"
    )


def make_value(number: int) -> ParameterValue:
    make_parameter(number)
    return parameters.set_value(
        actor=SYSTEM, code=f"DEMO_{number}", value=number, effective_from=date(2026, 1, 1), source="示例文件"
    )


def make_rule(number: int, **more: Any) -> DeadlineRule:
    values = {"label": f"示例事项{number:02d}", "trigger": "示例", "form": "term", "term": "20WD"}
    return deadline_rules.set_rule(
        actor=SYSTEM,
        code=f"D{number}",
        source="示例依据",
        effective_from=date(2026, 1, 1),
        **{**values, **more},
    )


def make_route(number: int = 0) -> ApprovalRoute:
    return routes.set_route(
        actor=SYSTEM,
        kind=f"demo-{number}",
        label=f"示例审批{number:02d}",
        basis="示例依据",
        steps=[routes.Step("局领导批准", Role.BUREAU_LEADER)],
    )


class TestParameters(RegisterContract):
    everybody_sees_all = True
    register = ParameterRegister

    def make(self, number: int) -> Parameter:
        return make_value(number).parameter


class TestUnconfirmed(RegisterContract):
    everybody_sees_all = True
    register = UnconfirmedRegister

    def make(self, number: int) -> ParameterValue:
        return make_value(number)

    def make_invisible(self) -> ParameterValue:
        """A value that is confirmed does not await confirmation."""
        row = make_value(77)
        return parameters.confirm_value(actor=SYSTEM, row_id=row.pk, note="与原件核对")


class TestRules(CreatingContract):
    everybody_sees_all = True
    register = RuleRegister

    def make(self, number: int) -> DeadlineRule:
        return make_rule(number)

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "code": f"N{number}",
            "label": "示例事项",
            "trigger": "示例",
            "form": "term",
            "term": "5WD",
            "roll": "forward",
            "warn_at": "7，3,1",
            "source": "示例依据",
            "effective_from": "2026-12-01",
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"warn_at": "七天", "label": "写到一半的事项"}, "写到一半的事项"


class TestDeadlines(RegisterContract):
    register = DeadlineRegister

    @pytest.fixture(autouse=True)
    def _unit(self, db: None) -> None:
        self.unit = make_unit("某股室")

    def make(self, number: int) -> Deadline:
        rule = DeadlineRule.objects.filter(code="D0").first() or make_rule(0)
        return deadlines.start(
            actor=SYSTEM,
            rule=rule.code,
            thing=Thing(type="demo.thing", id=number, label=f"示例对象{number:02d}"),
            started_on=date(2026, 11, 20),
            owner=deadlines.Owner(unit_id=self.unit.pk),
        )


class TestSeries(CreatingContract):
    everybody_sees_all = True
    register = SeriesRegister

    def make(self, number: int) -> NumberSeries:
        return numbers.set_series(
            actor=SYSTEM,
            code=f"demo-{number}",
            label=f"示例文书{number:02d}",
            issuer="示例",
            pattern="{issuer}〔{year}〕{number}号" + "甲" * number,
        )

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "code": f"new-{number}",
            "label": "示例文书",
            "issuer": "示例",
            "pattern": "{issuer}示〔{year}〕第{number:04d}号",
            "yearly": "on",
            "active": "on",
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"code": "不行", "label": "写到一半的文书"}, "写到一半的文书"


class TestNumbers(RegisterContract):
    everybody_sees_all = True
    register = NumberRegister

    def make(self, number: int) -> DocumentNumber:
        numbers.set_series(
            actor=SYSTEM, code="demo", label="示例文书", issuer="示例", pattern="{issuer}〔{year}〕{number}号"
        )
        about = Thing(type="demo.thing", id=number, label=f"示例对象{number:02d}")
        return numbers.issue(actor=SYSTEM, series="demo", thing=about)


class TestRoutes(CreatingContract):
    everybody_sees_all = True
    register = RouteRegister

    def make(self, number: int) -> ApprovalRoute:
        return make_route(number)

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "kind": f"new-{number}",
            "label": "示例审批",
            "basis": "示例依据",
            "active": "on",
            "role_1": "section_head",
            "reach_1": "section",
            "role_2": "bureau_leader",
            "step_2": "局长签批",
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"role_1": "", "label": "写到一半的审批"}, "写到一半的审批"


class TestApprovals(RegisterContract):
    register = ApprovalRegister

    @pytest.fixture
    def proposer(self, db: None, now: object) -> User:
        return make_officer(Role.INSPECTOR, unit=make_unit("劳动监察股"))

    @pytest.fixture(autouse=True)
    def _proposer(self, proposer: User) -> None:
        self.proposer = proposer

    def make(self, number: int) -> Approval:
        route = ApprovalRoute.objects.filter(kind="demo-0").first() or make_route()
        return approvals.propose(
            actor=as_officer(self.proposer),
            kind=route.kind,
            thing=Thing(type="demo.thing", id=number, label=f"示例对象{number:02d}"),
        )


def test_a_route_keeps_both_steps_of_its_form(
    client: Client, db: None, sign_in_as: Callable[..., None]
) -> None:
    sign_in_as(client, Role.ADMINISTRATOR)
    own = RouteRegister()
    contract = TestRoutes()
    page = client.get(own.url("create")).content.decode()
    token = page.split('name="_once" value="')[1].split('"')[0]
    response = client.post(own.url("create"), contract.valid_input(1) | {"_once": token})
    assert response.status_code == 302, response.content.decode()
    steps = ApprovalRoute.objects.get(kind="new-1").steps.all()
    assert [(step.label, step.role, step.reach) for step in steps] == [
        ("股室负责人", "section_head", "section"),
        ("局长签批", "bureau_leader", "bureau"),
    ]
    edit = client.get(own.url("edit", ApprovalRoute.objects.get(kind="new-1"))).content.decode()
    assert 'value="局长签批"' in edit


def test_editing_a_rule_makes_a_new_row_from_its_first_day(
    client: Client, db: None, sign_in_as: Callable[..., None]
) -> None:
    rule = make_rule(1)
    sign_in_as(client, Role.COORDINATOR)
    own = RuleRegister()
    page = client.get(own.url("edit", rule)).content.decode()
    token = page.split('name="_once" value="')[1].split('"')[0]
    values = TestRules().valid_input(1) | {"_once": token, "term": "10WD"}
    response = client.post(own.url("edit", rule), values)
    assert response.status_code == 302, response.content.decode()
    rows = DeadlineRule.objects.filter(code="D1").order_by("effective_from")
    assert [(row.term, row.effective_to) for row in rows] == [("20WD", date(2026, 11, 30)), ("10WD", None)]
