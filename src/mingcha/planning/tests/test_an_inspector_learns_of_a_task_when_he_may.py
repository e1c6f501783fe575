"""54号五: who is sent learns of a firm shortly before the visit, and never sees a sealed list."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.planning import services
from mingcha.planning.models import Dispatch, DrawTarget, Task, TaskMember
from mingcha.planning.testing import County, drawn
from mingcha.registry.models import Inspector

pytestmark = pytest.mark.django_db
LATER = {"visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}


def officer_for(inspector: Inspector, *roles: Role) -> Officer:
    """The inspector's own account."""
    user = make_officer(*(roles or (Role.INSPECTOR,)), unit=inspector.unit)
    Inspector.objects.filter(pk=inspector.pk).update(user=user)
    return as_officer(user)


def confirmed(county: County, **values: object) -> Dispatch:
    batch = Dispatch.objects.get(draw=drawn(county, **values))
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    return services.dispatch.confirm(actor=county.head, batch=batch)


def seen(officer: Officer) -> set[int]:
    return set(Task.objects.visible_to(officer).values_list("pk", flat=True))


def tasks_of(inspector: Inspector) -> set[int]:
    return set(TaskMember.objects.filter(inspector=inspector).values_list("task", flat=True))


def test_an_open_list_is_known_once_it_is_confirmed_and_only_ones_own(county: County) -> None:
    person = county.inspectors[0]
    me = officer_for(person)
    batch = Dispatch.objects.get(draw=drawn(county))
    assert tasks_of(person)
    assert seen(me) == set()
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    assert seen(me) == set()
    services.dispatch.confirm(actor=county.head, batch=batch)
    assert seen(me) == tasks_of(person)
    assert seen(me) != seen(county.coordinator)


def test_a_sealed_list_is_known_from_the_day_before_the_visits(county: County) -> None:
    person = county.inspectors[0]
    me = officer_for(person)
    confirmed(county, mode="sealed", **LATER)
    county.clock.advance(days=6)  # 29 November
    assert seen(me) == set()
    county.clock.advance(days=1)
    assert seen(me) == tasks_of(person)


def test_a_head_who_may_be_sent_does_not_see_the_sealed_list_before(county: County) -> None:
    person = county.inspectors[0]
    both = officer_for(person, Role.INSPECTOR, Role.SECTION_HEAD)
    head_only = officer_for(county.inspectors[1], Role.SECTION_HEAD)
    confirmed(county, mode="sealed", **LATER)
    assert seen(both) == seen(head_only) == set()
    assert len(seen(county.head)) == len(seen(county.coordinator)) == len(seen(county.overseer)) == 3
    county.clock.advance(days=7)
    assert len(seen(both)) == len(seen(head_only)) == 3


def test_another_section_the_public_and_who_left_the_team_see_nothing(county: County) -> None:
    person = county.inspectors[0]
    me = officer_for(person)
    stranger = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("别的股")))
    confirmed(county)
    assert seen(stranger) == set()
    assert not Task.objects.visible_to(PUBLIC).exists()
    assert not TaskMember.objects.visible_to(stranger).exists()
    TaskMember.objects.filter(inspector=person).update(left_at="2026-11-23T10:00+08:00")
    assert seen(me) == set()


def test_the_page_of_an_inspector_shows_his_firms_and_nobody_elses(county: County) -> None:
    person = county.inspectors[0]
    me = officer_for(person)
    client = Client()
    sign_in(client, User.objects.get(pk=me.id))
    assert "现在没有任务" in client.get("/planning/my-tasks/").content.decode()
    batch = confirmed(county)
    client = Client()
    sign_in(client, User.objects.get(pk=me.id))
    page = client.get("/planning/my-tasks/").content.decode()
    mine = tasks_of(person)
    for task in Task.objects.filter(dispatch=batch):
        assert (task.name in page) == (task.pk in mine)
        status = client.get(f"/planning/tasks/{task.pk}/").status_code
        assert status == (200 if task.pk in mine else 404)
    assert f"我的任务：{len(mine)} 户" in client.get("/").content.decode()
    assert client.get("/planning/dispatches/").status_code == 403
    assert DrawTarget.objects.visible_to(me).count() == 3 + 2  # an open draw is public anyway
