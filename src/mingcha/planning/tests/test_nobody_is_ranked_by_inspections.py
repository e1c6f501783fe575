"""No page, list or export of planning puts people or sections in order of what they do (N13)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.planning.plans.arithmetic import sums_of
from mingcha.planning.plans.people import manpower_of
from mingcha.planning.plans.registers import PlanRegister
from mingcha.planning.plans.testing import YEAR, published_plan
from mingcha.planning.registers import DrawRegister
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector, Leave
from mingcha.web.registers import Register

pytestmark = pytest.mark.django_db
#: What leads from a sorted column to a person or a section.
PEOPLE = re.compile(r"inspector|person|people|user|unit|member|team|targets__|visits__")


@pytest.fixture
def names(county: County) -> list[str]:
    """Four people by name; the first has least time, so an order by time would turn them round."""
    for number, inspector in enumerate(county.inspectors):
        Leave.objects.create(
            inspector=inspector, first_day=date(YEAR, 1, 1), last_day=date(YEAR, 11 - 2 * number, 28)
        )
    return sorted(Inspector.objects.values_list("name", flat=True))


def test_people_stand_by_name_whatever_time_they_have(county: County, names: list[str]) -> None:
    plan = published_plan(county)
    sums = sums_of(plan)
    assert sums is not None
    people = manpower_of(plan, sums.quota_by_line).people
    days = [person.work_days for person in people]
    assert [person.inspector.name for person in people] == names
    assert days != sorted(days, reverse=True)


def test_the_page_of_people_shows_them_so_and_offers_no_other_order(county: County, names: list[str]) -> None:
    plan = published_plan(county)
    client = sign_in(Client(), User.objects.get(pk=county.leader.id))
    for address in ("people", "progress"):
        content = client.get(f"/planning/plans/{plan.pk}/{address}/?sort=-work_days&order=work_days").content
        page = content.decode().split("<main")[1]
        assert "?sort=" not in page
        shown = [name for name in re.findall(r"执法\d", page) if name in names]
        assert shown == (names if address == "people" else [])


@pytest.mark.parametrize("register", [PlanRegister(), DrawRegister()])
def test_no_list_sorts_by_what_people_or_sections_did(register: Register) -> None:
    for column in register.all_columns:
        for path in column.sort_paths(register.model):
            assert not PEOPLE.search(path), f"{register.slug} sorts by {path}"


def test_progress_knows_firms_and_lines_only(county: County) -> None:
    from mingcha.planning.plans import progress

    fields = {
        name
        for made in (progress.Progress, progress.LineProgress, progress.MonthEnd)
        for name in made.__annotations__
    }
    assert not [name for name in fields if PEOPLE.search(name)]
