"""The plan's page and its publication say by what a line is stratified and how much of a stratum is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.planning.models import PlanLine
from mingcha.planning.plans.publishing import quota_text, ratio_text
from mingcha.planning.plans.testing import add_line, an_item, freeze, make_enterprises, make_plan
from mingcha.planning.testing import County
from mingcha.registry.models import Subject

pytestmark = pytest.mark.django_db


def frozen(county: County, **values: Any) -> PlanLine:
    """A line over ten enterprises of one town without a grade, five of another town of class A."""
    make_enterprises(5, start=2001, town="乙镇", grade_hrss="A")
    Subject.objects.filter(pk__in=[subject.pk for subject in county.subjects]).update(town="甲镇")
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), rate_bp=2000, **values)
    freeze(county, plan)
    return PlanLine.objects.get(pk=line.pk)


def test_a_line_without_strata_is_one_stratum(county: County) -> None:
    line = frozen(county)
    assert (ratio_text(line), quota_text(line)) == ("20%", "20%（3 户）")


def test_strata_of_one_rate(county: County) -> None:
    line = frozen(county, stratify="town")
    assert (ratio_text(line), quota_text(line)) == ("每层 20%", "每层 20%（3 户）")


def test_strata_of_different_rates_are_named_each(county: County) -> None:
    line = frozen(county, stratify="hrss")
    assert ratio_text(line) == "各层 6%–20%"
    assert quota_text(line) == "企业 · 守法诚信A级 6%，企业 · 未评守法诚信等级 20%（3 户）"


def test_a_number_has_no_rate(county: County) -> None:
    line = frozen(county, stratify="town", quota_mode="number", total=4)
    assert (ratio_text(line), quota_text(line)) == ("", "4 户")


def test_the_page_says_both_and_reads_shares_in_per_cent(county: County) -> None:
    line = frozen(county, stratify="hrss")
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    shown = client.get(reverse("planning:plans-detail", args=[line.plan_id])).content.decode()
    assert "各层 6%–20%" in shown
    assert "按守法诚信等级" in shown
    assert "企业年度抽查比例下限：3%" in shown
    assert "‱" not in shown
