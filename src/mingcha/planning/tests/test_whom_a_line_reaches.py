"""The filter of a line, and its strata; the three gradings never stand for each other (N12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingcha.planning.models import LineStratum
from mingcha.planning.plans.scope import industry_of
from mingcha.planning.plans.testing import add_line, an_item, freeze, make_enterprises, make_plan
from mingcha.planning.testing import County
from mingcha.registry.models import Industry, Licence, Subject, SubjectTag, Tag, Violation

pytestmark = pytest.mark.django_db


def reached(county: County, **values: Any) -> dict[str, int]:
    """Stratum → firms of a line with these conditions."""
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), **values)
    freeze(county, plan)
    return dict(LineStratum.objects.filter(line=line).values_list("label", "population"))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, {"企业": 14}),
        ({"towns": "乙镇"}, {"企业": 4}),
        ({"industries": "C"}, {"企业": 10}),
        ({"industries": "47"}, {"企业": 2}),
        ({"industries": "E47"}, {"企业": 2}),
        ({"industries": "E,C"}, {"企业": 14}),
        ({"workers_from": 50}, {"企业": 2}),
        ({"workers_from": 1, "workers_until": 49}, {"企业": 2}),
        ({"kinds": "household"}, {"个体工商户": 1}),
        ({"kinds": "enterprise,household"}, {"企业": 14, "个体工商户": 1}),
        ({"stratify": "size"}, {"企业 · 没有登记": 10, "企业 · 10–49 人": 2, "企业 · 100–299 人": 2}),
    ],
)
def test_every_condition_reaches_whom_it_says(
    county: County, values: dict[str, Any], found: dict[str, int]
) -> None:
    Industry.objects.get_or_create(code="47", defaults={"name": "房屋建筑业", "level": 2, "section": "E"})
    make_enterprises(2, start=2001, town="乙镇", industry_code="4710", workers=20)
    make_enterprises(2, start=2003, town="乙镇", industry_code="E48", workers=120)
    make_enterprises(1, start=2005, kind=Subject.Kind.HOUSEHOLD)
    assert reached(county, **values) == found


@pytest.mark.parametrize("system", ["hrss", "market", "dispatch"])
def test_a_grade_of_one_system_is_no_grade_of_another(county: County, system: str) -> None:
    make_enterprises(3, start=2001, **{f"grade_{system}": "C"})
    others = {"hrss", "market", "dispatch"} - {system}
    assert reached(county, **{f"grades_{system}": "C"}) == {"企业": 3}
    for number, other in enumerate(sorted(others)):
        plan = make_plan(county, year=2028 + number, base_day=date(2028 + number, 1, 1))
        days = {"first_day": date(2028 + number, 3, 1), "last_day": date(2028 + number, 9, 1)}
        line = add_line(county, plan, an_item(), **{f"grades_{other}": "C"}, **days)
        freeze(county, plan)
        assert not LineStratum.objects.filter(line=line).exists()


def test_strata_by_grade_name_their_system(county: County) -> None:
    make_enterprises(3, start=2001, grade_hrss="A", grade_market="D")
    assert reached(county, stratify="hrss") == {"企业 · 守法诚信A级": 3, "企业 · 未评守法诚信等级": 10}


def test_strata_by_market_risk_name_theirs(county: County) -> None:
    make_enterprises(3, start=2001, grade_hrss="A", grade_market="D")
    assert reached(county, stratify="market") == {"企业 · 信用风险D类": 3, "企业 · 未分信用风险": 10}


def test_tags_licences_and_records(county: County) -> None:
    first, second, third, *_rest = county.subjects
    tag = Tag.objects.create(code="complaints", label="投诉多发")
    SubjectTag.objects.create(subject=first, tag=tag, since=date(2026, 1, 1))
    Licence.objects.create(subject=second, kind="dispatch", number="1", state="valid")
    Licence.objects.create(subject=third, kind="dispatch", number="2", state="revoked")
    Violation.objects.create(subject=third, decided_on=date(2026, 1, 1), handling="penalty", what="欠薪")
    plan = make_plan(county)
    item = an_item()
    lines = {
        name: add_line(county, plan, item, **values)
        for name, values in {
            "tagged": {"tags": [tag]},
            "licensed": {"licences": "dispatch"},
            "recorded": {"records": "yes"},
            "clean": {"records": "no"},
        }.items()
    }
    freeze(county, plan)
    found = {
        name: LineStratum.objects.filter(line=line).values_list("population", flat=True).first()
        for name, line in lines.items()
    }
    assert found == {"tagged": 1, "licensed": 1, "recorded": 1, "clean": 9}


@pytest.mark.parametrize(
    ("code", "found"), [("C13", ("C", "13")), ("1310", ("C", "1310")), ("c", ("C", "")), ("", ("", ""))]
)
def test_industries_are_known_with_or_without_their_letter(code: str, found: tuple[str, str]) -> None:
    assert industry_of(code, {"13": "C"}) == found
