"""方案三（一）、N9: the terms run from coming in; who is there is said one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

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
from mingcha.inspection.models import Entry, Evidence, Inspection
from mingcha.inspection.phone.messages import batch
from mingcha.inspection.phone.sync import bring_home
from mingcha.inspection.testing import entered, goes
from mingcha.kernel.testing import refused
from mingcha.planning.models import TaskMember
from mingcha.planning.testing import County
from mingcha.registry.models import Inspector, Recusal
from mingcha.web.forms import ONCE
from mingcha.web.providers import NextStep
from mingcha.web.views import steps_for


def running(visit: Inspection) -> dict[str, Deadline]:
    return {one.rule.code: one for one in deadlines.open_for(Thing.nameless(visit)).select_related("rule")}


def titles(officer: Officer) -> Sequence[str]:
    return [str(step.title) for step in steps_for(officer)]


def third(county: County, visit: Inspection) -> Officer:
    """A third colleague is on the team."""
    other = next(one for one in county.inspectors if one not in visit.team)
    TaskMember.objects.create(task=visit.task, inspector=other, position=3, joined_at=clock.now())
    visit = Inspection.objects.get(pk=visit.pk)
    return goes(visit, 2)


def test_the_terms_run_from_coming_in_and_move_to_the_day_of_leaving(here: County, visit: Inspection) -> None:
    entered(here, visit)
    came = clock.today()
    begun = running(visit)
    assert {one.started_on for one in begun.values()} == {came}
    assert set(begun) == {"RECORD_ENTRY", "T24"}

    here.clock.advance(days=1)
    services.leave(actor=goes(visit), inspection=visit)

    moved = running(visit)
    assert set(moved) == {"RECORD_ENTRY", "T24"}
    for rule, one in moved.items():
        assert one.pk == begun[rule].pk
        assert one.started_on == came + timedelta(days=1)
        assert one.due_on > begun[rule].due_on


def test_a_visit_of_an_earlier_day_is_on_the_lists_of_who_is_there_and_who_answers(
    here: County, visit: Inspection
) -> None:
    entered(here, visit)
    title = f"登记离开：{visit.name}"
    assert title not in titles(goes(visit))
    here.clock.advance(days=1)
    for officer in (goes(visit), goes(visit, 1), here.head):
        assert title in titles(officer)
    assert title not in titles(here.coordinator)
    services.leave(actor=goes(visit), inspection=visit)
    assert title not in titles(here.head)


def test_what_is_told_on_a_later_day_says_when_and_why(
    here: County, visit: Inspection, client: Client
) -> None:
    entered(here, visit)
    came = clock.now()
    here.clock.advance(days=1)
    sign_in(client, User.objects.get(pk=here.head.id))
    page = reverse("inspection:leave", args=[visit.pk])
    assert client.post(page, {ONCE: uuid4().hex}).status_code == 422

    at = (came + timedelta(minutes=50)).astimezone(clock.SHANGHAI)
    said = {"at": at.strftime("%Y-%m-%dT%H:%M"), "reason": "两人住院；门卫登记簿载明离开时间"}
    assert client.post(page, {ONCE: uuid4().hex, **said}).status_code == 302

    entry = Entry.objects.get(inspection=visit)
    assert entry.left_at == at.replace(second=0, microsecond=0)
    assert (entry.left_by_id, entry.left_reason) == (here.head.id, said["reason"])
    assert {one.started_on for one in running(visit).values()} == {clock.today() - timedelta(days=1)}


def test_nobody_ends_a_visit_for_those_who_are_there_on_its_own_day_or_without_a_reason(
    here: County, visit: Inspection
) -> None:
    entered(here, visit)
    with refused("entry.not_of_the_team"):
        services.leave(actor=here.head, inspection=visit, reason="他们走了")
    here.clock.advance(days=1)
    with refused("entry.left_reason"):
        services.leave(actor=here.head, inspection=visit)
    with refused("entry.not_of_the_team"):
        services.leave(actor=here.coordinator, inspection=visit, reason="他们走了")


def test_who_came_later_is_recorded_with_their_own_time_even_after_leaving(
    here: County, visit: Inspection
) -> None:
    both = [one.pk for one in visit.team]
    late = third(here, visit)
    entered(here, visit, people=both)
    here.clock.advance(minutes=20)
    came = clock.now()
    here.clock.advance(minutes=30)
    services.leave(actor=goes(visit), inspection=visit)
    here.clock.advance(days=1)

    told = batch({"client": "phone-3", "after": 0, "enter": {"via": "code", "at": came.isoformat()}})
    assert bring_home(late, visit, told)["enter"] == {"taken": True}
    assert bring_home(late, visit, told)["enter"] == {"taken": True}

    people = Entry.objects.get(inspection=visit).people
    assert people.count() == 3
    assert people.get(inspector__user=late.id).joined_at == came
    assert set(people.exclude(inspector__user=late.id).values_list("joined_at", flat=True)) == {None}


def test_who_cannot_have_been_there_is_answered_clearly(here: County, visit: Inspection) -> None:
    both = [one.pk for one in visit.team]
    late = third(here, visit)
    entered(here, visit, people=both)
    here.clock.advance(minutes=45)
    services.leave(actor=goes(visit), inspection=visit)
    here.clock.advance(minutes=5)
    with refused("entry.joined_after_leaving"):
        services.enter(actor=late, inspection=visit, via=Entry.Via.CODE)

    before = clock.now() - timedelta(minutes=20)
    Inspector.objects.filter(user=late.id).update(valid_until=clock.today() - timedelta(days=1))
    with refused("entry.may_not_inspect"):
        services.enter(actor=late, inspection=visit, via=Entry.Via.CODE, at=before)
    Inspection.objects.filter(pk=visit.pk).update(state=states.TO_REVIEW)
    with refused("entry.record_is_in"):
        services.enter(actor=late, inspection=visit, via=Entry.Via.CODE, at=before)


def test_nobody_is_there_whom_nobody_has_named(here: County, visit: Inspection, client: Client) -> None:
    services.issue_package(actor=goes(visit), inspection=visit)
    with refused("inspection.two_go"):
        services.enter(actor=goes(visit), inspection=visit, via=Entry.Via.CODE)

    sign_in(client, User.objects.get(pk=goes(visit).id))
    form = client.get(reverse("inspection:enter", args=[visit.pk])).context["form"]
    assert [one.data["selected"] for one in form["people"]] == [False, False]


def test_the_route_of_the_day_is_the_first_thing_at_home(here: County, visit: Inspection) -> None:
    officer = goes(visit)

    def first() -> NextStep:
        return steps_for(officer)[0]

    count = Inspection.objects.visible_to(officer).mine(officer).count()
    assert (str(first().title), first().url) == (f"今天去 {count} 户", reverse("inspection:phone"))
    own = visit.team[0]
    Recusal.objects.create(
        subject=visit.subject,
        inspector=own,
        kind=Recusal.Kind.FAMILY,
        state="approved",
        valid_from=clock.today(),
    )
    assert f"您须回避：{visit.name}" in titles(officer)


def test_what_a_phone_has_announced_and_not_brought_is_asked_for(here: County, visit: Inspection) -> None:
    entered(here, visit)
    officer = goes(visit)
    Evidence.objects.create(
        inspection=visit,
        kind=Evidence.Kind.PHOTO,
        name="1.jpg",
        sha256="0" * 64,
        size=9,
        taken_at=clock.now(),
        taken_by_id=officer.id,
        announced_at=clock.now(),
    )
    assert "1 个照片、录音没有传完" in titles(officer)
    assert "1 个照片、录音没有传完" not in titles(goes(visit, 1))


def test_a_head_of_another_section_ends_nothing(here: County, visit: Inspection) -> None:
    entered(here, visit)
    here.clock.advance(days=1)
    other = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("就业股"), name="外股长"))
    assert f"登记离开：{visit.name}" not in titles(other)
