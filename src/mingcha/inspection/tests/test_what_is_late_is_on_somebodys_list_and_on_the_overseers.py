"""N9, 本局方案三（二）: the period of visits, record, review and publication are watched to the end."""

from __future__ import annotations

from collections.abc import Sequence

from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.viewers import Officer, System
from mingcha.basics.models import Deadline
from mingcha.basics.models.deadlines import DeadlineState
from mingcha.basics.selectors import parameters
from mingcha.basics.services import deadlines
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import Inspection
from mingcha.inspection.testing import entered, goes, left, ready, single
from mingcha.planning.testing import County
from mingcha.web.providers import next_steps

_PLATFORM = System(purpose="tests")


def steps(officer: Officer) -> list[str]:
    return [str(step.title) for step in next_steps.gather(officer)]


def window() -> Deadline:
    return Deadline.objects.get(rule__code="VISIT_WINDOW")


def addresses(officer: Officer, title: str) -> Sequence[str]:
    return [step.url for step in next_steps.gather(officer) if str(step.title) == title]


def test_a_batch_has_one_term_that_ends_with_its_last_visit(county: County) -> None:
    ready(county)
    assert (window().due_on, window().state) == (
        Inspection.objects.values_list("visit_until", flat=True).first(),
        DeadlineState.RUNNING,
    )
    first, second, last = Inspection.objects.order_by("pk")
    left(county, first)
    left(county, second)
    assert window().state == DeadlineState.RUNNING
    left(county, last)
    assert window().state == DeadlineState.MET


def test_a_record_that_is_late_is_seen_by_who_writes_it_who_answers_and_who_watches(county: County) -> None:
    inspection = left(county)
    person = goes(inspection)
    assert not [title for title in steps(person) if "逾期" in title]

    county.clock.advance(days=2)
    assert "1 件检查记录即将到期" in steps(person)
    county.clock.advance(days=2)
    late = "1 件检查记录逾期未提交"
    for officer in (person, county.head, county.coordinator, county.overseer):
        assert late in steps(officer)
    assert late not in steps(county.leader)
    client = Client()
    sign_in(client, User.objects.get(pk=county.head.id))
    (address,) = addresses(county.head, late)
    page = client.get(address).content.decode()
    assert inspection.name in page and Inspection.objects.exclude(pk=inspection.pk)[0].name not in page

    county.clock.advance(days=12)
    deadlines.watch(actor=_PLATFORM)
    assert late in steps(county.leader)


def test_a_firm_that_nobody_went_to_in_time_is_counted(county: County) -> None:
    ready(county)
    county.clock.advance(days=30)
    deadlines.watch(actor=_PLATFORM)

    for officer in (county.head, county.coordinator, county.overseer):
        assert "3 户超过检查期间还没有检查" in steps(officer)
    assert window().state == DeadlineState.OVERDUE
    Inspection.objects.update(state=states.CANCELLED)
    assert "3 户超过检查期间还没有检查" not in steps(county.head)


def _unvisited(officer: Officer) -> list[str]:
    return [title for title in steps(officer) if "还没有检查" in title]


def test_the_leader_hears_of_firms_that_nobody_went_to_for_long(county: County) -> None:
    ready(county)
    last = max(Inspection.objects.values_list("visit_until", flat=True))
    wait = parameters.value(deadlines.ESCALATION).as_int()
    county.clock.advance(days=(last - county.clock.now().date()).days + wait)
    assert not _unvisited(county.leader)

    county.clock.advance(days=1)

    assert _unvisited(county.leader) == ["3 户超过检查期间还没有检查"]
    assert len(addresses(county.leader, "3 户超过检查期间还没有检查")) == 1


def test_before_the_last_day_of_a_single_inspection_its_section_is_warned(county: County) -> None:
    soon = "1 户单户检查即将到检查结束日期"
    made = single(county)
    assert soon not in steps(county.head)

    county.clock.advance(days=(made.visit_until - county.clock.now().date()).days - 1)

    assert soon in steps(county.head)
    client = Client()
    sign_in(client, User.objects.get(pk=county.head.id))
    (address,) = addresses(county.head, soon)
    assert made.name in client.get(address).content.decode()
    entered(county, made)
    assert soon not in steps(county.head)
