"""Leave, certificates and two places at once after the draw: red on the pages and on the head's home page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.planning import services
from mingcha.planning.dispatch.clashes import clashes_in, clashes_of
from mingcha.planning.dispatch.diary import given
from mingcha.planning.models import Dispatch, Task, VisitSlot
from mingcha.planning.testing import County, handed_on, make_inspector
from mingcha.registry.models import Inspector, Leave
from mingcha.registry.services import enter_leave
from mingcha.web.providers import NextStep, next_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(county: County) -> Dispatch:
    return services.dispatch.arrange(actor=county.head, batch=handed_on(county))


@pytest.fixture
def task(batch: Dispatch) -> Task:
    return given(batch.tasks.all()).order_by("slot__day", "-slot__morning", "pk")[0]


def wrong(batch: Dispatch) -> dict[int, list[str]]:
    return clashes_of(list(given(batch.tasks.all())))


def red(county: County) -> list[NextStep]:
    return [step for step in next_steps.gather(county.head) if "冲突" in str(step.title)]


def test_what_was_arranged_is_free_of_clashes(batch: Dispatch, county: County) -> None:
    assert wrong(batch) == {}
    assert red(county) == []


def test_leave_entered_later_is_red_everywhere_until_the_firm_moves(
    batch: Dispatch, task: Task, county: County
) -> None:
    person, day = task.team[0].inspector, task.slot.day
    values = {"inspector": person, "kind": "leave", "first_day": day, "last_day": day}
    enter_leave(actor=county.coordinator, values=values)
    assert f"{person.name} 这一天离岗" in wrong(batch)[task.pk]
    (step,) = red(county)
    assert (step.tone, step.url) == ("danger", reverse("planning:dispatch-visits", args=[batch.pk]))
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    addresses = [
        step.url,
        reverse("planning:dispatches-detail", args=[batch.pk]),
        reverse("planning:tasks-detail", args=[task.pk]),
    ]
    assert all("冲突" in client.get(address).content.decode() for address in addresses)
    services.dispatch.move_visit(actor=county.head, task=task, week=date(2026, 12, 14))
    assert task.pk not in wrong(batch)
    assert "冲突" not in client.get(addresses[2]).content.decode()


def test_an_expired_certificate_and_a_person_who_left_are_red(batch: Dispatch, task: Task) -> None:
    first, second = (member.inspector for member in task.team)
    Inspector.objects.filter(pk=first.pk).update(valid_until=task.slot.day - timedelta(days=1))
    Inspector.objects.filter(pk=second.pk).update(status=Inspector.Status.LEFT)
    assert wrong(batch)[task.pk] == [
        f"{first.name} 的执法证件这一天不在有效期内",
        f"{second.name} 已不在岗",
    ]


def test_two_firms_in_one_half_day_are_red_at_both(batch: Dispatch, task: Task) -> None:
    other = given(batch.tasks.exclude(pk=task.pk)).first()
    assert other is not None
    both = {m.inspector_id for m in task.team} & {m.inspector_id for m in other.team}
    if not both:
        other.members.filter(position=2).update(inspector=task.team[1].inspector)
    VisitSlot.objects.filter(task=other).update(day=task.slot.day, morning=task.slot.morning)
    found = wrong(batch)
    assert {task.pk, other.pk} <= found.keys()
    assert any("同一个半天另有检查" in text for text in found[other.pk])


def test_who_is_away_for_all_the_time_left_is_red_before_anything_is_arranged(county: County) -> None:
    batch = handed_on(county)
    person = Task.objects.filter(dispatch=batch)[0].team[0].inspector
    Leave.objects.create(inspector=person, first_day=batch.visit_from, last_day=batch.visit_until)
    found = wrong(batch)
    assert f"{person.name} 在剩下的检查时间里都不能参加" in found[Task.objects.filter(dispatch=batch)[0].pk]
    assert len(red(county)) == 1


@pytest.fixture
def helper(county: County) -> Inspector:
    values = {"kind": Inspector.Kind.HELPER, "name": "何协助", "certificate_number": ""}
    unit = county.inspectors[0].unit
    return make_inspector(county.coordinator, 9, unit, **values, valid_from=None, valid_until=None)


def test_a_helper_needs_no_certificate_and_is_red_when_away_on_the_day(
    batch: Dispatch, task: Task, helper: Inspector, county: County
) -> None:
    add = services.dispatch.add_companions
    (going,) = add(actor=county.head, tasks=[task], person=helper, purpose="核对缴费数据")
    assert wrong(batch) == {}
    day = task.slot.day
    values = {"inspector": helper, "kind": "leave", "first_day": day, "last_day": day}
    enter_leave(actor=county.coordinator, values=values)
    assert wrong(batch) == clashes_in(batch.tasks.all()) == {task.pk: ["协助人员何协助 这一天离岗"]}
    assert len(red(county)) == 1
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    address = reverse("planning:tasks-detail", args=[task.pk])
    assert "协助人员何协助 这一天离岗" in client.get(address).content.decode()
    services.dispatch.remove_companion(actor=county.head, companion=going)
    assert wrong(batch) == clashes_in(batch.tasks.all()) == {}


def test_a_helper_who_left_or_is_away_for_all_the_time_left_is_red(
    task: Task, helper: Inspector, county: County
) -> None:
    services.dispatch.add_companions(actor=county.head, tasks=[task], person=helper, purpose="核对数据")
    Inspector.objects.filter(pk=helper.pk).update(status=Inspector.Status.LEFT)
    assert clashes_in(task.dispatch.tasks.all()) == {task.pk: ["协助人员何协助 已不在岗"]}
    Inspector.objects.filter(pk=helper.pk).update(status=Inspector.Status.ACTIVE)
    VisitSlot.objects.all().delete()
    assert clashes_in(task.dispatch.tasks.all()) == {}
    Leave.objects.create(inspector=helper, first_day=task.visit_from, last_day=task.visit_until)
    assert clashes_in(task.dispatch.tasks.all()) == {task.pk: ["协助人员何协助 在剩下的检查时间里都不能参加"]}


def test_what_lies_behind_is_no_clash_any_more(batch: Dispatch, task: Task, county: County) -> None:
    Leave.objects.create(inspector=task.team[0].inspector, first_day=task.slot.day, last_day=task.slot.day)
    county.clock.advance(days=(task.slot.day - date(2026, 11, 23)).days + 1)
    assert task.pk not in wrong(batch)
