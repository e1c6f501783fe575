"""国办发〔2024〕54号五: a visit outside the approved days is lawful once approved, asked with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.basics.models import Deadline, DeadlineMove
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.basics.providers import waiting_approvals
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import approve, return_, submit
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Entry, Inspection
from mingcha.inspection.testing import entered, goes
from mingcha.kernel.testing import refused
from mingcha.planning import services as planning
from mingcha.planning.models import Dispatch, Task, WindowExtension
from mingcha.planning.testing import County
from mingcha.web.forms import ONCE

REASON = "大雪封路，还有三户没有去；下周集中检查"


def batch_of(visit: Inspection) -> Dispatch:
    assert visit.task is not None
    return visit.task.dispatch


def asked(county: County, visit: Inspection, until: date) -> WindowExtension:
    return planning.dispatch.ask_extension(
        actor=county.head, batch=batch_of(visit), until=until, reason=REASON
    )


def approval_of(extension: WindowExtension) -> int:
    found = approvals.of_thing("visit-window", Thing.of(extension))
    assert found is not None
    return found.pk


def _sent(**values: str) -> dict[str, str]:
    return {ONCE: uuid4().hex, **values}


def later(visit: Inspection, days: int = 9) -> date:
    return visit.visit_until + timedelta(days=days)


def test_what_is_late_is_visited_after_the_leader_has_agreed(here: County, visit: Inspection) -> None:
    actor = goes(visit)
    goes(visit, 1)
    here.clock.advance(days=(visit.visit_until - clock.today()).days + 2)
    late = {"via": Entry.Via.FAILURE, "reason": "断网", "people": [one.pk for one in visit.team]}
    with refused("inspection.in_time"):
        services.enter(actor=actor, inspection=visit, **late)

    extension = asked(here, visit, later(visit))
    with refused("inspection.in_time"):
        services.enter(actor=actor, inspection=visit, **late)
    approve(actor=here.leader, approval_id=approval_of(extension), opinion="同意")

    last = later(visit)
    assert Dispatch.objects.get(pk=batch_of(visit).pk).visit_until == last
    assert set(Task.objects.values_list("visit_until", flat=True)) == {last}
    assert set(Inspection.objects.values_list("visit_until", flat=True)) == {last}
    term = Deadline.objects.get(rule__code="VISIT_WINDOW")
    assert (term.due_on, term.state) == (last, DeadlineState.RUNNING)
    assert DeadlineMove.objects.get(deadline=term).why == REASON
    services.enter(actor=actor, inspection=visit, **late)
    assert Inspection.objects.get(pk=visit.pk).state == states.ON_SITE


def test_a_visit_that_is_under_way_keeps_its_days(here: County, visit: Inspection) -> None:
    entered(here, visit)
    extension = asked(here, visit, later(visit))
    approve(actor=here.leader, approval_id=approval_of(extension), opinion="同意")

    assert Inspection.objects.get(pk=visit.pk).visit_until == visit.visit_until


def test_what_the_leader_gives_back_leaves_the_days_alone(here: County, visit: Inspection) -> None:
    extension = asked(here, visit, later(visit))
    return_(actor=here.leader, approval_id=approval_of(extension), reason="人手够，按期完成")

    extension.refresh_from_db()
    assert (extension.state, extension.decision) == ("rejected", "人手够，按期完成")
    assert Inspection.objects.get(pk=visit.pk).visit_until == visit.visit_until
    asked(here, visit, later(visit, 3))


def test_what_was_refused_is_not_handed_in_again_and_leaves_the_home_page(
    here: County, visit: Inspection
) -> None:
    approval = approval_of(asked(here, visit, later(visit)))
    return_(actor=here.leader, approval_id=approval, reason="人手够，按期完成")

    with refused("approval.elsewhere"):
        submit(actor=here.head, approval_id=approval)
    titles = [step.title for step in waiting_approvals(here.head)]
    assert [title for title in titles if "没有同意" in title] and not [t for t in titles if "被退回" in t]
    here.clock.advance(days=8)
    assert not [step for step in waiting_approvals(here.head) if "没有同意" in step.title]


def test_a_longer_period_is_asked_once_with_a_reason_by_who_answers(here: County, visit: Inspection) -> None:
    batch = batch_of(visit)
    with refused("basics.role"):
        planning.dispatch.ask_extension(
            actor=here.coordinator, batch=batch, until=later(visit), reason=REASON
        )
    for until, code in (
        (visit.visit_until, "extension.not_later"),
        (date(2027, 1, 5), "extension.another_year"),
    ):
        with refused(code):
            asked(here, visit, until)
    with refused("basics.reason"):
        planning.dispatch.ask_extension(actor=here.head, batch=batch, until=later(visit), reason=" ")

    asked(here, visit, later(visit))
    with refused("extension.asked"):
        asked(here, visit, later(visit, 3))


def test_the_head_asks_on_the_page_of_the_batch_and_everybody_reads_it_there(
    here: County, visit: Inspection, client: Client
) -> None:
    sign_in(client, User.objects.get(pk=here.head.id))
    page = f"/planning/dispatches/{batch_of(visit).pk}/"
    assert "申请延长检查期限" in client.get(page).content.decode()

    asked_for = client.post(f"{page}extend/", _sent(until=later(visit).isoformat(), reason=REASON))

    assert asked_for.status_code == 302
    assert REASON in client.get(page).content.decode()
    sign_in(client, User.objects.get(pk=here.leader.id))
    extension = WindowExtension.objects.get()
    shown = client.get(reverse("basics:approvals-detail", args=[approval_of(extension)])).content.decode()
    assert REASON in shown and "还没有去的户" in shown
