"""Who decides, who joins and who leaves hear of it; a sealed list tells nobody too early, a recusal few."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Officer
from mingcha.planning import selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, Task
from mingcha.planning.services.dispatch import Grounds
from mingcha.planning.testing import County, agreed, grounds, handed_on, make_county
from mingcha.planning.tests.test_an_inspector_learns_of_a_task_when_he_may import officer_for
from mingcha.registry.models import Inspector
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.django_db
LATER = {"mode": "sealed", "visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}
Cause = ChangeRequest.Cause


@pytest.fixture
def six(db: None, now: clock.FixedClock) -> County:
    return make_county(now, inspectors=6)


def first(batch: Dispatch) -> Task:
    return Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED).order_by("seq")[0]


def members(task: Task) -> list[Inspector]:
    return [one.inspector for one in Task.objects.get(pk=task.pk).team]


def steps(officer: Officer) -> list[str]:
    return [str(step.title) for step in next_steps.gather(officer)]


def signed_in(officer: Officer) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=officer.id))
    return client


def replaced(county: County, task: Task) -> tuple[Inspector, Inspector]:
    """Who left and who came, after a clash of dates."""
    before = members(task)
    county.clock.advance(minutes=5)
    request = services.dispatch.ask_replacement(
        actor=county.head, task=task, inspector=before[0], grounds=grounds(Cause.CLASH)
    )
    agreed(county, request)
    return before[0], next(one for one in members(task) if one not in before)


def test_the_leader_has_it_on_the_home_page_and_the_section_what_came_of_it(six: County) -> None:
    task = first(handed_on(six))
    request = services.dispatch.ask_reserve(actor=six.head, task=task, grounds=grounds(Cause.CLOSED))
    assert f"决定{request}" in steps(six.leader)
    assert f"决定{request}" not in steps(six.head)
    agreed(six, request)
    assert f"决定{request}" not in steps(six.leader)
    assert f"已批准：{request}" in steps(six.head)
    six.clock.advance(days=4)
    assert f"已批准：{request}" not in steps(six.head)


def test_who_joins_and_who_leaves_are_told_and_who_left_no_longer_sees_it(six: County) -> None:
    people = {one.pk: officer_for(one) for one in six.inspectors}
    task = first(handed_on(six))
    left, joined = replaced(six, task)
    assert f"请您接替检查：{task}" in steps(people[joined.pk])
    assert f"您不用再去：{task}" in steps(people[left.pk])
    assert not Task.objects.visible_to(people[left.pk]).filter(pk=task.pk).exists()
    assert Task.objects.visible_to(people[joined.pk]).filter(pk=task.pk).exists()
    others = [one for one in six.inspectors if one not in (left, joined)]
    assert not any(str(task) in title for one in others for title in steps(people[one.pk]))


def test_of_a_sealed_list_nobody_who_may_be_sent_hears_before_he_may(six: County) -> None:
    people = {one.pk: officer_for(one) for one in six.inspectors}
    task = first(handed_on(six, **LATER))
    left, joined = replaced(six, task)
    for one in (left, joined):
        assert not any(str(task) in title for title in steps(people[one.pk]))
    assert not DispatchChange.objects.visible_to(PUBLIC).exists()
    six.clock.advance(days=7)
    assert not any(str(task) in title for title in steps(people[left.pk]))
    assert Task.objects.visible_to(people[joined.pk]).filter(pk=task.pk).exists()


def test_the_bundle_has_the_changes_once_the_result_is_open(six: County) -> None:
    batch = handed_on(six, **LATER)
    agreed(
        six,
        services.dispatch.ask_reserve(actor=six.head, task=first(batch), grounds=grounds(Cause.CLOSED)),
    )
    draw = batch.draw
    assert draw is not None
    assert "changes.jsonl" not in selectors.file_names(draw, PUBLIC)
    assert selectors.file_content(draw, "changes.jsonl", PUBLIC) is None
    assert {"changes.jsonl", "changes-confidential.jsonl"} <= set(selectors.files_for(draw, six.overseer))
    six.clock.advance(days=30)
    draw = services.open_result(actor=six.coordinator, draw=draw)
    assert "changes.jsonl" in selectors.files_for(draw, PUBLIC)
    for citizen in (PUBLIC, six.head):
        assert "changes-confidential.jsonl" not in selectors.files_for(draw, citizen)
        assert selectors.file_content(draw, "changes-confidential.jsonl", citizen) is None


def test_only_those_who_know_recusals_see_that_one_was_the_cause(six: County) -> None:
    batch = handed_on(six)
    task = first(batch)
    request = services.dispatch.ask_replacement(
        actor=six.coordinator,
        task=task,
        inspector=members(task)[0],
        grounds=Grounds(Cause.RECUSAL, "企业申请"),
        relation="family",
    )
    change = agreed(six, request).change
    for told in (six.coordinator, six.leader, six.overseer):
        assert ChangeRequest.objects.visible_to(told).filter(pk=request.pk).exists()
    stranger = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("别的股")))
    for other in (six.head, stranger):
        assert not ChangeRequest.objects.visible_to(other).exists()
        assert not DispatchChange.objects.visible_to(other).exists()
    assert not {"cause", "reason", "inspector", "target"} & set(change.public.replace('"', " ").split())
    assert "recusal" not in change.public


def test_the_pages_show_who_would_come_before_anybody_decides(six: County) -> None:
    batch = handed_on(six)
    task = first(batch)
    person = members(task)[0]
    head, leader = signed_in(six.head), signed_in(six.leader)
    page = head.get(reverse("planning:tasks-detail", args=[task.pk])).content.decode()
    for name in ("task-reserve", "task-replace"):
        assert reverse(f"planning:{name}", args=[task.pk]) in page
    address = reverse("planning:task-replace", args=[task.pk])
    page = head.get(address).content.decode()
    assert f"更换{person}" in page
    sent = {
        "member": person.pk,
        "cause": "clash",
        "relation": "",
        "reason": "庭审",
        "_once": idempotency.token(),
    }
    where = [head.post(address, sent)["Location"] for _press in range(2)]
    request = ChangeRequest.objects.get()
    assert where == [reverse("planning:changes-detail", args=[request.pk])] * 2
    page = leader.get(where[0]).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert len(seen) == 64
    press = {"seen": seen, "_once": idempotency.token()}
    for _press in range(2):
        answer = leader.post(reverse("planning:change-approve", args=[request.pk]), press)
        assert answer["Location"] == where[0]
    assert DispatchChange.objects.count() == 1
    page = leader.get(where[0]).content.decode()
    assert "公开登记簿" in page
    assert "已退出" in head.get(reverse("planning:tasks-detail", args=[task.pk])).content.decode()


def test_who_agrees_to_what_is_no_longer_so_is_shown_the_new_outcome(six: County) -> None:
    batch = handed_on(six)
    one, two = list(Task.objects.filter(dispatch=batch).order_by("seq"))[:2]
    requests = [
        services.dispatch.ask_reserve(actor=six.head, task=task, grounds=grounds(Cause.CLOSED))
        for task in (one, two)
    ]
    leader = signed_in(six.leader)
    address = reverse("planning:changes-detail", args=[requests[1].pk])
    seen = leader.get(address).content.decode().partition('name="seen" value="')[2].partition('"')[0]
    agreed(six, requests[0])
    press = {"seen": seen, "_once": idempotency.token()}
    answer = leader.post(reverse("planning:change-approve", args=[requests[1].pk]), press)
    assert answer.status_code == 409
    assert "情况有了变化" in answer.content.decode()
    assert seen not in leader.get(address).content.decode()


def test_a_form_keeps_what_was_typed(six: County) -> None:
    task = first(handed_on(six))
    head = signed_in(six.head)
    address = reverse("planning:task-reserve", args=[task.pk])
    answer = head.post(address, {"cause": "closed", "reason": "人去楼空", "_once": idempotency.token()})
    assert answer.status_code == 422
    assert "人去楼空" in answer.content.decode()


def test_an_inspector_says_himself_that_he_cannot_go(six: County) -> None:
    task = first(handed_on(six))
    person = members(task)[0]
    me = officer_for(person)
    mine = signed_in(me)
    assert reverse("planning:my-drop-out") in mine.get(reverse("planning:my-tasks")).content.decode()
    sent = {"cause": "ill", "reason": "骨折住院", "_once": idempotency.token()}
    mine.post(reverse("planning:my-drop-out"), sent)
    request = ChangeRequest.objects.get()
    assert (request.asked_by_id, request.kind) == (me.id, "drop_out")
    agreed(six, request)
    assert person not in members(task)


def test_a_number_that_no_person_can_have_is_not_found(six: County) -> None:
    handed_on(six)
    for pk in (999_999_999, 10**30):
        address = reverse("planning:inspector-drop-out", args=[pk])
        assert signed_in(six.coordinator).get(address).status_code == 404


def test_pages_ask_the_database_a_bounded_number_of_times(
    six: County, django_assert_max_num_queries: object
) -> None:
    batch = handed_on(six, total=3)
    for task in list(Task.objects.filter(dispatch=batch))[:2]:
        agreed(six, services.dispatch.ask_reserve(actor=six.head, task=task, grounds=grounds(Cause.CLOSED)))
    leader = signed_in(six.leader)
    address = reverse("planning:changes-detail", args=[ChangeRequest.objects.first().pk])  # type: ignore[union-attr]
    leader.get(address)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        assert leader.get(address).status_code == 200
