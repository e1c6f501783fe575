"""Visits of the year count once for everybody who came together, against a cap with its source (N6, E6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit, User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.services.parameters import set_value
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.registry.forms import VisitForm
from mingcha.registry.models import Subject, Violation
from mingcha.registry.selectors import cap_of, visits_in_year, visits_of
from mingcha.registry.services import change_visit, enter_subject, record_visit
from mingcha.registry.tests import test_entering_a_subject

DAY = date(2026, 5, 6)
CONTACTS = (
    {},
    {"kind": "other"},
    {"kind": "case", "exempt_reason": "投诉举报"},
    {"manner": "off_site"},
)


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=test_entering_a_subject.values())


def given(subject: Subject, **changes: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "visited_on": DAY,
        "kind": "routine",
        "manner": "on_site",
        "unit_name": "劳动监察股",
        "own_bureau": True,
        "together": "",
        "items": "工资支付",
        "exempt_reason": "",
    } | changes


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"kind": "special"}, True),
        ({"kind": "case", "exempt_reason": "投诉举报"}, False),
        ({"kind": "special", "exempt_reason": "上级交办转办"}, False),
        ({"kind": "special", "exempt_reason": "上级部署的专项检查"}, False),
        ({"kind": "other"}, False),
        ({"manner": "off_site"}, False),
        ({"own_bureau": False}, False),
    ],
)
def test_what_the_cap_counts(
    coordinator: Officer, subject: Subject, changes: dict[str, Any], counts: bool
) -> None:
    record_visit(actor=coordinator, values=given(subject, **changes))
    assert visits_of(subject, 2026) == int(counts)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "case"}, "visit.case_reason"),
        ({"kind": "case", "exempt_reason": "顺路看看"}, "visit.reason_unknown"),
        ({"kind": "special", "exempt_reason": "顺路看看"}, "visit.reason_unknown"),
        ({"kind": "case", "exempt_reason": "上级部署的专项检查"}, "visit.reason_unknown"),
        ({"exempt_reason": "企业申请"}, "visit.routine_counts"),
    ],
)
def test_nothing_goes_beyond_the_cap_without_a_reason_of_the_list(
    coordinator: Officer, subject: Subject, changes: dict[str, Any], code: str
) -> None:
    with refused(code):
        record_visit(actor=coordinator, values=given(subject, **changes))


def test_a_reason_that_left_the_list_keeps_holding_for_what_it_exempted(
    coordinator: Officer, subject: Subject
) -> None:
    exempt = given(subject, kind="case", exempt_reason="媒体曝光")
    visit = record_visit(actor=coordinator, values=exempt)
    set_value(
        actor=coordinator,
        code="EXEMPT_REASONS",
        value="投诉举报",
        effective_from=date(2026, 11, 23),
        source="局务会纪要",
    )
    with refused("visit.reason_unknown"):
        record_visit(actor=coordinator, values=exempt | {"items": "另一次"})
    changed = change_visit(actor=coordinator, visit=visit, values=exempt | {"outcome": "未发现问题"})
    assert not changed.counts


def test_sections_that_came_together_count_once(coordinator: Officer, subject: Subject) -> None:
    for unit in ("劳动监察股", "社会保险股"):
        record_visit(actor=coordinator, values=given(subject, unit_name=unit, together="LH-7"))
    record_visit(actor=coordinator, values=given(subject, visited_on=date(2026, 6, 1)))
    record_visit(actor=coordinator, values=given(subject, visited_on=date(2026, 7, 1)))
    assert visits_of(subject, 2026) == 3


def test_each_year_counts_for_itself_and_each_subject(coordinator: Officer, subject: Subject) -> None:
    from mingcha.kernel import credit_code

    other = test_entering_a_subject.values(name="另一家", credit_code=credit_code.synthetic(99))
    second = enter_subject(actor=coordinator, values=other)
    record_visit(actor=coordinator, values=given(subject, visited_on=date(2025, 12, 31)))
    record_visit(actor=coordinator, values=given(subject, visited_on=date(2026, 1, 1)))
    record_visit(actor=coordinator, values=given(second))
    assert visits_in_year(2026) == {subject.pk: 1, second.pk: 1}
    assert visits_in_year(2026, [second.pk]) == {second.pk: 1}


def test_a_correction_counts_anew(coordinator: Officer, subject: Subject) -> None:
    visit = record_visit(actor=coordinator, values=given(subject))
    change_visit(actor=coordinator, visit=visit, values=given(subject, kind="case", exempt_reason="投诉举报"))
    assert visits_of(subject, 2026) == 0


def test_the_same_visit_is_recorded_once_and_none_that_is_to_come(
    coordinator: Officer, subject: Subject
) -> None:
    record_visit(actor=coordinator, values=given(subject))
    with refused("visit.twice"):
        record_visit(actor=coordinator, values=given(subject))
    with refused("visit.in_future"):
        record_visit(actor=coordinator, values=given(subject, visited_on=date(2026, 11, 24)))


def test_the_cap_follows_record_and_grade_and_names_its_source(
    coordinator: Officer, subject: Subject
) -> None:
    record_visit(actor=coordinator, values=given(subject))
    clean = cap_of(subject, DAY)
    assert (clean.value.code, clean.most, clean.reached) == ("CAP_CLEAN", 1, True)
    assert clean.value.source
    assert not clean.value.confirmed
    Violation.objects.create(
        subject=subject, decided_on=date(2025, 3, 1), handling=Violation.Handling.PENALTY, what="拖欠工资"
    )
    assert (cap_of(subject, DAY).value.code, cap_of(subject, DAY).reached) == ("CAP_DEFAULT", False)
    subject.grade_hrss = "C"
    assert cap_of(subject, DAY).value.code == "CAP_C"


def test_the_form_offers_the_reasons_of_the_parameter(bureau: Unit) -> None:
    choices = dict(VisitForm().fields["exempt_reason"].choices)
    assert "企业申请" in choices
    assert "" in choices


def test_an_inspector_records_no_visit_by_hand(bureau: Unit, subject: Subject) -> None:
    inspector = as_officer(make_officer(Role.INSPECTOR, unit=bureau))
    with pytest.raises(Refused):
        record_visit(actor=inspector, values=given(subject))


def test_all_entries_are_told_beside_those_that_the_cap_counts(
    coordinator: Officer, subject: Subject, client: Client
) -> None:
    """54号: what is no inspection in name (调研、督导) is an entry of the firm all the same."""
    for number, changes in enumerate(CONTACTS):
        record_visit(actor=coordinator, values=given(subject, items=str(number), **changes))
    for unit in ("劳动监察股", "社保股"):
        record_visit(
            actor=coordinator,
            values=given(subject, unit_name=unit, together="联合1", visited_on=date(2026, 6, 1)),
        )
    cap = cap_of(subject, DAY)
    assert (cap.visits, cap.entries) == (2, 4)
    page = sign_in(client, User.objects.get(pk=coordinator.id)).get(
        reverse("registry:subjects-detail", args=[subject.pk])
    )
    assert "入企总次数 4 次" in page.content.decode()
