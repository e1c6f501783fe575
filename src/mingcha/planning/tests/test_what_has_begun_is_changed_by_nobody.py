"""检查人员在入企前确定 (国办发〔2024〕54号五): from the first visit on a task is nobody's to change."""

from __future__ import annotations

import pytest

from mingcha.base.viewers import System
from mingcha.kernel.refusal import Refused
from mingcha.ledger.models import Record
from mingcha.planning import lifecycle, selectors, services
from mingcha.planning.dispatch import change_lifecycle as changes
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.workload import workload_of
from mingcha.planning.models import Dispatch, Draw, Task, TaskMember
from mingcha.planning.testing import County, agreed, grounds, handed_on
from mingcha.web.providers import next_steps

_PLATFORM = System(purpose="tests")


@pytest.fixture
def batch(county: County) -> Dispatch:
    return handed_on(county)


@pytest.fixture
def first(batch: Dispatch) -> Task:
    """The first firm of the list, where somebody is now."""
    return services.dispatch.begin(actor=_PLATFORM, task_id=batch.tasks.order_by("seq")[0].pk)


def test_it_is_given_to_no_reserve_and_nobody_of_its_team_is_replaced(county: County, first: Task) -> None:
    member = first.team[0].inspector
    for ask in (
        lambda: services.dispatch.ask_reserve(actor=county.head, task=first, grounds=grounds("closed")),
        lambda: services.dispatch.ask_replacement(
            actor=county.head, task=first, inspector=member, grounds=grounds("clash")
        ),
    ):
        with pytest.raises(Refused) as raised:
            ask()
        assert raised.value.codes == ("change.begun",)


def test_what_was_asked_about_it_before_falls_away_with_the_first_step_inside(
    county: County, batch: Dispatch
) -> None:
    task = batch.tasks.order_by("seq")[0]
    asked = services.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds("closed"))

    services.dispatch.begin(actor=_PLATFORM, task_id=task.pk)

    asked.refresh_from_db()
    assert asked.state == changes.LAPSED


def test_who_drops_out_leaves_only_what_nobody_has_begun(county: County, batch: Dispatch) -> None:
    """Six places for four people: somebody goes to two firms, and is at one of them."""
    held = TaskMember.objects.filter(task__dispatch=batch, left_at=None)
    gone, mine = next(
        (person, own)
        for person in county.inspectors
        if len(own := list(held.filter(inspector=person).order_by("task__seq"))) > 1
    )
    there = services.dispatch.begin(actor=_PLATFORM, task_id=mine[0].task_id)
    team = [member.inspector_id for member in there.team]

    (asked,) = services.dispatch.ask_drop_out(actor=county.head, inspector=gone, grounds=grounds("ill"))
    agreed(county, asked)

    now = Task.objects.get(pk=there.pk)
    assert (now.state, [member.inspector_id for member in now.team]) == (states.BEGUN, team)
    assert [one.task_id for one in held.filter(inspector=gone)] == [there.pk]


def test_whoever_has_begun_everything_has_nothing_left_to_drop_out_of(
    county: County, batch: Dispatch
) -> None:
    for task in batch.tasks.all():
        services.dispatch.begin(actor=_PLATFORM, task_id=task.pk)

    with pytest.raises(Refused) as raised:
        services.dispatch.ask_drop_out(
            actor=county.head, inspector=county.inspectors[0], grounds=grounds("ill")
        )
    assert raised.value.codes == ("change.no_tasks",)


def test_a_list_that_is_taken_back_takes_back_only_what_nobody_has_begun(county: County, first: Task) -> None:
    batch = first.dispatch
    services.dispatch.withdraw_all(actor=_PLATFORM, campaign_id=batch.campaign_id, reason="上级另行安排")

    assert batch.tasks.get(pk=first.pk).state == states.BEGUN
    assert {one.state for one in batch.tasks.exclude(pk=first.pk)} == {states.CANCELLED}


def test_only_what_was_confirmed_is_begun_and_only_what_was_begun_is_done(
    county: County, batch: Dispatch
) -> None:
    task = batch.tasks.order_by("seq")[0]
    with pytest.raises(Refused):
        services.dispatch.finish(actor=_PLATFORM, task_id=task.pk)
    services.dispatch.begin(actor=_PLATFORM, task_id=task.pk)
    with pytest.raises(Refused):
        services.dispatch.begin(actor=_PLATFORM, task_id=task.pk)
    told = Record.objects.filter(event="planning.task.moved")
    assert told.count() == 1
    assert task.name not in str(vars(told.get()))


def test_its_time_stays_and_it_asks_for_none(county: County, batch: Dispatch, first: Task) -> None:
    services.dispatch.arrange(actor=county.head, batch=batch)

    assert set(batch.tasks.filter(slot__isnull=False)) == set(batch.tasks.exclude(pk=first.pk))
    with pytest.raises(Refused) as raised:
        services.dispatch.move_visit(actor=county.head, task=first, week=first.visit_from)
    assert raised.value.codes == ("visit.task_not_given",)


def test_the_workload_says_how_many_of_a_persons_firms_have_been_visited(
    county: County, batch: Dispatch, first: Task
) -> None:
    there = {member.inspector_id for member in first.team}
    for load in workload_of(batch, county.coordinator):
        assert load.visited == (load.inspector.pk in there)


def test_a_sealed_draw_is_opened_early_when_every_firm_is_done_or_taken_back(county: County) -> None:
    batch = handed_on(county, mode=Draw.Mode.SEALED)
    draw = batch.draw
    assert draw is not None
    tasks = list(batch.tasks.all())
    for task in tasks:
        services.dispatch.begin(actor=_PLATFORM, task_id=task.pk)
    for task in tasks[1:]:
        services.dispatch.finish(actor=_PLATFORM, task_id=task.pk)
    assert not selectors.nobody_goes(draw)
    assert not any("公开封存的结果" in step.title for step in next_steps.gather(county.coordinator))

    services.dispatch.finish(actor=_PLATFORM, task_id=tasks[0].pk)

    assert any("公开封存的结果" in step.title for step in next_steps.gather(county.coordinator))
    assert services.open_result(actor=county.coordinator, draw=draw).state == lifecycle.DRAWN
