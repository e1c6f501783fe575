"""The list of subjects narrows by every label that a subject bears, alone and together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mingcha.accounts.models import Unit
from mingcha.accounts.testing import make_officer, sign_in
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.registry.models import (
    Claim,
    ImportSource,
    Industry,
    Licence,
    Subject,
    SubjectTag,
    Tag,
    Violation,
)
from mingcha.web.testing import screen_rows

pytestmark = pytest.mark.django_db
Names = Callable[[str], set[str]]


def make(name: str, **values: Any) -> Subject:
    return Subject.objects.create(name=name, created_at=clock.now(), public_number=name, **values)


@pytest.fixture
def names(client: Client, bureau: Unit) -> Names:
    """`names("?kind=…")` gives the names on the list."""
    sign_in(client, make_officer(Role.COORDINATOR, unit=bureau))

    def listed(query: str) -> set[str]:
        response = client.get(f"/registry/subjects/{query}")
        assert response.status_code == 200
        html = response.content.decode()
        assert "mc-filter-error" not in html
        return {row[0] for row in screen_rows(html)}

    return listed


def test_kind_state_and_place(names: Names) -> None:
    make("甲", kind="enterprise", registration="active", division_code="130111", town="窦妪镇")
    make("乙", kind="household", registration="revoked", division_code="130111001", town="冶河镇")
    make("丙", kind="household", division_code="130183")
    assert names("?kind=household") == {"乙", "丙"}
    assert names("?registration=revoked") == {"乙"}
    assert names("?division=130111") == {"甲", "乙"}
    assert names("?town=冶河镇") == {"乙"}
    assert names("?kind=household&division=130183") == {"丙"}


def test_industry_by_section_and_division(names: Names) -> None:
    for code, level, section, name in (
        ("C", 1, "C", "制造业"),
        ("13", 2, "C", "农副食品加工业"),
        ("17", 2, "C", "纺织业"),
        ("L", 1, "L", "租赁和商务服务业"),
        ("72", 2, "L", "商务服务业"),
    ):
        Industry.objects.update_or_create(
            code=code, defaults={"level": level, "section": section, "name": name}
        )
    make("甲", industry_code="1311")
    make("乙", industry_code="17")
    make("丙", industry_code="7263")
    make("丁", industry_code="72")
    make("戊", industry_code="")
    assert names("?industry=C") == {"甲", "乙"}
    assert names("?industry=13") == {"甲"}
    assert names("?industry=17") == {"乙"}
    assert names("?industry=72") == names("?industry=L") == {"丙", "丁"}


def test_three_gradings_are_three_filters(names: Names) -> None:
    make("甲", grade_hrss="A", grade_market="D", grade_dispatch="A+")
    make("乙", grade_hrss="D", grade_market="A")
    make("丙")
    assert names("?grade_hrss=A") == {"甲"}
    assert names("?grade_market=A") == {"乙"}
    assert names("?grade_dispatch=A%2B") == {"甲"}
    assert names("?grade_dispatch=none") == {"乙", "丙"}


def test_size_by_workers_and_by_insured(names: Names) -> None:
    make("甲", workers=9, insured=0)
    make("乙", workers=10, insured=300)
    make("丙")
    assert names("?workers=1-9") == {"甲"}
    assert names("?workers=10-49") == {"乙"}
    assert names("?insured=0-0") == {"甲"}
    assert names("?insured=300-") == {"乙"}
    assert names("?insured=none") == {"丙"}


def test_tags_violations_claims_and_warnings(names: Names) -> None:
    first, second = make("甲", code_warnings="校验位不符"), make("乙")
    tag = Tag.objects.create(code="for-tests", label="仅供测试的标签")
    SubjectTag.objects.create(subject=first, tag=tag, since=date(2026, 1, 1))
    Violation.objects.create(subject=first, decided_on=date(2026, 1, 1), handling="order", what="欠薪")
    Claim.objects.create(subject=second, arrived_on=date(2026, 1, 1), source="市监")
    assert names(f"?tag={tag.pk}") == {"甲"}
    assert names("?violation=yes") == {"甲"}
    assert names("?violation=no") == {"乙"}
    Violation.objects.create(
        subject=second,
        decided_on=date(2026, 1, 1),
        handling="order",
        what="误录",
        withdrawn_on=date(2026, 2, 1),
        withdrawn_why="录错了企业",
    )
    assert names("?violation=yes") == {"甲"}
    assert names("?claim=pending") == {"乙"}
    assert names("?warning=yes") == {"甲"}
    assert names("?warning=no") == {"乙"}


def test_licences_by_kind_and_by_how_long_they_still_hold(names: Names) -> None:
    today = clock.today()
    for name, kind, days in (("甲", "dispatch", 30), ("乙", "dispatch", 400), ("丙", "hr_service", -1)):
        end = today + timedelta(days=days)
        Licence.objects.create(subject=make(name), kind=kind, number=name, valid_until=end)
    assert names("?licence=dispatch") == {"甲", "乙"}
    assert names("?licence_end=expiring") == {"甲"}
    assert names("?licence_end=ended") == {"丙"}
    assert names("?licence_end=ended&licence=dispatch") == set()


def test_where_an_entry_came_from_finds_it(names: Names) -> None:
    source = ImportSource.objects.create(name="省平台")
    make("甲", source=source)
    make("乙")
    assert names(f"?source={source.pk}") == {"甲"}


def test_search_and_filters_together(names: Names) -> None:
    make("栾城恒泰建筑有限公司", kind="enterprise")
    make("栾城恒泰经营部", kind="household")
    assert names("?q=恒泰") == {"栾城恒泰建筑有限公司", "栾城恒泰经营部"}
    assert names("?q=htjz") == {"栾城恒泰建筑有限公司"}
    assert names("?q=恒泰&kind=household") == {"栾城恒泰经营部"}


def test_the_search_box_comes_first(client: Client, names: Names) -> None:
    assert next(iter(client.get("/registry/subjects/").context["filterset"].form.fields)) == "q"
