"""A visit that is entered or listed can name the plan's task, which then counts its firm, and once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import clock, idempotency
from mingcha.base.jobs.testing import run_waiting
from mingcha.kernel.testing import refused
from mingcha.planning.models import AnnualPlan, Draw, PlanLine
from mingcha.planning.plans.progress import Progress, progress_of
from mingcha.planning.plans.testing import YEAR, add_line, an_item, approved_plan, freeze, make_plan
from mingcha.planning.services import plans
from mingcha.planning.testing import County, drawn
from mingcha.registry.importing import services as lists
from mingcha.registry.models import ImportBatch, StagedProblem, Subject, Visit
from mingcha.registry.services import change_visit, merge_subjects, record_visit

pytestmark = pytest.mark.django_db
WAGES, INSURANCE, ABOVE = f"{YEAR}-RS-01", f"{YEAR}-RS-02", "石人社-07"


@pytest.fixture
def plan(county: County) -> AnnualPlan:
    """A published plan of three tasks, the last one a superior's; today is the end of June."""
    plan = make_plan(county)
    add_line(county, plan, an_item(), rate_bp=10_000)
    add_line(county, plan, an_item(), name="参保抽查")
    add_line(county, plan, an_item(), name="上级任务", source="superior", superior_number=ABOVE)
    found = approved_plan(county, freeze(county, plan))
    moment = datetime(YEAR, 6, 30, 9, 0, tzinfo=clock.SHANGHAI)
    county.clock.advance(minutes=int((moment - clock.now()) / timedelta(minutes=1)))
    return found


def values(subject: Subject, day: date, task: str = "", **others: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "visited_on": day,
        "kind": "routine",
        "manner": "on_site",
        "unit_name": "劳动监察股",
        "own_bureau": True,
        "items": f"{day}",
        "exempt_reason": "",
        "plan_task": task,
    } | others


def enter(county: County, subject: Subject, day: date, task: str = "", **others: Any) -> Visit:
    return record_visit(actor=county.coordinator, values=values(subject, day, task, **others))


def of(plan: AnnualPlan) -> Progress:
    found = progress_of(plan)
    assert found is not None
    return found


def done(plan: AnnualPlan) -> dict[str, int]:
    """Task → firms checked for it."""
    return {row.line.code: row.done for row in of(plan).lines}


def test_the_task_counts_its_firms_each_once(county: County, plan: AnnualPlan) -> None:
    first, second, third, *_rest = county.subjects
    enter(county, first, date(YEAR, 3, 2), WAGES)
    enter(county, first, date(YEAR, 4, 2), WAGES)
    enter(county, second, date(YEAR, 4, 2), WAGES, manner="off_site")
    enter(county, third, date(YEAR, 4, 2))
    assert done(plan) == {WAGES: 2, INSURANCE: 0, ABOVE: 0}
    assert of(plan).counted == 3


def test_what_is_checked_for_a_superiors_task_stands_under_the_superior(
    county: County, plan: AnnualPlan
) -> None:
    first, second, *_rest = county.subjects
    enter(county, first, date(YEAR, 3, 2), ABOVE)
    enter(county, second, date(YEAR, 3, 2))
    found = of(plan)
    assert (found.superior, found.own) == (1, 1)
    assert done(plan)[ABOVE] == 1


def test_a_firm_drawn_for_one_task_and_checked_for_another_counts_where_it_was_checked(
    county: County,
) -> None:
    year = 2026
    plan = make_plan(county, year=year, base_day=date(year, 1, 1))
    days = {"first_day": date(year, 11, 24), "last_day": date(year, 12, 31)}
    first = add_line(county, plan, an_item(), rate_bp=10_000, **days)
    second = add_line(county, plan, an_item(), name="参保抽查", **days)
    plan = approved_plan(county, freeze(county, plan))
    draw = drawn(county)
    Draw.objects.filter(pk=draw.pk).update(plan_line=first)
    chosen = [target.subject for target in draw.targets.filter(kind="S")]
    county.clock.advance(minutes=60 * 24 * 3)
    enter(county, chosen[0], clock.today(), second.code)
    enter(county, chosen[1], clock.today())
    enter(county, chosen[1], clock.today(), first.code, items="又一次")
    assert done(plan) == {first.code: 1, second.code: 1}


