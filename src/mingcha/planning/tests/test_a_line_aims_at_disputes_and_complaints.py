"""A line of the plan can aim at firms with many labour disputes or complaints (plan 二（三）1, 二（四）)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.planning.models import LineStratum, PlanLine
from mingcha.planning.plans import publishing
from mingcha.planning.plans.forms import LineForm
from mingcha.planning.plans.scope import digest_of
from mingcha.planning.plans.testing import (
    add_line,
    an_item,
    approved_plan,
    freeze,
    make_enterprises,
    make_plan,
)
from mingcha.planning.selectors import preview_of
from mingcha.planning.services import campaigns
from mingcha.planning.testing import County, approved, draft
from mingcha.registry.models import CaseCount, Subject

pytestmark = pytest.mark.django_db
#: The county's clock stands in November 2026.
DAY = date(2026, 10, 31)
YEAR = 2026


def cases(subject: Subject, day: date = DAY, **numbers: int | None) -> CaseCount:
    return CaseCount.objects.create(subject=subject, counted_on=day, **{"source": "监察台账", **numbers})


def counted(county: County, **values: Any) -> tuple[int, int]:
    """(firms in the line's scope, firms left out because nobody knows their cases)"""
    plan = make_plan(county)
    made = add_line(county, plan, an_item(), **values)
    freeze(county, plan)
    strata = LineStratum.objects.filter(line=made).values_list("population", flat=True)
    return sum(strata), PlanLine.objects.get(pk=made.pk).without_cases


def test_complaints_are_counted_and_the_unknown_is_said(county: County) -> None:
    first, second, third, *_rest = county.subjects
    cases(first, complaints=3)
    cases(second, complaints=2)
    cases(third, complaints=0)
    assert counted(county, complaints_from=3) == (1, 7)


def test_disputes_are_held_against_the_workers(county: County) -> None:
    """Two cases: one in a hundred of 200 workers, less than one of 201; without workers nobody can tell."""
    for number, workers in enumerate((200, 201, None, 0)):
        (firm,) = make_enterprises(1, start=2001 + number, workers=workers)
        cases(firm, disputes=2)
    (peaceful,) = make_enterprises(1, start=2009, workers=None)
    cases(peaceful, disputes=0)
    assert counted(county, disputes_from=100) == (1, 12)


def test_both_conditions_must_hold(county: County) -> None:
    first, second, third, *_rest = county.subjects
    Subject.objects.update(workers=100)
    cases(first, disputes=1, complaints=5)
    cases(second, disputes=1, complaints=4)
    cases(third, disputes=1)
    assert counted(county, disputes_from=100, complaints_from=5) == (1, 8)


def test_who_does_not_fit_otherwise_is_not_counted_as_unknown(county: County) -> None:
    make_enterprises(4, start=2001, town="乙镇")
    assert counted(county, complaints_from=1, towns="乙镇") == (0, 4)


def test_the_newest_count_speaks_and_an_old_one_is_silent(county: County) -> None:
    first, second, third, fourth, *_rest = county.subjects
    cases(first, date(2026, 3, 31), complaints=9)
    cases(first, complaints=1)
    cases(second, date(2026, 3, 31), complaints=9)
    cases(second, disputes=1)
    cases(third, date(2025, 6, 30), complaints=9)
    withdrawn = cases(fourth, complaints=9)
    withdrawn.withdrawn_on = DAY
    withdrawn.save()
    assert counted(county, complaints_from=5) == (1, 8)


def test_freezing_asks_no_question_a_firm(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item(), complaints_from=1)
    with CaptureQueriesContext(connection) as few:
        freeze(county, plan)
    for firm in make_enterprises(40, start=2001):
        cases(firm, complaints=1)
    with CaptureQueriesContext(connection) as many:
        freeze(county, plan)
    # One stratum more is kept, which no firm was in before.
    assert len(many) <= len(few) + 6


def test_the_draw_takes_the_same_firms(county: County) -> None:
    first, second, *_rest = county.subjects
    cases(first, complaints=4)
    cases(second, complaints=1)
    plan = make_plan(county, year=YEAR, base_day=date(YEAR, 1, 1))
    days = {"first_day": date(YEAR, 11, 24), "last_day": date(YEAR, 12, 31)}
    add_line(county, plan, an_item(), **days)
    aimed = add_line(county, plan, an_item(code="T2"), complaints_from=4, **days)
    approved_plan(county, freeze(county, plan))
    line = PlanLine.objects.get(pk=aimed.pk)
    campaign = approved(county, campaigns.draft_from_plan(actor=county.coordinator, lines=[line]))
    entries = preview_of(draft(county, of=campaign)).entries
    assert [entry.subject_id for entry in entries] == [first.pk]


def test_the_page_and_the_public_say_what_is_asked_and_who_is_unknown(county: County) -> None:
    cases(county.subjects[0], disputes=1, complaints=4)
    plan = make_plan(county)
    aimed = add_line(county, plan, an_item(), complaints_from=4, disputes_from=50)
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    address = reverse("planning:plan-line", args=[aimed.pk])
    assert "没有近 12 个月的劳动争议" not in client.get(address).content.decode()
    freeze(county, plan)
    shown = client.get(address).content.decode()
    assert "另有 10 户符合其他条件" in shown
    said = publishing.subjects_text(aimed)
    assert "近12个月每百名职工劳动争议 0.5 件以上" in said
    assert "近12个月投诉举报 4 件以上" in said


def test_the_form_gives_and_takes_cases_a_hundred_workers(county: County) -> None:
    plan = make_plan(county)
    aimed = add_line(county, plan, an_item(), disputes_from=125)
    assert str(LineForm.initial_of(aimed)["disputes"]) == "1.25"
    form = LineForm({"disputes": "0.5", "kinds": "enterprise"}, plan=plan)
    assert not form.is_valid()
    assert form.cleaned_data["disputes_from"] == 50


def test_the_scope_of_other_lines_is_told_as_before(county: County) -> None:
    """Digests of lines that ask for no cases do not change: what was frozen before stays frozen."""
    plan = make_plan(county)
    plain = add_line(county, plan, an_item())
    before = digest_of(plain)
    plain.disputes_from = 100
    assert digest_of(plain) != before
    plain.disputes_from, plain.complaints_from = None, None
    assert digest_of(plain) == before
