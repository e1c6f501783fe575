"""The register as it stood on the base day counts; later changes move nothing (S1)."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date

import pytest
from django.test import Client

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.jobs.testing import run_waiting
from mingcha.planning.models import LineStratum, PlanBase
from mingcha.planning.plans import population
from mingcha.planning.plans.arithmetic import sums_of
from mingcha.planning.plans.testing import YEAR, add_line, an_item, freeze, make_enterprises, make_plan
from mingcha.planning.services.plans import base as base_services
from mingcha.planning.services.plans import freeze_base
from mingcha.planning.testing import County
from mingcha.registry.models import Subject

pytestmark = pytest.mark.django_db


def test_who_counts_on_the_base_day(county: County) -> None:
    day = date(YEAR, 1, 1)
    gone = {"registration": Subject.Registration.DEREGISTERED}
    make_enterprises(1, start=2001, registered_on=date(YEAR, 1, 2))
    make_enterprises(1, start=2002, registered_on=day)
    make_enterprises(1, start=2003, registration_since=date(YEAR, 3, 1), **gone)
    make_enterprises(1, start=2004, registration_since=date(YEAR - 1, 3, 1), **gone)
    make_enterprises(1, start=2005, **gone)
    Subject.objects.filter(pk=county.subjects[0].pk).update(division_code="130121")
    plan = make_plan(county)
    add_line(county, plan, an_item())
    freeze(county, plan)
    base = PlanBase.objects.get(plan=plan)
    # Nine of ten at home, one established in time, one that left only later.
    assert (base.size, base.enterprises, base.kinds) == (11, 11, {"enterprise": 11})


def test_a_change_of_the_register_moves_no_number_of_the_plan(county: County) -> None:
    make_enterprises(90)
    plan = make_plan(county)
    add_line(county, plan, an_item())
    before = sums_of(freeze(county, plan))
    make_enterprises(500, start=3001)
    after = sums_of(plan)
    assert before is not None
    assert after is not None
    assert (before.floor, before.coverage) == (after.floor, after.coverage)
    assert (after.base.enterprises, after.floor) == (100, 3)


def test_the_kept_list_names_everybody_and_has_the_digest_that_is_shown(county: County) -> None:
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), towns="示范镇")
    make_enterprises(2, town="乙镇")
    freeze(county, plan)
    base = PlanBase.objects.get(plan=plan)
    client = sign_in(Client(), User.objects.get(pk=county.overseer.id))
    content = b"".join(client.get(f"/planning/plans/{plan.pk}/base/file/").streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(content).hexdigest() == base.digest
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(rows) == 12
    assert {row["strata"] for row in rows} == {f"{line.pk}/enterprise", ""}
    assert sum(bool(row["strata"]) for row in rows) == 10


def test_the_list_is_not_for_everybody(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item())
    freeze(county, plan)
    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    assert client.get(f"/planning/plans/{plan.pk}/base/file/").status_code == 403
    assert client.get(f"/planning/plans/{plan.pk}/base/").status_code == 200


def test_freezing_twice_gives_the_same_and_the_page_says_how_today_differs(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item())
    freeze(county, plan)
    first = PlanBase.objects.get(plan=plan).digest
    freeze(county, plan)
    assert PlanBase.objects.get(plan=plan).digest == first
    make_enterprises(7)
    client = sign_in(Client(), User.objects.get(pk=county.leader.id))
    page = client.get(f"/planning/plans/{plan.pk}/base/").content.decode()
    assert "+7" in page
    assert first[:8] in page


def test_a_large_register_is_counted_by_a_job(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base_services, "AT_ONCE", 5)
    plan = make_plan(county)
    line = add_line(county, plan, an_item())
    job_id = freeze_base(actor=county.coordinator, plan=plan)
    assert job_id is not None
    assert not PlanBase.objects.filter(plan=plan).exists()
    assert run_waiting() == 1
    assert PlanBase.objects.get(plan=plan).frozen_by_id == county.coordinator.id
    assert LineStratum.objects.get(line=line).population == 10


def test_the_page_of_a_stratum_names_who_is_in_it(county: County) -> None:
    plan = make_plan(county)
    line = add_line(county, plan, an_item(), stratify="town")
    freeze(county, plan)
    client = sign_in(Client(), User.objects.get(pk=county.leader.id))
    page = client.get(f"/planning/plan-lines/{line.pk}/members/", {"stratum": "enterprise:示范镇"})
    assert county.subjects[3].name in page.content.decode()
    base = PlanBase.objects.get(plan=plan)
    assert {member.subject_id for member in population.members(base)} == {s.pk for s in county.subjects}
