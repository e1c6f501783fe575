"""Capital is understood only where it says its unit; a construction project has facts of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingcha.base import clock
from mingcha.base.viewers import Officer
from mingcha.registry.forms import ProjectForm, SubjectForm
from mingcha.registry.models import Project, Subject
from mingcha.registry.services import enter_subject
from mingcha.registry.sheets import read_yuan
from mingcha.registry.subject_page import builders
from mingcha.registry.tests.test_entering_a_subject import values


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("500万元人民币", 5_000_000),
        ("人民币 3.5 亿元", 350_000_000),
        ("１，０００ 万（元）", 10_000_000),
        ("500000元整", 500_000),
        ("500", None),
        ("100万美元", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_capital_is_read_in_yuan(text: str, yuan: int | None) -> None:
    assert read_yuan(text)[0] == yuan


def test_the_subject_keeps_text_and_number(coordinator: Officer) -> None:
    subject = enter_subject(actor=coordinator, values=values(capital_text="500万元"))
    assert (subject.capital_text, subject.capital_yuan) == ("500万元", 5_000_000)


def test_a_project_links_the_firms_that_the_register_knows(coordinator: Officer) -> None:
    firm = enter_subject(actor=coordinator, values=values())
    form = ProjectForm(
        {
            "name": "示范安置房二期",
            "registration": "active",
            "owner_name": "示范城投公司",
            "contractor_name": firm.credit_code.lower(),
            "amount_yuan": "120000000",
            "started_on": "2026-03-01",
            "planned_end": "2027-12-31",
        }
    )
    assert form.is_valid(), form.errors
    subject = enter_subject(actor=coordinator, values=form.cleaned_data)
    project = Project.objects.get(subject=subject)
    assert subject.kind == Subject.Kind.PROJECT
    assert (project.owner, project.owner_name) == (None, "示范城投公司")
    assert (project.contractor, project.contractor_name) == (firm, firm.name)
    assert subject.roster_id.startswith("G2026")


def test_a_project_does_not_end_before_it_begins(bureau: object) -> None:
    typed = {
        "name": "示范",
        "registration": "active",
        "started_on": "2026-03-01",
        "planned_end": "2025-01-01",
    }
    assert "planned_end" in ProjectForm(typed).errors


def test_an_industry_is_found_by_code_or_name(bureau: object) -> None:
    def cleaned(text: str) -> str:
        form = SubjectForm({**values(), "industry_code": text})
        form.is_valid()
        return str(form.cleaned_data.get("industry_code"))

    assert cleaned("7263 劳务派遣服务") == "7263"
    assert cleaned("劳务派遣服务") == "7263"
    assert cleaned("L7263") == "7263"
    assert cleaned("C13") == "13"
    form = SubjectForm({**values(), "industry_code": "没有这个行业"})
    assert "industry_code" in form.errors


def test_a_firm_of_another_territory_is_named_by_the_permit_and_not_linked(coordinator: Officer) -> None:
    elsewhere = enter_subject(actor=coordinator, values=values(name="外县建筑公司", division_code="130102"))
    site = Subject.objects.create(
        name="示范花园一期", kind=Subject.Kind.PROJECT, division_code="130111", created_at=clock.now()
    )
    project = Project.objects.create(subject=site, contractor=elsewhere, contractor_name="外县建筑公司")
    here = replace(
        coordinator, grants=tuple(replace(grant, division="130111") for grant in coordinator.grants)
    )
    assert builders(coordinator, project)[1][1:] == ("外县建筑公司", elsewhere)
    assert builders(here, project)[1][1:] == ("外县建筑公司", None)
