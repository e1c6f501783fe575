"""SSJ-1 §7.7, §7.0 T6: the next reserve takes over place and team; reason, evidence, two people."""

from __future__ import annotations

import json

import pytest

from mingcha.basics.models import Attachment
from mingcha.kernel import draw as ssj
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.change_rules import foresee
from mingcha.planning.models import ChangeRequest, Dispatch, DispatchChange, DrawTarget, RegisterLine, Task
from mingcha.planning.services.dispatch import Grounds
from mingcha.planning.testing import County, agreed, drawn, grounds, handed_on
from mingcha.web.providers import timelines

pytestmark = pytest.mark.django_db
GONE = ChangeRequest.Cause.DEREGISTERED


def first(batch: Dispatch) -> Task:
    return Task.objects.filter(dispatch=batch).exclude(state=states.CANCELLED).order_by("seq")[0]


def asked(county: County, batch: Dispatch) -> ChangeRequest:
    return services.dispatch.ask_reserve(actor=county.head, task=first(batch), grounds=grounds(GONE))


def team(task: Task) -> list[str]:
    return [member.code for member in Task.objects.get(pk=task.pk).team]


def test_the_next_reserve_takes_number_days_and_team(county: County) -> None:
    batch = handed_on(county)
    task = first(batch)
    before = team(task)
    reserve = DrawTarget.objects.filter(draw=batch.draw, kind="R").order_by("seq")[0]
    agreed(county, asked(county, batch))
    made = Task.objects.get(dispatch=batch, subject=reserve.subject)
    assert (made.seq, made.visit_until, made.known_from, made.state) == (
        task.seq,
        task.visit_until,
        task.known_from,
        states.CONFIRMED,
    )
    assert team(made) == before
    assert Task.objects.get(pk=task.pk).state == states.CANCELLED
    assert team(task) == []


def test_who_was_called_up_is_visited_and_who_left_is_not(county: County) -> None:
    batch = handed_on(county)
    gone = first(batch)
    before = DrawTarget.objects.filter(draw=batch.draw).to_visit()
    assert gone.subject in {one.subject for one in before}
    agreed(county, asked(county, batch))
    reserve = DrawTarget.objects.filter(draw=batch.draw, kind="R").order_by("seq")[0]
    after = {one.subject for one in DrawTarget.objects.filter(draw=batch.draw).to_visit()}
    assert (gone.subject in after, reserve.subject in after) == (False, True)


def test_the_story_of_the_firm_tells_of_it(county: County) -> None:
    batch = handed_on(county)
    task = first(batch)
    agreed(county, asked(county, batch))
    found = timelines.gather(county.head, "registry.subject", task.subject_id)
    (entry,) = [one for one in found if "由候补递补" in str(one.title)]
    assert entry.detail == "已注销或吊销"


def test_reserves_are_called_in_order_until_none_is_left(county: County) -> None:
    batch = handed_on(county)
    called = []
    for _time in range(2):
        request = asked(county, batch)
        called.append(agreed(county, request).change.public)
    reserves = DrawTarget.objects.filter(draw=batch.draw, kind="R").order_by("seq")
    assert [json.loads(line)["takes"] for line in called] == [one.roster_id for one in reserves]
    with refused("change.no_reserve"):
        asked(county, batch)


def test_who_asks_does_not_approve_and_only_a_leader_decides(county: County) -> None:
    batch = handed_on(county)
    request = asked(county, batch)
    seen = foresee(batch, request.kind, task=request.task).digest
    for nobody in (county.coordinator, county.head, county.overseer):
        with refused("lifecycle.role"):
            services.dispatch.approve(actor=nobody, request=request, seen=seen)
    ChangeRequest.objects.filter(pk=request.pk).update(asked_by=county.leader.id)
    with refused("change.own"):
        services.dispatch.approve(actor=county.leader, request=request, seen=seen)
    assert not DispatchChange.objects.exists()


