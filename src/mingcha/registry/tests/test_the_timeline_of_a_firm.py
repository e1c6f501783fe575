"""One page tells a firm's whole story, and says first who, where, state, grades, visits and cap."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.kernel import credit_code
from mingcha.registry.models import Subject, Visit
from mingcha.registry.selectors.places import place_of
from mingcha.registry.services import add_part, change_subject, enter_subject, merge_subjects
from mingcha.registry.tests.test_entering_a_subject import values
from mingcha.registry.tests.test_what_belongs_to_a_subject import count, grade


@pytest.fixture
def subject(coordinator: Officer) -> Subject:
    return enter_subject(actor=coordinator, values=values())


@pytest.fixture
def page(bureau: Unit, subject: Subject, client: Client) -> str:
    sign_in(client, make_officer(Role.OVERSEER, unit=bureau))
    return reverse("registry:subject-timeline", args=[subject.pk])


def test_it_gathers_from_everywhere_latest_first(
    coordinator: Officer, subject: Subject, page: str, client: Client
) -> None:
    add_part(actor=coordinator, part="headcounts", subject=subject, values=count(date(2025, 1, 5), workers=8))
    add_part(actor=coordinator, part="gradings", subject=subject, values=grade("hrss", "B", 2024))
    Visit.objects.create(
        subject=subject, visited_on=date(2026, 5, 6), unit_name="监察股", recorded_at=clock.now()
    )
    change_subject(actor=coordinator, subject=subject, values=values(name="示范科技有限公司"))
    html = client.get(page).content.decode()
    order = ["更名前的名称：示范企业有限公司", "监察股：日常检查", "守法诚信等级：B", "用工 8 人"]
    found = [html.index(text) for text in order]
    assert found == sorted(found)


def test_one_kind_can_be_shown_alone(
    coordinator: Officer, subject: Subject, page: str, client: Client
) -> None:
    add_part(actor=coordinator, part="headcounts", subject=subject, values=count(date(2025, 1, 5), workers=8))
    html = client.get(page, {"kind": "人数"}).content.decode()
    assert "用工 8 人" in html
    assert "录入检查对象" not in html


def test_it_says_how_often_the_firm_was_visited_against_which_cap(
    subject: Subject, page: str, client: Client
) -> None:
    for day in (1, 2):
        Visit.objects.create(
            subject=subject, visited_on=date(2026, 5, day), unit_name="监察股", recorded_at=clock.now()
        )
    html = client.get(page).content.decode()
    assert "2 次／上限 1 次" in html
    assert "年度入企上限（上年度无处罚处理记录）" in html
    assert "（待确认）" in html


def test_what_was_merged_into_it_is_part_of_its_story(
    coordinator: Officer, subject: Subject, page: str, client: Client
) -> None:
    other = enter_subject(actor=coordinator, values=values(name="同一家的旧条目", credit_code=""))
    add_part(actor=coordinator, part="headcounts", subject=other, values=count(date(2024, 1, 5), workers=7))
    merge_subjects(actor=coordinator, kept=subject, gone=other, take=(), reason="同一家")
    html = client.get(page).content.decode()
    assert "用工 7 人" in html
    assert "并入：同一家的旧条目" in html


def test_the_old_code_of_luancheng_is_explained_and_is_no_place(coordinator: Officer) -> None:
    code = credit_code.synthetic(7, division="130124")
    here = enter_subject(actor=coordinator, values=values(credit_code=code))
    place = place_of(here)
    assert place.note == "130124 是原栾城县代码（2014 年撤县设区，现 130111），不表示所在地"
    unknown = change_subject(
        actor=coordinator, subject=here, values=values(credit_code=code, division_code="")
    )
    assert place_of(unknown).division == ""


def test_a_code_of_the_place_itself_needs_no_note(subject: Subject) -> None:
    assert place_of(subject).note == ""
