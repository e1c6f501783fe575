"""domain §2.2 steps 2–4: what was drawn is handed to a section, which confirms within two days."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.selectors import bureau
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import clock, idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import System
from mingcha.basics.models import Deadline
from mingcha.basics.services import deadlines
from mingcha.kernel.testing import refused
from mingcha.planning import services
from mingcha.planning.campaigns import lifecycle as campaigns
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.views.batches import page_of
from mingcha.planning.models import Campaign, CampaignTarget, Dispatch, DrawTarget, Task
from mingcha.planning.testing import County, approved, approved_campaign, campaign, drawn
from mingcha.web.providers import next_steps

pytestmark = pytest.mark.django_db


def batch_of(county: County) -> Dispatch:
    return Dispatch.objects.get(draw=drawn(county))


def now(batch: Dispatch) -> Dispatch:
    return Dispatch.objects.get(pk=batch.pk)


def sent(county: County) -> Dispatch:
    return services.dispatch.dispatch(actor=county.coordinator, batch=batch_of(county))


def superior(county: County, left_out: int = 0) -> Campaign:
    """An approved superior's list: two firms, the first two inspectors at each, handed on last Friday.

    The firm in the row `left_out` is at its cap and not visited.
    """
    found = campaign(county)
    found.source, found.superior_number = Campaign.Source.SUPERIOR, "冀-2026-001"
    found.superior_at = datetime(2026, 11, 20, 15, 0, tzinfo=clock.SHANGHAI)
    found.save()
    for place, subject in enumerate(county.subjects[:2], start=1):
        target = CampaignTarget.objects.create(
            campaign=found,
            subject=subject,
            place=place,
            name=subject.name,
            at_cap=place == left_out,
            decision="leave_out" if place == left_out else "",
        )
        target.inspectors.set(county.inspectors[:2])
    return approved(county, found)


def test_every_drawn_firm_is_one_task_with_the_team_as_it_was_drawn(county: County) -> None:
    draw = drawn(county)
    batch = Dispatch.objects.get(draw=draw)
    tasks = list(Task.objects.filter(dispatch=batch).order_by("seq"))
    targets = DrawTarget.objects.filter(draw=draw, kind="S").order_by("seq")
    assert [(task.seq, task.subject_id) for task in tasks] == [(t.seq, t.subject_id) for t in targets]
    for task, target in zip(tasks, targets, strict=True):
        assert [member.code for member in task.team] == [str(m.person) for m in target.members.all()]
        assert (task.visit_from, task.visit_until) == (draw.visit_from, draw.visit_until)
        assert task.state == states.PREPARED
    assert list(batch.item_versions.all()) == list(draw.item_versions.all())
    assert batch.unit == bureau()


def test_listing_twice_lists_once(county: County) -> None:
    draw = drawn(county)
    services.dispatch.prepare_draw(actor=System(purpose="tests"), draw_id=draw.pk)
    assert (Dispatch.objects.count(), Task.objects.count()) == (1, 3)


def test_the_section_has_two_working_days_to_confirm(county: County) -> None:
    batch = sent(county)
    (term,) = Deadline.objects.all()
    assert (term.rule.code, term.due_on, term.owner_unit) == (
        "CONFIRM_DISPATCH",
        date(2026, 11, 25),
        batch.unit,
    )
    services.dispatch.confirm(actor=county.head, batch=batch)
    assert set(Task.objects.values_list("state", flat=True)) == {states.CONFIRMED}
    assert Deadline.objects.get(rule__code="CONFIRM_DISPATCH").met_on == date(2026, 11, 23)


def test_the_term_of_a_superiors_list_runs_from_the_superiors_dispatch(county: County) -> None:
    found = superior(county)
    batch = Dispatch.objects.get(campaign=found)
    assert Deadline.objects.get().due_on == date(2026, 11, 24)
    assert [[str(m) for m in task.team] for task in batch.tasks.all()] == [["执法1", "执法2"]] * 2
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    services.dispatch.confirm(actor=county.head, batch=now(batch))
    assert Deadline.objects.get(rule__code="CONFIRM_DISPATCH").state == "met"


def test_a_superiors_firm_left_out_by_decision_is_no_task(county: County) -> None:
    found = superior(county, left_out=1)
    assert [task.seq for task in Task.objects.filter(dispatch__campaign=found)] == [2]


def test_the_first_dispatch_moves_the_campaign_on(county: County) -> None:
    batch = sent(county)
    assert Campaign.objects.get(pk=batch.campaign_id).state == campaigns.DISPATCHED


def test_a_firm_without_a_whole_team_stays_behind(county: County) -> None:
    batch = batch_of(county)
    short = Task.objects.filter(dispatch=batch).first()
    assert short is not None
    short.members.filter(position=2).update(left_at=clock.now())
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    assert Task.objects.get(pk=short.pk).state == states.PREPARED
    assert Task.objects.filter(state=states.SENT).count() == 2


def test_nothing_is_handed_on_when_nobody_can_go_or_the_time_is_over(county: County) -> None:
    batch = batch_of(county)
    for task in Task.objects.filter(dispatch=batch):
        task.members.filter(position=2).update(left_at=clock.now())
    with refused("task.nobody_goes"):
        services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    county.clock.advance(days=40)
    with refused("task.time_is_over"):
        services.dispatch.dispatch(actor=county.coordinator, batch=batch)


def test_pressing_again_or_as_somebody_else_changes_nothing(county: County) -> None:
    batch = batch_of(county)
    with refused("lifecycle.role"):
        services.dispatch.dispatch(actor=county.head, batch=batch)
    with refused("lifecycle.not_here"):
        services.dispatch.confirm(actor=county.head, batch=batch)
    services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    with refused("lifecycle.not_here"):
        services.dispatch.dispatch(actor=county.coordinator, batch=batch)
    with refused("lifecycle.role"):
        services.dispatch.confirm(actor=county.coordinator, batch=batch)
    other = as_officer(make_officer(Role.SECTION_HEAD, unit=make_unit("别的股")))
    with pytest.raises(Dispatch.DoesNotExist):
        services.dispatch.confirm(actor=other, batch=batch)


def test_a_cancelled_campaign_takes_its_tasks_back(county: County) -> None:
    batch = batch_of(county)
    services.campaigns.cancel(actor=county.leader, campaign=batch.campaign, reason="计划有变")
    assert now(batch).state == states.CANCELLED
    assert set(Task.objects.values_list("state", flat=True)) == {states.CANCELLED}


def test_a_superiors_list_that_is_taken_back_has_no_term_any_more(county: County) -> None:
    found = superior(county)
    services.campaigns.cancel(actor=county.leader, campaign=found, reason="上级撤回")
    assert Deadline.objects.get().state == "cancelled"


def test_what_is_late_is_red_for_head_coordinator_and_overseer(county: County) -> None:
    batch = sent(county)
    county.clock.advance(days=3)
    deadlines.watch(actor=System(purpose="tests"))
    for who in (county.head, county.coordinator, county.overseer):
        steps = [step for step in next_steps.gather(who) if step.url == page_of(batch)]
        assert [step.tone for step in steps] == ["danger"]
    assert Deadline.objects.get().state == "overdue"


def test_the_pages_lead_from_the_draw_to_the_confirmed_tasks(county: County) -> None:
    batch = batch_of(county)
    clerk, head = Client(), Client()
    sign_in(clerk, User.objects.get(pk=county.coordinator.id))
    sign_in(head, User.objects.get(pk=county.head.id))
    page = reverse("planning:dispatches-detail", args=[batch.pk])
    assert "派发检查任务：工资支付随机抽查" in clerk.get("/").content.decode()
    assert "待派发" in clerk.get(page).content.decode()
    token = idempotency.token()
    for _press in range(2):
        clerk.post(f"{page}do/dispatch/", {"_once": token})
    assert now(batch).state == states.SENT
    shown = head.get(page).content.decode()
    assert f"{page}do/confirm/" in shown
    head.post(f"{page}do/confirm/", {"_once": idempotency.token()})
    assert now(batch).state == states.CONFIRMED
    assert clerk.post(f"{page}do/nothing/", {"_once": idempotency.token()}).status_code == 404
    first = Task.objects.filter(dispatch=batch).select_related("subject").first()
    assert first is not None
    firm = clerk.get(reverse("planning:tasks-detail", args=[first.pk])).content.decode()
    assert first.name in firm
    assert "主检" in firm
    timeline = clerk.get(reverse("registry:subject-timeline", args=[first.subject_id])).content.decode()
    assert "派发检查任务：工资支付随机抽查" in timeline


def test_the_page_of_a_batch_asks_the_same_number_of_questions_for_many_firms(county: County) -> None:
    few = batch_of(county)
    many = Dispatch.objects.get(draw=drawn(county, of=approved_campaign(county, items="另一批", total=6)))
    assert many.tasks.count() == 6
    client = Client()
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    client.get(reverse("planning:dispatches-detail", args=[few.pk]))
    counts = []
    for batch in (few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("planning:dispatches-detail", args=[batch.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
