"""国办发〔2024〕54号五、方案三（二）: a visit that cannot be made ends truthfully, agreed to by another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Deadline
from mingcha.basics.selectors import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.links import page_of
from mingcha.inspection.models import ContactAttempt, Inspection, Unvisited, VisitPackage
from mingcha.inspection.results.testing import a_paper
from mingcha.inspection.testing import entered, goes, single
from mingcha.kernel.testing import refused
from mingcha.leads import lifecycle as leads
from mingcha.planning.dispatch import lifecycle as tasks
from mingcha.planning.models import Task
from mingcha.planning.plans.progress import _checks
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector
from mingcha.registry.selectors.visits import visits_of
from mingcha.web.forms import ONCE
from mingcha.web.providers import next_steps

WORDS = "厂门贴有停业公告，房东说上月已停产"
SUSPENDED = Unvisited.Reason.SUSPENDED


def asked(visit: Inspection, reason: str = SUSPENDED, actor: Officer | None = None) -> Unvisited:
    return services.ask_unvisited(actor=actor or goes(visit), inspection=visit, reason=reason, words=WORDS)


def titles(officer: Officer) -> Sequence[str]:
    return [str(step.title) for step in next_steps.gather(officer)]


def test_a_firm_that_has_closed_is_not_visited_and_nothing_says_that_it_was(
    here: County, visit: Inspection, client: Client
) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    request = asked(visit)
    assert f"决定是否“未检查”：{visit.name}" in titles(here.head)

    services.grant_unvisited(actor=here.head, unvisited=request)

    row = Inspection.objects.get(pk=visit.pk)
    assert (row.state, row.get_state_display(), row.ended_why) == (states.UNVISITED, "未检查", "停业")
    task = Task.objects.get(pk=visit.task_id)
    assert (task.state, task.get_state_display()) == (tasks.UNVISITED, "未检查")
    assert not VisitPackage.objects.standing().filter(inspection=visit).exists()
    assert not deadlines.open_for(Thing.nameless(visit)).exists()
    assert visits_of(visit.subject, 2026) == 0
    assert not [one for one in _checks(2026, {}) if one.subject == visit.subject_id]
    assert task.dispatch.draw is not None
    page = client.get(reverse("portal:draw", args=[task.dispatch.draw.number]), {"q": visit.name})
    shown = page.content.decode()
    assert "未检查：停业" in shown and "后来没有检查（停业），不计入已检查。" in shown
    assert WORDS not in shown


def test_a_leader_decides_only_where_the_section_has_nobody(here: County, visit: Inspection) -> None:
    request = asked(visit)
    with refused("unvisited.another_section"):
        services.grant_unvisited(actor=here.leader, unvisited=request)
    User.objects.filter(pk=here.head.id).update(is_active=False)
    assert f"决定是否“未检查”：{visit.name}" in titles(here.leader)
    services.grant_unvisited(actor=here.leader, unvisited=request)
    assert Inspection.objects.get(pk=visit.pk).state == states.UNVISITED


def test_the_window_of_a_batch_ends_with_the_last_that_is_not_made(here: County, visit: Inspection) -> None:
    for one in Inspection.objects.order_by("pk"):
        services.grant_unvisited(actor=here.head, unvisited=asked(one))
    assert not Deadline.objects.open().filter(rule__code="VISIT_WINDOW").exists()


def test_who_has_asked_or_goes_does_not_decide(here: County, visit: Inspection) -> None:
    request = asked(visit)
    with refused("unvisited.not_own"):
        services.withdraw_unvisited(actor=goes(visit, 1), unvisited=request)
    services.withdraw_unvisited(actor=goes(visit), unvisited=request)

    own = asked(visit, actor=here.head)
    with refused("unvisited.own"):
        services.grant_unvisited(actor=here.head, unvisited=own)
    assert f"决定是否“未检查”：{visit.name}" in titles(here.leader)
    services.grant_unvisited(actor=here.leader, unvisited=own)


def test_a_leader_is_asked_only_where_the_section_has_nobody_else(here: County, visit: Inspection) -> None:
    request = asked(visit)
    assert f"决定是否“未检查”：{visit.name}" not in titles(here.leader)
    head = User.objects.get(pk=here.head.id)
    Inspector.objects.filter(pk=visit.team[1].pk).update(user=head)

    assert f"决定是否“未检查”：{visit.name}" in titles(here.leader)
    with refused("unvisited.of_the_team"):
        services.grant_unvisited(actor=as_officer(head), unvisited=request)


def test_what_is_not_agreed_to_is_still_to_be_visited(here: County, visit: Inspection) -> None:
    request = asked(visit)
    services.reject_unvisited(actor=here.head, unvisited=request, reason="门卫说下周复工")

    assert Inspection.objects.get(pk=visit.pk).state == states.READY
    again = asked(visit)
    entered(here, visit)
    assert Unvisited.objects.get(pk=again.pk).state == "lapsed"
    with refused("unvisited.state"):
        asked(visit)


def test_each_reason_is_true_or_the_way_is_named(here: County, visit: Inspection) -> None:
    for reason, code in (
        (Unvisited.Reason.NO_TIME, "unvisited.in_time"),
        (Unvisited.Reason.ITEMS, "unvisited.items_hold"),
        (Unvisited.Reason.UNREACHABLE, "unvisited.tries"),
    ):
        with refused(code):
            asked(visit, reason)
    actor = goes(visit)
    for _day in range(2):
        services.add_attempt(
            actor=actor,
            inspection=visit,
            day=clock.today(),
            way=ContactAttempt.Way.TELEPHONE,
            outcome="登记的电话是空号",
            proof=a_paper(),
        )
        here.clock.advance(days=1)
    asked(visit, Unvisited.Reason.UNREACHABLE)


def test_what_was_not_arranged_in_time_ends_after_the_period(here: County, visit: Inspection) -> None:
    here.clock.advance(days=(visit.visit_until - clock.today()).days + 1)
    services.grant_unvisited(actor=here.head, unvisited=asked(visit, Unvisited.Reason.NO_TIME))
    assert Inspection.objects.get(pk=visit.pk).ended_why == "期限内未能安排"


def test_who_neither_leads_the_team_nor_the_section_asks_nothing(here: County, visit: Inspection) -> None:
    with refused("unvisited.not_yours"):
        asked(visit, actor=goes(visit, 1))
    with refused("basics.role"):
        asked(visit, actor=here.coordinator)


def test_the_lead_of_a_single_visit_waits_again(here: County) -> None:
    visit = single(here)
    services.grant_unvisited(actor=here.head, unvisited=asked(visit))

    assert [one.state for one in visit.leads.all()] == [leads.ACCEPTED]
    assert not deadlines.open_for(Thing.nameless(visit)).exists()


def test_it_is_said_and_decided_on_the_page_of_the_visit(
    here: County, visit: Inspection, client: Client
) -> None:
    lead = User.objects.get(pk=goes(visit).id)
    page = page_of(visit.pk)
    sign_in(client, lead)
    assert "未检查，说明理由" in client.get(page).content.decode()
    said = client.post(
        reverse("inspection:unvisited", args=[visit.pk]),
        {ONCE: uuid4().hex, "reason": SUSPENDED, "words": WORDS},
    )
    assert said.status_code == 302

    sign_in(client, User.objects.get(pk=here.head.id))
    shown = client.get(page).content.decode()
    assert WORDS in shown and "同意未检查" in shown
    request = Unvisited.objects.get()
    client.post(reverse("inspection:unvisited-verb", args=[request.pk, "grant"]), {ONCE: uuid4().hex})
    assert Inspection.objects.get(pk=visit.pk).state == states.UNVISITED


def test_somebody_from_another_section_decides_nothing(here: County, visit: Inspection) -> None:
    other = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("就业股"), name="外股长"))
    request = asked(visit)
    with pytest.raises(Inspection.DoesNotExist):
        services.grant_unvisited(actor=other, unvisited=request)
