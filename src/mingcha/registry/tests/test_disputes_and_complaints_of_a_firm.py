"""Labour disputes and complaints of twelve months: entered, listed, shown with day and source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.registry.models import CaseCount, Subject
from mingcha.registry.selectors import Cases, recent_cases
from mingcha.registry.services import add_part, enter_subject
from mingcha.registry.tests.test_entering_a_subject import values

DAY = date(2026, 10, 31)


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=values())


def cases(**changes: Any) -> dict[str, Any]:
    return {"counted_on": DAY, "disputes": 2, "complaints": 0, "source": "仲裁院台账"} | changes


def test_the_file_and_the_timeline_say_how_many_of_which_months_and_by_whom(
    client: Client, bureau: Unit, coordinator: Officer, subject: Subject
) -> None:
    add_part(actor=coordinator, part="cases", subject=subject, values=cases())
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    for name in ("registry:subject-file", "registry:subject-timeline"):
        shown = client.get(reverse(name, args=[subject.pk])).content.decode()
        assert "劳动争议 2 件，投诉举报 0 件" in shown
        assert "仲裁院台账" in shown
    file = client.get(reverse("registry:subject-file", args=[subject.pk])).content.decode()
    assert "截至 2026-10-31 的前 12 个月" in file


def test_the_form_asks_for_one_of_the_two(client: Client, bureau: Unit, subject: Subject) -> None:
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))
    address = reverse("registry:part-add", args=[subject.pk, "cases"])
    assert "前 12 个月" in client.get(address).content.decode()
    answer = client.post(address, {"counted_on": "2026-10-31", "source": "台账"})
    assert "至少填一项" in answer.content.decode()
    assert not CaseCount.objects.exists()


def test_each_number_is_the_newest_that_is_known(coordinator: Officer, subject: Subject) -> None:
    earlier, old = date(2026, 6, 30), date(2025, 6, 30)
    for given in (
        cases(),
        cases(counted_on=earlier, disputes=5, complaints=7),
        cases(complaints=None, disputes=3, source="法院"),
    ):
        add_part(actor=coordinator, part="cases", subject=subject, values=given)
    assert recent_cases(date(2026, 11, 23)) == {subject.pk: Cases(3, 0)}
    assert recent_cases(earlier) == {subject.pk: Cases(5, 7)}
    assert recent_cases(old) == {}
    assert recent_cases(date(2027, 12, 31)) == {}
