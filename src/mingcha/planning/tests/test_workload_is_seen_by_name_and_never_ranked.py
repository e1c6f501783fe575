"""Heads see whether the visits can be done, by name; nobody is ranked by what they do (N13)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.planning import services
from mingcha.planning.dispatch.workload import workload_of
from mingcha.planning.models import Campaign, Dispatch, TaskMember
from mingcha.planning.testing import County, handed_on
from mingcha.registry.models import Inspector

pytestmark = pytest.mark.django_db


def arranged(county: County, **values: object) -> Dispatch:
    return services.dispatch.arrange(actor=county.coordinator, batch=handed_on(county, **values))


def test_firms_half_days_weeks_and_the_year_add_up(county: County) -> None:
    first = arranged(county, total=4)
    second = handed_on(county, items="另一批", total=4)
    Campaign.objects.filter(pk=second.campaign_id).update(half_days=2)
    loads = workload_of(second, county.coordinator)
    assert sum(load.firms for load in loads) == sum(load.without_time for load in loads) == 8
    assert sum(load.half_days for load in loads) == 16
    assert sum(load.year_firms for load in loads) == 8 + 8
    assert sum(load.year_half_days for load in loads) == 8 + 16
    for load in workload_of(first, county.coordinator):
        own = TaskMember.objects.filter(task__dispatch=first, inspector=load.inspector).count()
        assert load.firms == load.half_days == sum(load.by_week.values()) == own
        assert max(load.by_week.values()) <= 5  # half of the ten half-days of a week


def test_people_stand_by_name_and_no_other_order_is_offered(county: County) -> None:
    batch = arranged(county, total=8)
    task = batch.tasks.all()[0]
    task.members.filter(position=2).update(left_at="2026-11-23T10:00+08:00")
    names = [load.inspector.name for load in workload_of(batch, county.coordinator)]
    assert names == sorted(names)
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    page = client.get(reverse("planning:dispatch-workload", args=[batch.pk]) + "?sort=-firms")
    shown = page.content.decode().split("<main")[1]
    assert "?sort=" not in shown
    assert [name for name in re.findall(r"执法\d", shown) if name in names] == names


def test_who_only_watches_or_inspects_does_not_see_the_page(county: County) -> None:
    page = reverse("planning:dispatch-workload", args=[arranged(county).pk])
    for who in (county.overseer, county.leader):
        assert sign_in(Client(), User.objects.get(pk=who.id)).get(page).status_code == 403
    assert sign_in(Client(), make_officer(Role.INSPECTOR)).get(page).status_code == 403


def test_an_inspector_sees_the_own_workload_as_far_as_he_may_know(county: County) -> None:
    person = county.inspectors[0]
    user = make_officer(Role.INSPECTOR, unit=person.unit)
    Inspector.objects.filter(pk=person.pk).update(user=user)
    sealed = {"mode": "sealed", "visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}
    batch = arranged(county, total=8, **sealed)
    mine = TaskMember.objects.filter(task__dispatch=batch, inspector=person).count()
    text = f"本年派给您 {mine} 户，共 {mine} 个半天"
    assert text not in sign_in(Client(), user).get("/planning/my-tasks/").content.decode()
    county.clock.advance(days=7)
    assert text in sign_in(Client(), user).get("/planning/my-tasks/").content.decode()


def test_more_firms_ask_no_more_questions(county: County) -> None:
    few, many = arranged(county), arranged(county, total=8, items="另一批")
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    counts = []
    for batch in (few, few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("planning:dispatch-workload", args=[batch.pk]))
        counts.append(len(asked))
    assert counts[1] == counts[2]