def test_a_reason_and_evidence_are_needed(county: County) -> None:
    task = first(handed_on(county))
    with refused("change.evidence"):
        services.dispatch.ask_reserve(actor=county.head, task=task, grounds=Grounds(GONE, "已注销"))
    with refused("basics.reason"):
        services.dispatch.ask_reserve(
            actor=county.head, task=task, grounds=Grounds(GONE, " ", grounds(GONE).evidence)
        )
    with refused("change.cause"):
        services.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds("clash"))
    assert not Attachment.objects.exists()


def test_the_same_is_asked_for_once(county: County) -> None:
    batch = handed_on(county)
    asked(county, batch)
    with refused("change.asked"):
        asked(county, batch)
    assert ChangeRequest.objects.count() == 1


def test_what_is_not_agreed_changes_nothing_and_can_be_asked_again(county: County) -> None:
    batch = handed_on(county)
    services.dispatch.reject(actor=county.leader, request=asked(county, batch), reason="企业仍在经营")
    request = asked(county, batch)
    with refused("change.not_own"):
        services.dispatch.withdraw(actor=county.coordinator, request=request)
    services.dispatch.withdraw(actor=county.head, request=request)
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"rejected", "withdrawn"}
    assert Task.objects.filter(state=states.CONFIRMED).count() == 3


def test_an_approval_stands_on_the_outcome_that_was_seen(county: County) -> None:
    batch = handed_on(county)
    one, two = list(Task.objects.filter(dispatch=batch).order_by("seq"))[:2]
    requests = [
        services.dispatch.ask_reserve(actor=county.head, task=task, grounds=grounds(GONE))
        for task in (one, two)
    ]
    seen = foresee(batch, requests[1].kind, task=two).digest
    agreed(county, requests[0])
    with refused("change.moved"):
        services.dispatch.approve(actor=county.leader, request=requests[1], seen=seen)
    assert DispatchChange.objects.count() == 1
    agreed(county, requests[1])
    assert DispatchChange.objects.count() == 2


def test_the_register_tells_that_and_not_what(county: County) -> None:
    batch = handed_on(county)
    task = first(batch)
    change = agreed(county, asked(county, batch)).change
    line = RegisterLine.objects.get(event="候补")
    assert change.line == line
    assert task.target is not None
    assert task.target.roster_id not in line.line
    assert "detail" not in json.loads(line.line)
    register = ssj.load_register(selectors.register_jsonl())
    draw = batch.draw
    assert draw is not None
    files = selectors.files_for(draw, county.overseer)
    (found,) = ssj.check_changes(
        register,
        draw.number,
        files["changes.jsonl"],
        files["changes-confidential.jsonl"],
        ssj.replay(files, draw.used_digest),
    )
    assert found["leaves"] == task.target.roster_id
    assert ssj.verify(files, draw.used_digest).match
    (evidence,) = Attachment.objects.all()
    assert json.loads(change.confidential)["evidence"] == [evidence.sha256]


def test_the_ledger_does_not_name_the_firm_of_a_sealed_list(county: County) -> None:
    batch = handed_on(county, mode="sealed")
    task = first(batch)
    before = Record.objects.count()
    agreed(county, asked(county, batch))
    records = Record.objects.order_by("seq")[before:]
    assert {record.event for record in records} >= {
        "planning.change.asked",
        "planning.change.moved",
        "planning.dispatch.teams_changed",
    }
    assert not any(task.name in str(vars(record)) for record in records)


def test_nothing_is_changed_in_a_campaign_that_was_taken_back(county: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    request = asked(county, batch)
    seen = foresee(batch, request.kind, task=request.task).digest
    services.campaigns.cancel(actor=county.leader, campaign=batch.campaign, reason="另行安排")
    with refused("lifecycle.not_here"):
        services.dispatch.approve(actor=county.leader, request=request, seen=seen)
    assert request.task is not None
    with refused("change.cancelled"):
        services.dispatch.ask_reserve(actor=county.head, task=request.task, grounds=grounds(GONE))


def test_after_the_last_day_nothing_is_changed(county: County) -> None:
    batch = handed_on(county)
    county.clock.advance(days=40)
    with refused("change.over"):
        asked(county, batch)
