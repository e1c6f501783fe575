"""The caps, visits and work days of everybody at once are those of each one (N6, S2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.accounts.models import Unit
from mingcha.base.viewers import Officer, System
from mingcha.basics.services.parameters import set_value
from mingcha.kernel import credit_code
from mingcha.registry.models import Grading, Inspector, Leave, Subject, Violation, Visit
from mingcha.registry.selectors import at_cap, cap_of, seen_in_year, with_records, work_days_of
from mingcha.registry.services import enter_inspector, enter_subject, record_visit
from mingcha.registry.tests.test_entering_a_subject import values

TODAY = date(2026, 11, 23)
PLATFORM = System(purpose="tests")


@pytest.fixture
def subjects(coordinator: Officer) -> list[Subject]:
    """Clean, punished last year, of grade C; and one that nobody visited."""
    made = [
        enter_subject(
            actor=coordinator,
            values=values(name=f"示范{n}有限公司", credit_code=credit_code.synthetic(n)),
        )
        for n in range(1, 5)
    ]
    Violation.objects.create(
        subject=made[1], decided_on=date(2025, 5, 1), handling=Violation.Handling.PENALTY, what="拖欠工资"
    )
    Subject.objects.filter(pk=made[2].pk).update(grade_hrss=Grading.GRADES[Grading.System.HRSS][-1])
    return [Subject.objects.get(pk=subject.pk) for subject in made]


def visit(actor: Officer, subject: Subject, day: int, **changes: Any) -> Visit:
    return record_visit(
        actor=actor,
        values={
            "subject": subject,
            "visited_on": date(2026, 3, day),
            "kind": "routine",
            "manner": "on_site",
            "unit_name": "劳动监察股",
            "own_bureau": True,
            "together": "",
            "items": "工资支付",
            "exempt_reason": "",
        }
        | changes,
    )


def test_everybody_at_the_cap_is_everybody_whose_cap_is_reached(
    coordinator: Officer, subjects: list[Subject]
) -> None:
    for day in range(1, 6):
        for subject in subjects[:3]:
            visit(coordinator, subject, day)
        for on in (TODAY, date(2027, 1, 1)):
            alone = {subject.pk for subject in subjects if cap_of(subject, on).reached}
            assert at_cap(on) == alone
    assert at_cap(TODAY) == {subject.pk for subject in subjects[:3]}


def test_with_a_cap_of_nothing_nobody_may_be_visited(coordinator: Officer, subjects: list[Subject]) -> None:
    set_value(
        actor=PLATFORM,
        code="CAP_CLEAN",
        value=0,
        effective_from=TODAY,
        source="测试",
        confirmed=True,
    )
    clean = {subject.pk for subject in (subjects[0], subjects[3])}
    assert at_cap(TODAY) == clean == {s.pk for s in subjects if cap_of(s, TODAY).reached}


def test_seen_is_who_was_inspected_by_the_bureau_on_site_or_off_site(
    coordinator: Officer, subjects: list[Subject]
) -> None:
    visit(coordinator, subjects[0], 2)
    visit(coordinator, subjects[1], 2, manner="off_site")
    visit(coordinator, subjects[2], 2, kind="other")
    visit(coordinator, subjects[3], 2, own_bureau=False)
    assert seen_in_year(2026) == {subjects[0].pk, subjects[1].pk}
    assert seen_in_year(2025) == set()


def test_a_withdrawn_violation_is_no_record(coordinator: Officer, subjects: list[Subject]) -> None:
    assert with_records() == {subjects[1].pk}
    Violation.objects.update(withdrawn_on=TODAY)
    assert with_records() == set()


def inspector(actor: Officer, unit: Unit, name: str, **changes: Any) -> Inspector:
    return enter_inspector(
        actor=actor,
        values={
            "name": name,
            "unit": unit,
            "certificate_number": f"1301-{name}",
            "authority": "示范县人民政府",
            "valid_from": date(2024, 1, 1),
            "valid_until": date(2029, 12, 31),
            "specialties": [],
            "status": "active",
            "user": None,
        }
        | changes,
    )


def test_days_count_while_the_certificate_holds_and_nobody_is_away(
    coordinator: Officer, bureau: Unit
) -> None:
    always = inspector(coordinator, bureau, "丙")
    ends = inspector(coordinator, bureau, "乙", valid_until=date(2026, 2, 10))
    away = inspector(coordinator, bureau, "甲")
    inspector(coordinator, bureau, "丁", status="suspended")
    inspector(
        coordinator, bureau, "戊", kind="helper", certificate_number="", valid_from=None, valid_until=None
    )
    Leave.objects.create(inspector=away, first_day=date(2026, 1, 1), last_day=date(2026, 1, 31))

    found = work_days_of(PLATFORM, date(2026, 1, 1), date(2026, 2, 28), lambda day: day.weekday() < 5)

    assert {person.pk: dict(days) for person, days in found} == {
        always.pk: {1: 22, 2: 20},
        ends.pk: {1: 22, 2: 7},
        away.pk: {2: 20},
    }
