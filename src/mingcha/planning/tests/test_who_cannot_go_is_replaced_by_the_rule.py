"""SSJ-1 §7.7, 处罚法43: who is recused or drops out is replaced by whom the rule names, or nobody goes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base import clock
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Grant
from mingcha.kernel import draw as ssj
from mingcha.kernel.testing import refused
from mingcha.planning import selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.change_rules import foresee
from mingcha.planning.dispatch.changes import codes_of
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, Draw, Task
from mingcha.planning.planned_roster import lacking
from mingcha.planning.selectors import assigned_in
from mingcha.planning.services.dispatch import Grounds
from mingcha.planning.testing import County, agreed, grounds, handed_on, make_county, make_inspector
from mingcha.planning.tests.test_another_number_needs_a_cause import finish, values_for
from mingcha.registry.models import Inspector, Recusal
from mingcha.registry.services import approve_recusal, declare_recusal, enter_leave, reject_recusal

pytestmark = pytest.mark.django_db
Cause = ChangeRequest.Cause


@pytest.fixture
def six(db: None, now: clock.FixedClock) -> County:
    return make_county(now, inspectors=6)


def first(batch: Dispatch) -> Task:
    return Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED).order_by("seq")[0]


def members(task: Task) -> list[Inspector]:
    return [one.inspector for one in Task.objects.get(pk=task.pk).team]


def outside(county: County, task: Task) -> list[Inspector]:
    return [one for one in county.inspectors if one not in members(task)]


def relation(county: County, task: Task, inspector: Inspector) -> Recusal:
    return declare_recusal(
        actor=county.coordinator,
        values={
            "subject": task.subject,
            "inspector": inspector,
            "kind": Recusal.Kind.FAMILY,
            "basis": "企业申请",
            "valid_from": clock.today(),
            "declared_by": "企业",
        },
    )


def away(county: County, inspector: Inspector) -> None:
    days = {"first_day": date(2026, 11, 23), "last_day": date(2026, 12, 31)}
    enter_leave(actor=county.coordinator, values={"inspector": inspector, "kind": "other", **days})


def test_an_approved_recusal_proposes_the_replacement_and_nobody_chooses(six: County) -> None:
    task = first(handed_on(six))
    person, other = members(task)
    approve_recusal(actor=six.leader, recusal=relation(six, task, person))
    request = ChangeRequest.objects.get()
    assert (request.asked_by, request.task, request.inspector) == (None, task, person)
    assert members(task) == [person, other]
    agreed(six, request)
    assert person not in members(task)
    assert other in members(task)
    assert len(members(task)) == 2


def test_a_firm_applies_and_the_leader_decides_on_both_in_one(six: County) -> None:
    task = first(handed_on(six))
    person = members(task)[0]
    request = services.dispatch.ask_replacement(
        actor=six.head,
        task=task,
        inspector=person,
        grounds=Grounds(Cause.RECUSAL, "企业申请：妻子任该公司会计"),
        relation=Recusal.Kind.FAMILY,
    )
    assert Recusal.objects.get().state == Recusal.State.DECLARED
    agreed(six, request)
    assert Recusal.objects.get().state == Recusal.State.APPROVED
    assert ChangeRequest.objects.count() == 1
    assert person not in members(task)


def test_a_recusal_without_ground_leaves_the_team_as_it_is(six: County) -> None:
    task = first(handed_on(six))
    before = members(task)
    services.dispatch.ask_replacement(
        actor=six.head, task=task, inspector=before[0], grounds=grounds(Cause.RECUSAL), relation="family"
    )
    reject_recusal(actor=six.leader, recusal=Recusal.objects.get(), reason="不属于应当回避的情形")
    assert ChangeRequest.objects.get().state == "rejected"
    assert members(task) == before


def test_nobody_is_named_who_must_stay_away_or_cannot_go(six: County) -> None:
    task = first(handed_on(six))
    person = members(task)[0]
    *unable, able = outside(six, task)
    relation(six, task, unable[0])
    for one in unable[1:]:
        away(six, one)
    request = services.dispatch.ask_replacement(
        actor=six.head, task=task, inspector=person, grounds=grounds(Cause.CLASH)
    )
    agreed(six, request)
    assert able in members(task)
    detail = json.loads(DispatchChange.objects.get().confidential)
    codes = codes_of(task.dispatch.draw)  # type: ignore[arg-type]
    assert detail["away"] == sorted(codes[one.pk] for one in unable[1:])
    assert [pair[1] for pair in detail["barred"]] == [codes[unable[0].pk]]


def test_who_drops_out_leaves_all_his_tasks_in_every_dispatch(six: County) -> None:
    one, two = handed_on(six), handed_on(six, items="劳动合同")
    person = members(first(one))[0]
    held = Task.objects.filter(members__inspector=person, members__left_at=None)
    batches = {task.dispatch_id for task in held}
    requests = services.dispatch.ask_drop_out(
        actor=six.coordinator, inspector=person, grounds=Grounds(Cause.ILL, "住院")
    )
    assert {request.dispatch_id for request in requests} == batches == {one.pk, two.pk}
    for request in requests:
        agreed(six, request)
    assert not held.all().exists()
    assert all(len(members(task)) == 2 for task in Task.objects.all())


def test_where_the_rule_finds_nobody_the_task_waits_and_a_supplement_serves_it(county: County) -> None:
    batch = handed_on(county)
    task = first(batch)
    person = members(task)[0]
    for one in outside(county, task):
        away(county, one)
    request = services.dispatch.ask_replacement(
        actor=county.head, task=task, inspector=person, grounds=grounds(Cause.CLASH)
    )
    found = foresee(batch, request.kind, task=task, inspector=person)
    assert task.target is not None
    assert found.change.unserved == {task.target.roster_id: 1}
    agreed(county, request)
    task = Task.objects.get(pk=task.pk)
    assert (task.state, len(members(task))) == (states.PREPARED, 1)
    draw = Draw.objects.get(pk=batch.draw_id)
    assert lacking(draw) == {task.subject_id}
    for number in (11, 12):
        make_inspector(county.coordinator, number, county.inspectors[0].unit)
    made = services.plan_supplement(actor=county.coordinator, draw=draw, values=values_for(draw))
    finish(county, made)
    assert Task.objects.get(pk=task.pk).state == states.CANCELLED
    served = Task.objects.get(dispatch__draw=made)
    assert (served.subject_id, len(members(served))) == (task.subject_id, 2)
    assert lacking(draw) == frozenset()
    # Whoever is left on the former team drops out: nobody is named for what the other number serves.
    rows = list(task.members.order_by("pk").values_list("pk", "left_at"))
    (request,) = services.dispatch.ask_drop_out(
        actor=county.coordinator, inspector=first(batch).team[0].inspector, grounds=grounds(Cause.ILL)
    )
    change = agreed(county, request).change
    assert json.loads(change.confidential)["served"] == [task.target.roster_id]
    assert task.target.roster_id not in json.loads(change.public)["teams"]
    assert list(task.members.order_by("pk").values_list("pk", "left_at")) == rows
    files = selectors.files_for(draw, county.overseer)
    assert ssj.check_changes(
        ssj.load_register(selectors.register_jsonl()),
        draw.number,
        files[ssj.PUBLIC_CHANGES],
        files[ssj.CONFIDENTIAL_CHANGES],
        ssj.replay(files, draw.used_digest),
    )


def test_while_a_supplement_is_sealed_nothing_is_changed(county: County) -> None:
    batch = handed_on(county)
    task = first(batch)
    for one in outside(county, task):
        away(county, one)
    agreed(
        county,
        services.dispatch.ask_replacement(
            actor=county.head, task=task, inspector=members(task)[0], grounds=grounds(Cause.CLASH)
        ),
    )
    draw = Draw.objects.get(pk=batch.draw_id)
    for number in (11, 12):
        make_inspector(county.coordinator, number, county.inspectors[0].unit)
    made = services.plan_supplement(actor=county.coordinator, draw=draw, values=values_for(draw))
    services.seal(actor=county.coordinator, draw=made)
    with refused("change.supplement"):
        services.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds(Cause.CLOSED))


def test_somebody_who_is_not_on_the_team_is_not_replaced(county: County) -> None:
    task = first(handed_on(county))
    stranger = outside(county, task)[0]
    with refused("change.not_there"):
        services.dispatch.ask_replacement(
            actor=county.head, task=task, inspector=stranger, grounds=grounds(Cause.CLASH)
        )
    idle = make_inspector(county.coordinator, 30, county.inspectors[0].unit)
    with refused("change.no_tasks"):
        services.dispatch.ask_drop_out(actor=county.coordinator, inspector=idle, grounds=grounds(Cause.ILL))


def test_the_yearly_limit_counts_who_goes_now(six: County) -> None:
    task = first(handed_on(six))
    person = members(task)[0]
    before = assigned_in(2026)
    request = services.dispatch.ask_replacement(
        actor=six.head, task=task, inspector=person, grounds=grounds(Cause.CLASH)
    )
    agreed(six, request)
    newcomer = members(task)[1]
    after = assigned_in(2026)
    assert (after[person.pk], after[newcomer.pk]) == (before[person.pk] - 1, before[newcomer.pk] + 1)
    assert sum(after.values()) == sum(before.values()) == 6


def test_nobody_is_named_beyond_what_the_yearly_limit_leaves(six: County) -> None:
    batch = handed_on(six, total=6)
    person = members(first(batch))[0]
    held = list(Task.objects.filter(dispatch=batch, members__inspector=person))
    assert len(held) == 2
    partners = {one for task in held for one in members(task)}
    able, *others = [one for one in six.inspectors if one not in partners]
    for one in others:
        away(six, one)
    for one in partners - {person}:
        away(six, one)
    before = assigned_in(2026)[able.pk]
    Inspector.objects.filter(pk=able.pk).update(yearly_limit=before + 1)
    (request,) = services.dispatch.ask_drop_out(
        actor=six.coordinator, inspector=person, grounds=grounds(Cause.ILL)
    )
    change = agreed(six, request).change
    assert assigned_in(2026)[able.pk] == before + 1
    codes = codes_of(batch.draw)  # type: ignore[arg-type]
    assert json.loads(change.confidential)["room"] == {codes[able.pk]: 1}
    assert sorted(len(members(task)) for task in held) == [1, 2]


def test_only_who_answers_for_the_tasks_asks(six: County) -> None:
    batch = handed_on(six)
    other = make_unit("别的股")
    head_of_other = as_officer(make_officer(Role.SECTION_HEAD, unit=other))
    sees_all = Grant(Role.BUREAU_LEADER), Grant(Role.SECTION_HEAD, Reach.SECTION, frozenset({other.pk}))
    stranger = replace(head_of_other, grants=sees_all)
    with refused("change.not_answering"):
        services.dispatch.ask_reserve(actor=stranger, task=first(batch), grounds=grounds(Cause.CLOSED))


def test_a_superiors_list_is_changed_by_the_superior(county: County) -> None:
    from mingcha.planning.tests.test_a_drawn_list_becomes_tasks import superior

    task = Task.objects.filter(dispatch__campaign=superior(county))[0]
    with refused("change.superior"):
        services.dispatch.ask_replacement(
            actor=county.head, task=task, inspector=members(task)[0], grounds=grounds(Cause.CLASH)
        )
    approve_recusal(actor=county.leader, recusal=relation(county, task, members(task)[0]))
    assert not ChangeRequest.objects.exists()
