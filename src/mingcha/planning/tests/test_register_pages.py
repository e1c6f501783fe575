"""The registers of plans, campaigns, draws, dispatches and tasks keep the contract of every register page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import Unit
from mingcha.accounts.selectors import bureau
from mingcha.accounts.testing import make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.items.models import ItemVersion
from mingcha.items.testing import published_item
from mingcha.planning import services
from mingcha.planning.campaigns.registers import CampaignRegister
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.registers import DispatchRegister, TaskRegister
from mingcha.planning.models import AnnualPlan, Campaign, Dispatch, Draw, Task, TaskMember
from mingcha.planning.plans.registers import PlanRegister
from mingcha.planning.plans.testing import YEAR, make_plan
from mingcha.planning.registers import DrawRegister
from mingcha.planning.testing import County, approved, campaign, draft
from mingcha.web.testing import CreatingContract, RegisterContract


@pytest.fixture
def sign_in_as(county: County) -> Callable[..., None]:
    def enter(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, unit=bureau(), reach="bureau"))

    return enter


@pytest.fixture
def item(county: County) -> ItemVersion:
    return published_item("工资支付与最低工资")


class TestPlans(CreatingContract):
    register = PlanRegister
    #: A plan is made to be published: whoever works with plans sees every one.
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _county(self, county: County) -> None:
        self.county = county

    def make(self, number: int) -> AnnualPlan:
        year = YEAR + number
        return make_plan(self.county, year=year, title=f"{year} 年计划", base_day=date(year, 1, 1))

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "year": YEAR + number,
            "title": f"{YEAR + number} 年计划",
            "base_day": f"{YEAR + number}-01-01",
            "grounds": f"按投诉情况{number}",
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"base_day": "年初"}, "按投诉情况1"


class TestCampaigns(RegisterContract):
    register = CampaignRegister
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _county(self, county: County, item: ItemVersion) -> None:
        self.county, self.item = county, item

    def make(self, number: int) -> Campaign:
        return campaign(self.county, title=f"第{number}次抽查", item_versions=[self.item])


class TestDraws(CreatingContract):
    register = DrawRegister
    everybody_sees_all = True

    @pytest.fixture(autouse=True)
    def _county(self, county: County, item: ItemVersion) -> None:
        self.county = county
        self.campaign = approved(county, campaign(county, item_versions=[item]))

    def make(self, number: int) -> Draw:
        return draft(self.county, of=self.campaign, title=f"第{number}次抽取")

    def valid_input(self, number: int) -> dict[str, Any]:
        return {
            "campaign": self.campaign.pk,
            "title": f"第{number}次抽取",
            "reveal_at": "2026-11-23T15:00",
            "reveal_place": "政务服务中心",
            "mode": "sealed",
            "source": "dice",
            "reserve_pct": 30,
            "capacity": 5,
        }

    def invalid_input(self) -> tuple[dict[str, Any], str]:
        return self.valid_input(1) | {"reveal_at": "下午"}, "第1次抽取"


def dispatch_of(county: County, item: ItemVersion, unit: Unit, title: str) -> Dispatch:
    """A batch without firms, as a superior's list leaves one."""
    found = campaign(county, title=title, item_versions=[item], lead_unit=unit)
    return Dispatch.objects.create(
        campaign=found,
        unit=unit,
        visit_from=found.visit_from,
        visit_until=found.visit_until,
        state=states.CONFIRMED,
        prepared_at=clock.now(),
        sent_at=clock.now(),
    )


class TestDispatches(RegisterContract):
    register = DispatchRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _county(self, county: County, item: ItemVersion) -> None:
        self.county, self.item, self.unit = county, item, make_unit("劳动监察股", parent=bureau())

    def make(self, number: int) -> Dispatch:
        return dispatch_of(self.county, self.item, self.unit, f"第{number}次抽查")


class TestTasks(RegisterContract):
    register = TaskRegister
    bounded_role = Role.SECTION_HEAD

    @pytest.fixture(autouse=True)
    def _county(self, county: County, item: ItemVersion) -> None:
        unit = make_unit("劳动监察股", parent=bureau())
        self.county, self.batch = county, dispatch_of(county, item, unit, "工资支付随机抽查")

    def make(self, number: int) -> Task:
        subject = self.county.subjects[number]
        made: Task = Task.objects.create(
            dispatch=self.batch,
            seq=number + 1,
            subject=subject,
            name=subject.name,
            visit_from=self.batch.visit_from,
            visit_until=self.batch.visit_until,
            known_from=date(2026, 11, 23),
            state=states.CONFIRMED,
        )
        for position, person in enumerate(self.county.inspectors[:2], start=1):
            TaskMember.objects.create(task=made, inspector=person, position=position, joined_at=clock.now())
        if number % 2:
            services.dispatch.move_visit(
                actor=self.county.coordinator, task=made, week=date(2026, 11, 30 if number < 5 else 23)
            )
        return made
