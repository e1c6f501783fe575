"""A request that is not granted leaves nothing behind: neither its recusal nor its place on a home page."""

from __future__ import annotations

import pytest

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Deadline
from mingcha.planning import services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import ChangeRequest, Dispatch, Task
from mingcha.planning.services.dispatch import Grounds
from mingcha.planning.testing import County, agreed, drawn, grounds, handed_on, make_county
from mingcha.registry.importing.object_rows import uses_of
from mingcha.registry.models import Inspector, Recusal
from mingcha.registry.services import declare_recusal
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.django_db
Cause = ChangeRequest.Cause


@pytest.fixture
def six(db: None, now: clock.FixedClock) -> County:
    return make_county(now, inspectors=6)


def tasks_of(batch: Dispatch) -> list[Task]:
    rows = Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED)
    return list(rows.order_by("seq"))


def member(task: Task) -> Inspector:
    return Task.objects.get(pk=task.pk).team[0].inspector


def for_a_recusal(county: County, task: Task) -> ChangeRequest:
    return services.dispatch.ask_replacement(
        actor=county.head,
        task=task,
        inspector=member(task),
        grounds=Grounds(Cause.RECUSAL, "企业申请：妻子任该公司会计"),
        relation=Recusal.Kind.FAMILY,
    )


def standing(county: County, task: Task) -> Recusal:
    values = {"subject": task.subject, "inspector": member(task), "kind": "family", "basis": "本人申报"}
    return declare_recusal(actor=county.coordinator, values={**values, "valid_from": clock.today()})


def in_force() -> bool:
    return Recusal.objects.in_force(clock.today(), clock.today()).exists()


def asked(officer: Officer) -> list[str]:
    return [str(step.title) for step in next_steps.gather(officer) if str(step.title).startswith("决定")]


def test_who_does_not_agree_finds_no_ground_for_the_recusal_either(six: County) -> None:
    request = for_a_recusal(six, tasks_of(handed_on(six))[0])
    assert in_force()
    services.dispatch.reject(actor=six.leader, request=request, reason="不属于应当回避的情形")
    assert ChangeRequest.objects.get().state == "rejected"
    assert Recusal.objects.get().state == Recusal.State.REJECTED
    assert not in_force()


def test_who_withdraws_takes_the_recusal_back(six: County) -> None:
    request = for_a_recusal(six, tasks_of(handed_on(six))[0])
    services.dispatch.withdraw(actor=six.head, request=request)
    assert ChangeRequest.objects.get().state == "withdrawn"
    assert not Recusal.objects.exists()
    assert not Deadline.objects.open().filter(thing_type="registry.recusal").exists()


def test_a_recusal_that_stood_before_outlives_the_request(six: County) -> None:
    one, two = tasks_of(handed_on(six))[:2]
    for task in (one, two):
        standing(six, task)
    services.dispatch.reject(actor=six.leader, request=for_a_recusal(six, one), reason="不同意更换")
    services.dispatch.withdraw(actor=six.head, request=for_a_recusal(six, two))
    assert set(Recusal.objects.values_list("state", flat=True)) == {Recusal.State.DECLARED}
    assert Recusal.objects.count() == 2


def test_a_list_that_is_undone_keeps_a_recusal_on_which_a_request_rests(six: County) -> None:
    request = for_a_recusal(six, tasks_of(handed_on(six))[0])
    assert request.recusal is not None
    assert uses_of(request.recusal) == "候补或更换"


def test_what_waits_about_a_firm_that_left_its_place_falls_away(six: County) -> None:
    task = tasks_of(handed_on(six))[0]
    waiting = services.dispatch.ask_replacement(
        actor=six.head, task=task, inspector=member(task), grounds=grounds(Cause.CLASH)
    )
    reserve = services.dispatch.ask_reserve(actor=six.head, task=task, grounds=grounds(Cause.CLOSED))
    assert len(asked(six.leader)) == 2
    agreed(six, reserve)
    assert asked(six.leader) == []
    waiting.refresh_from_db()
    assert str(waiting.get_state_display()) == "已失效"
    assert any(str(step.title).startswith("已失效") for step in next_steps.gather(six.head))


def test_what_waits_in_a_campaign_that_is_taken_back_falls_away(six: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(six))
    services.dispatch.ask_reserve(actor=six.head, task=tasks_of(batch)[0], grounds=grounds(Cause.CLOSED))
    services.dispatch.ask_drop_out(
        actor=six.coordinator, inspector=member(tasks_of(batch)[0]), grounds=grounds(Cause.ILL)
    )
    services.campaigns.cancel(actor=six.leader, campaign=batch.campaign, reason="另行安排")
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"lapsed"}


def test_after_the_last_day_nobody_is_asked_to_decide(six: County) -> None:
    batch = handed_on(six)
    services.dispatch.ask_reserve(actor=six.head, task=tasks_of(batch)[0], grounds=grounds(Cause.CLOSED))
    other = as_officer(make_officer(Role.BUREAU_LEADER, unit=batch.unit))
    six.clock.advance(days=(batch.visit_until - clock.today()).days)
    assert len(asked(other)) == 1
    six.clock.advance(days=1)
    assert asked(other) == []