def test_two_entries_of_one_firm_count_once(county: County, plan: AnnualPlan) -> None:
    """The same visit may stand with both entries of a merged firm."""
    first, second, *_rest = county.subjects
    for subject in (first, second):
        enter(county, subject, date(YEAR, 3, 2), WAGES)
    assert (done(plan)[WAGES], of(plan).counted) == (2, 2)
    merge_subjects(actor=county.coordinator, kept=first, gone=second, take=(), reason="同一户")
    assert Visit.objects.filter(subject=second).exists()
    assert (done(plan)[WAGES], of(plan).counted) == (1, 1)


def test_a_task_of_another_year_or_of_no_public_plan_is_refused(county: County, plan: AnnualPlan) -> None:
    first, *_rest = county.subjects
    with refused("visit.plan_task"):
        enter(county, first, date(YEAR - 1, 12, 30), WAGES)
    with refused("visit.plan_task"):
        enter(county, first, date(YEAR, 3, 2), f"{YEAR}-RS-09")
    assert not Visit.objects.exists()


def test_what_was_entered_stays_when_the_plan_is_gone(county: County, plan: AnnualPlan) -> None:
    visit = enter(county, county.subjects[0], date(YEAR, 3, 2), WAGES)
    PlanLine.objects.filter(plan=plan, number=1).update(number=77)
    changed = change_visit(actor=county.coordinator, visit=visit, values={"outcome": "未发现问题"})
    assert changed.plan_task == WAGES


def test_the_form_offers_the_public_tasks_by_year(county: County, plan: AnnualPlan) -> None:
    draft = plans.new_version(actor=county.coordinator, plan=plan, reason="增加任务")
    add_line(county, draft, an_item(), name="还没有公布的任务")
    clerk = User.objects.get(pk=county.coordinator.id)
    User.objects.filter(pk=clerk.pk).update(password_changed_at=clock.now())
    client = sign_in(Client(), clerk)
    address = reverse("registry:visits-create")
    shown = client.get(address).content.decode()
    assert f"{WAGES} 工资支付抽查" in shown
    assert "还没有公布的任务" not in shown
    subject = county.subjects[0]
    given = values(subject, date(YEAR, 3, 2), INSURANCE) | {"subject": subject.credit_code}
    client.post(address, {**given, "_once": idempotency.token()})
    visit = Visit.objects.get()
    assert visit.plan_task == INSURANCE
    assert INSURANCE in client.get(reverse("registry:visits-detail", args=[visit.pk])).content.decode()


def test_a_list_names_tasks_by_number_or_name(
    county: County, plan: AnnualPlan, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    codes = [subject.credit_code for subject in county.subjects]
    rows = (
        "统一社会信用代码,检查日期,检查部门,计划任务",
        f"{codes[0]},{YEAR}-03-02,劳动监察股,{WAGES}",
        f"{codes[1]},{YEAR}-03-02,劳动监察股,参保抽查",
        f"{codes[2]},{YEAR}-03-02,劳动监察股,别的任务",
        f"{codes[3]},{YEAR}-03-02,劳动监察股,",
    )
    batch = lists.receive(
        actor=county.coordinator,
        register="visits",
        source_name="省平台",
        file=ContentFile("\n".join(rows).encode(), name="检查.csv"),
        options={},
    )
    run_waiting()
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (batch.created, batch.refused) == (4, 0)
    assert "没有这项任务" in StagedProblem.objects.get(severity="warning").reason
    lists.confirm(actor=county.coordinator, batch_id=batch.pk, seen=lists.expectation(batch))
    run_waiting()
    named = dict(Visit.objects.values_list("subject__credit_code", "plan_task"))
    assert [named[code] for code in codes[:4]] == [WAGES, INSURANCE, "", ""]
    assert done(plan) == {WAGES: 1, INSURANCE: 1, ABOVE: 0}
