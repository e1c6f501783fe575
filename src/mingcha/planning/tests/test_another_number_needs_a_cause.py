"""N4, draw protocol §7.7: who lacks people, and another attempt, have numbers of their own."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.base.events import Thing
from mingcha.basics.selectors import deadlines as terms
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import selectors, services
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models import Dispatch, Draw, Task
from mingcha.planning.planned_roster import unserved
from mingcha.planning.services.dispatch.preparing import start_term
from mingcha.planning.testing import DIGITS, WITNESSES, County, draft, drawn, make_inspector
from mingcha.registry.models import Recusal
from mingcha.registry.services import declare_recusal

pytestmark = pytest.mark.django_db


def later() -> dict[str, object]:
    return {"reveal_at": clock.now() + timedelta(hours=1)}


def lacking(county: County) -> Draw:
    """A finished draw in which every firm lacks a second person: three of the four stay away from all."""
    for inspector in county.inspectors[1:]:
        for subject in county.subjects:
            declare_recusal(
                actor=county.coordinator,
                values={
                    "subject": subject,
                    "inspector": inspector,
                    "kind": Recusal.Kind.FAMILY,
                    "basis": "亲属",
                    "valid_from": clock.today(),
                    "valid_until": None,
                    "declared_by": inspector.name,
                    "declared_on": clock.today(),
                },
            )
    return drawn(county)


def finish(county: County, draw: Draw) -> Draw:
    draw = services.seal(actor=county.coordinator, draw=draw)
    county.clock.advance(minutes=61)
    services.enter_digits(actor=county.coordinator, draw=draw, digits=DIGITS, witnesses=WITNESSES)
    return services.confirm_digits(actor=county.overseer, draw=Draw.objects.get(pk=draw.pk))


def values_for(draw: Draw) -> dict[str, object]:
    names = ("title", "capacity", "specialty", "visit_from", "visit_until", "reveal_place", "mode")
    said = {name: getattr(draw, name) for name in names}
    return {**said, "reserve_pct": 0, "repeat_reason": "", **later()}


def test_firms_without_a_full_team_are_served_under_a_number_of_their_own(county: County) -> None:
    first = lacking(county)
    assert len(unserved(first)) == 3
    for number in (11, 12):
        make_inspector(county.coordinator, number, county.inspectors[0].unit)
    made = services.plan_supplement(actor=county.coordinator, draw=first, values=values_for(first))
    seen = selectors.preview_of(made)
    assert ({entry.subject_id for entry in seen.entries}, seen.drawn_total) == (set(unserved(first)), 3)
    made = finish(county, made)
    assert unserved(made) == frozenset()
    plan = json.loads(selectors.files_for(made, county.overseer)["plan.json"])
    assert plan["supplements"] == first.number != made.number
    assert first.number in made.quota_text


def test_a_firm_that_is_served_has_one_task_and_the_list_that_lacked_people_is_withdrawn(
    county: County,
) -> None:
    first = lacking(county)
    assert Task.objects.filter(state=states.PREPARED).count() == 3
    batch = Dispatch.objects.get(draw=first)
    # As of a superior's list, whose term runs before it is handed on here.
    start_term(county.coordinator, batch, clock.today())
    for number in (11, 12):
        make_inspector(county.coordinator, number, county.inspectors[0].unit)
    made = finish(
        county, services.plan_supplement(actor=county.coordinator, draw=first, values=values_for(first))
    )
    standing = Task.objects.exclude(state=states.CANCELLED)
    assert {task.dispatch.draw_id for task in standing} == {made.pk}
    assert standing.count() == standing.values("subject").distinct().count() == 3
    assert Dispatch.objects.get(draw=first).state == states.CANCELLED
    assert not terms.open_for(Thing.of(batch)).exists()
    assert Record.objects.filter(event="planning.dispatch.prepared").latest("seq").after["served"] == 3


def test_where_nobody_lacks_anybody_nothing_is_supplemented(county: County) -> None:
    first = drawn(county)
    with refused("draw.all_served"):
        services.plan_supplement(actor=county.coordinator, draw=first, values=values_for(first))


def test_another_attempt_of_a_campaign_needs_a_reason_and_a_second_person(county: County) -> None:
    first = drawn(county)
    again = draft(county, first.campaign, **later())
    with refused("draw.not_a_second_attempt"):
        services.seal(actor=county.coordinator, draw=again)
    with refused("draw.no_repeat"):
        services.agree_to_repeat(actor=county.leader, draw=again)
    values = values_for(first) | {"repeat_reason": "抽取时录像中断"}
    again = services.change_draw(actor=county.coordinator, draw=again, values=values)
    with refused("draw.a_second_person_agrees"):
        services.seal(actor=county.coordinator, draw=again)
    with refused("basics.role"):
        services.agree_to_repeat(actor=county.coordinator, draw=again)
    again = services.agree_to_repeat(actor=county.leader, draw=again)
    sealed = services.seal(actor=county.coordinator, draw=again)
    assert (first.number, sealed.number) == ("130111-RS-2026-0001", "130111-RS-2026-0002")


def test_another_reason_needs_another_agreement(county: County) -> None:
    first = drawn(county)
    again = draft(county, first.campaign, repeat_reason="抽取时录像中断", **later())
    again = services.agree_to_repeat(actor=county.overseer, draw=again)
    values = values_for(first) | {"repeat_reason": "结果不满意"}
    again = services.change_draw(actor=county.coordinator, draw=again, values=values)
    with refused("draw.a_second_person_agrees"):
        services.seal(actor=county.coordinator, draw=again)


def test_the_pages_offer_it_to_whom_it_concerns(county: County) -> None:
    first = lacking(county)
    clerk, leader = Client(), Client()
    sign_in(clerk, User.objects.get(pk=county.coordinator.id))
    sign_in(leader, User.objects.get(pk=county.leader.id))
    assert first.campaign is not None
    page = reverse("planning:campaigns-detail", args=[first.campaign.pk])
    address = reverse("planning:draw-supplement", args=[first.pk])
    assert address in clerk.get(page).content.decode()
    assert address not in leader.get(page).content.decode()
    form = clerk.get(address)
    typed = {name: value for name, value in form.context["form"].initial.items() if value is not None}
    typed |= {"_once": idempotency.token(), "reveal_at": "2026-11-23T18:00"}
    assert clerk.post(address, typed).status_code == 302
    made = Draw.objects.get(supplements=first)
    assert (made.title, made.reveal_place) == (f"{first.title}（补充抽取）", first.reveal_place)

    Draw.objects.filter(pk=made.pk).delete()
    again = draft(county, first.campaign, repeat_reason="抽取时录像中断", **later())
    agree = reverse("planning:draw-agree", args=[again.pk])
    assert "核对再次抽取的理由" in leader.get("/").content.decode()
    assert agree in leader.get(page).content.decode()
    assert agree not in clerk.get(page).content.decode()
    leader.post(agree, {"_once": idempotency.token()})
    assert "（郑局长 同意）" in clerk.get(page).content.decode()
