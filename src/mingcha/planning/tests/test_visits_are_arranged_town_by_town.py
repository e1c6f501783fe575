"""The answering section arranges when its firms are visited: a town in one go, nobody in two places (N3)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.kernel.rounds import week_of
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Dispatch, Task, VisitSlot
from mingcha.planning.testing import County, drawn, handed_on
from mingcha.registry.models import Inspector, Leave, Subject
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.django_db


def arranged(county: County, **values: object) -> Dispatch:
    return services.dispatch.arrange(actor=county.head, batch=handed_on(county, **values))


def slots(batch: Dispatch) -> dict[int, tuple[date, bool]]:
    rows = VisitSlot.objects.filter(task__dispatch=batch)
    return {pk: (day, morning) for pk, day, morning in rows.values_list("task", "day", "morning")}


def teams(batch: Dispatch) -> dict[int, list[int]]:
    return {
        task.pk: [m.inspector_id for m in task.team]
        for task in batch.tasks.prefetch_related("members__inspector")
    }


def test_everybody_is_in_one_place_at_a_time_within_the_approved_days(county: County) -> None:
    batch = handed_on(county, total=8)
    before = teams(batch)
    services.dispatch.arrange(actor=county.head, batch=batch)
    found = slots(batch)
    assert len(found) == 8
    calls = Counter((person, when) for pk, when in found.items() for person in before[pk])
    assert set(calls.values()) == {1}
    assert all(
        batch.visit_from <= day <= batch.visit_until and day.weekday() < 5 for day, _am in found.values()
    )
    assert teams(batch) == before
    assert Record.objects.filter(event="planning.visits.arranged").count() == 1


def test_the_firms_of_one_town_stand_in_one_week(county: County) -> None:
    Subject.objects.filter(pk__in=[one.pk for one in county.subjects[:5]]).update(town="南高乡")
    batch = arranged(county, total=10)
    weeks: dict[str, set[date]] = {}
    for slot in VisitSlot.objects.filter(task__dispatch=batch).select_related("task__subject"):
        weeks.setdefault(slot.task.subject.town, set()).add(week_of(slot.day))
    assert {town: len(found) for town, found in weeks.items()} == {"南高乡": 1, "示范镇": 1}


def test_nobody_is_sent_on_days_of_leave_or_without_a_certificate(county: County) -> None:
    away, expiring = county.inspectors[:2]
    Leave.objects.create(inspector=away, first_day=date(2026, 11, 24), last_day=date(2026, 12, 4))
    Inspector.objects.filter(pk=expiring.pk).update(valid_until=date(2026, 12, 18))
    batch = handed_on(county, total=10)
    Inspector.objects.filter(pk=expiring.pk).update(valid_until=date(2026, 12, 9))
    services.dispatch.arrange(actor=county.head, batch=batch)
    members = teams(batch)
    for pk, (day, _morning) in slots(batch).items():
        assert away.pk not in members[pk] or day > date(2026, 12, 4)
        assert expiring.pk not in members[pk] or day <= date(2026, 12, 9)


def test_another_campaign_of_the_same_people_is_kept_clear_of(county: County) -> None:
    first = arranged(county, total=6)
    second = arranged(county, total=6, items="另一批")
    calls: Counter[tuple[int, tuple[date, bool]]] = Counter()
    for batch in (first, second):
        members = teams(batch)
        calls.update((person, when) for pk, when in slots(batch).items() for person in members[pk])
    assert set(calls.values()) == {1}


def test_a_bureau_may_put_two_firms_of_a_town_into_a_half_day(county: County) -> None:
    from mingcha.basics.services import parameters

    parameters.set_value(
        actor=county.coordinator,
        code="VISITS_PER_HALF_DAY",
        value="2",
        effective_from=clock.today(),
        source="本局决定",
        why="各户相距很近",
    )
    batch = arranged(county, total=10)
    calls = Counter((tuple(sorted(teams(batch)[pk])), when) for pk, when in slots(batch).items())
    assert max(calls.values()) == 2


def test_one_press_moves_a_firm_to_another_week_and_nothing_else(county: County) -> None:
    batch = arranged(county)
    before = slots(batch)
    task = Task.objects.filter(dispatch=batch).first()
    assert task is not None
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    token = idempotency.token()
    for _press in range(2):
        answer = client.post(f"/planning/tasks/{task.pk}/move/", {"week": "2026-12-09", "_once": token})
        assert "week=2026-12-07" in answer["Location"]
    after = slots(batch)
    assert week_of(after.pop(task.pk)[0]) == date(2026, 12, 7)
    before.pop(task.pk)
    assert after == before
    assert Record.objects.filter(event="planning.visits.moved").count() == 1


def test_a_week_in_which_somebody_has_no_time_is_refused_with_one_that_will_do(county: County) -> None:
    batch = arranged(county)
    task = Task.objects.filter(dispatch=batch).first()
    assert task is not None
    Leave.objects.create(
        inspector=task.team[0].inspector, first_day=date(2026, 12, 7), last_day=date(2026, 12, 11)
    )
    with pytest.raises(Refused) as caught:
        services.dispatch.move_visit(actor=county.head, task=task, week=date(2026, 12, 7))
    (refusal,) = caught.value.refusals
    assert refusal.code == "visit.no_time"
    assert task.team[0].inspector.name in str(refusal.params["why"])
    assert refusal.params["better"] == "2026-11-23"
    with refused("visit.no_time"):
        services.dispatch.move_visit(actor=county.head, task=task, week=date(2027, 1, 4))


def test_doing_it_again_keeps_what_was_moved_unless_everything_is_done_anew(county: County) -> None:
    batch = arranged(county)
    first = slots(batch)
    task = Task.objects.filter(dispatch=batch).first()
    assert task is not None
    services.dispatch.move_visit(actor=county.head, task=task, week=date(2026, 12, 7))
    moved = slots(batch)
    services.dispatch.arrange(actor=county.head, batch=batch)
    assert slots(batch) == moved
    services.dispatch.arrange(actor=county.coordinator, batch=batch, anew=True)
    assert slots(batch) == first


def test_only_who_answers_arranges_and_only_what_was_handed_on(county: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    with refused("visit.not_given"):
        services.dispatch.arrange(actor=county.coordinator, batch=batch)
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    with refused("basics.role"):
        services.dispatch.arrange(actor=county.overseer, batch=batch)
    stranger = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("别的股")))
    with pytest.raises(Dispatch.DoesNotExist):
        services.dispatch.arrange(actor=stranger, batch=batch)
    services.dispatch.arrange(actor=county.head, batch=batch)
    assert len(slots(batch)) == 3


def test_a_firm_that_lacks_people_is_not_arranged(county: County) -> None:
    batch = Dispatch.objects.get(draw=drawn(county))
    short = Task.objects.filter(dispatch=batch).first()
    assert short is not None
    short.members.filter(position=2).update(left_at=clock.now())
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    services.dispatch.arrange(actor=county.head, batch=batch)
    assert Task.objects.get(pk=short.pk).state == states.PREPARED
    assert short.pk not in slots(batch)
    with refused("visit.task_not_given"):
        services.dispatch.move_visit(actor=county.head, task=short, week=date(2026, 12, 7))


def test_a_head_who_may_be_sent_neither_arranges_nor_sees_a_sealed_list(county: County) -> None:
    user = make_officer(Role.INSPECTOR, Role.SECTION_HEAD, unit=county.inspectors[0].unit)
    Inspector.objects.filter(pk=county.inspectors[0].pk).update(user=user)
    both = as_officer(user)
    sealed = {"mode": "sealed", "visit_from": date(2026, 12, 1), "visit_until": date(2026, 12, 18)}
    batch = handed_on(county, **sealed)
    with refused("visit.sealed_to_you"):
        services.dispatch.arrange(actor=both, batch=batch)
    services.dispatch.arrange(actor=county.coordinator, batch=batch)
    assert seen_slots(both) == 0
    assert seen_slots(county.head) == 3
    page = reverse("planning:dispatch-visits", args=[batch.pk])
    shown = sign_in(Client(), user).get(page).content.decode()
    assert "另有 3 户的名单封存中" in shown
    assert not [task.name for task in batch.tasks.all() if task.name in shown]
    county.clock.advance(days=7)
    assert seen_slots(both) == 3


def test_an_inspector_learns_when_he_goes_no_earlier_than_where(county: County) -> None:
    person = county.inspectors[0]
    user = make_officer(Role.INSPECTOR, unit=person.unit)
    Inspector.objects.filter(pk=person.pk).update(user=user)
    sealed = {
        "mode": "sealed",
        "visit_from": date(2026, 12, 1),
        "visit_until": date(2026, 12, 18),
        "total": 8,
    }
    batch = arranged(county, **sealed)
    assert seen_slots(as_officer(user)) == 0
    county.clock.advance(days=7)
    mine = VisitSlot.objects.visible_to(as_officer(user))
    assert 0 < mine.count() < 8
    shown = sign_in(Client(), user).get("/planning/my-tasks/").content.decode()
    assert all(f"{slot.half_text}</strong>" in shown for slot in mine)
    order = [
        shown.index(name) for name in mine.order_by("day", "-morning").values_list("task__name", flat=True)
    ]
    assert order == sorted(order)
    assert sign_in(Client(), user).get(f"/planning/dispatches/{batch.pk}/visits/").status_code == 403


def seen_slots(officer: Officer) -> int:
    return VisitSlot.objects.visible_to(officer).count()


def test_the_head_is_asked_to_arrange_and_finds_everything_on_one_page(county: County) -> None:
    batch = handed_on(county)
    page = reverse("planning:dispatch-visits", args=[batch.pk])
    assert [step.url for step in next_steps.gather(county.head) if "安排检查时间" in str(step.title)] == [
        page
    ]
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    assert "按乡镇排出各周" in client.get(page).content.decode()
    client.post(f"{page}arrange/", {"_once": idempotency.token()})
    shown = client.get(page).content.decode()
    for task in batch.tasks.all():
        assert task.name in shown
    assert "示范镇" in shown
    assert not [step for step in next_steps.gather(county.head) if "安排检查时间" in str(step.title)]
    assert client.get(f"{page}?week=nonsense").status_code == 404


def test_the_page_of_weeks_asks_no_more_for_more_firms(county: County) -> None:
    few, many = arranged(county), arranged(county, total=8, items="另一批")
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    counts = []
    for batch in (few, few, many):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("planning:dispatch-visits", args=[batch.pk])).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]
