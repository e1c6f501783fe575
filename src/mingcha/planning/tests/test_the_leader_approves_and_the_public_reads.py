"""From draft to public: one approval, published at once; a new version with reason and difference."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.events import Thing
from mingcha.base.viewers import PUBLIC
from mingcha.basics.selectors import approvals
from mingcha.basics.services.approvals import return_, withdraw
from mingcha.kernel.testing import refused
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans import publishing
from mingcha.planning.plans.testing import (
    YEAR,
    add_line,
    an_item,
    approve_as,
    approved_plan,
    freeze,
    make_plan,
    published_plan,
    section,
)
from mingcha.planning.services import plans
from mingcha.planning.services.plans.moving import ROUTE
from mingcha.planning.testing import County
from mingcha.publication import selectors as publications
from mingcha.publication.models import Publication

pytestmark = pytest.mark.django_db


def public(plan: AnnualPlan) -> Publication | None:
    return publications.current(publishing.TYPE.code, publishing.series_of(plan))


def test_approved_means_published_with_the_columns_of_the_public_form(county: County) -> None:
    plan = published_plan(county, special=False, directed=True, joining_units=[section()])
    assert plan.state == "published"
    assert plan.published_at is not None
    found = public(plan)
    assert found is not None
    assert found.reviewed_by_id == county.leader.id
    assert found.rows == [
        {
            "number": f"{YEAR}-RS-01",
            "name": "工资支付抽查",
            "directed": "定向",
            "subjects": "企业",
            "lead": "劳动监察股",
            "joining": "劳动监察股",
            "quota": "3%（1 户）",
            "manner": "现场检查",
            "period": f"{YEAR}-03-01 — {YEAR}-11-30",
            "items": ["工资支付"],
            "source": "本局计划",
        }
    ]
    assert "至少抽查 1 户" in found.summary
    page = Client().get(f"/open/published/annual-plan/{found.pk}/")
    assert page.status_code == 200
    assert "工资支付抽查" in page.content.decode()


def test_the_plan_itself_is_seen_by_the_bureau_only(county: County) -> None:
    plan = published_plan(county)
    assert not AnnualPlan.objects.visible_to(PUBLIC).exists()
    for reader in (county.head, county.leader, county.overseer, county.coordinator):
        assert AnnualPlan.objects.visible_to(reader).get() == plan


def test_nobody_else_submits_and_nobody_approves_the_own(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item())
    plan = freeze(county, plan)
    with refused("lifecycle.role"):
        plans.submit(actor=county.leader, plan=plan)
    plans.submit(actor=county.coordinator, plan=plan)
    with refused("approval.own"):
        approve_as(county.coordinator, plan)


def test_returned_or_withdrawn_it_is_a_draft_again(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item())
    plan = freeze(county, plan)
    plans.submit(actor=county.coordinator, plan=plan)
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    assert approval is not None
    return_(actor=county.leader, approval_id=approval.pk, reason="任务太集中")
    plan.refresh_from_db()
    assert plan.state == "draft"
    plans.submit(actor=county.coordinator, plan=plan)
    withdraw(actor=county.coordinator, approval_id=approval.pk, reason="再改一处")
    plan.refresh_from_db()
    assert plan.state == "draft"
    assert approved_plan(county, plan).state == "published"


def test_a_new_version_needs_a_reason_and_the_old_one_stays_until_it_is_approved(county: County) -> None:
    plan = published_plan(county)
    first = public(plan)
    assert first is not None
    with refused("basics.reason"):
        plans.new_version(actor=county.coordinator, plan=plan, reason=" ")
    second = plans.new_version(actor=county.coordinator, plan=plan, reason="上级增加任务")
    assert (second.version, second.replaces, second.lines.count()) == (2, plan, 1)
    assert [str(item) for item in second.lines.get().items.all()] == [
        str(item) for item in plan.lines.get().items.all()
    ]
    plan.refresh_from_db()
    assert (plan.state, public(plan)) == ("published", first)

    line = second.lines.get()
    plans.change_line(
        actor=county.coordinator, line=line, values={"last_day": date(YEAR, 12, 15), "items": [an_item()]}
    )
    add_line(county, second, an_item(name="社保缴费"), name="社保抽查")
    second = approved_plan(county, freeze(county, second))
    plan.refresh_from_db()
    assert (plan.state, second.state) == ("superseded", "published")
    found = public(second)
    assert found is not None
    assert (found.version, found.change_note) == (2, "上级增加任务")

    client = sign_in(Client(), User.objects.get(pk=county.head.id))
    page = client.get(f"/planning/plans/{second.pk}/versions/").content.decode()
    assert "新增任务" in page
    assert f"{YEAR}-12-15" in page
    assert Client().get(f"/open/published/annual-plan/{first.pk}/").status_code == 200


def test_one_plan_a_year_at_a_time(county: County) -> None:
    make_plan(county)
    with refused("plan.once_a_year"):
        make_plan(county)


def test_a_stopped_plan_is_taken_down_with_its_reason(county: County) -> None:
    plan = published_plan(county)
    plans.stop(actor=county.leader, plan=plan, reason="机构改革，职责移交")
    plan.refresh_from_db()
    assert (plan.state, plan.end_reason, public(plan)) == ("stopped", "机构改革，职责移交", None)


def test_a_dropped_draft_leaves_the_year_free(county: County) -> None:
    plan = make_plan(county)
    plans.drop(actor=county.coordinator, plan=plan, reason="重来")
    assert make_plan(county).version == 2


def test_the_leader_reads_the_sums_before_approving(county: County) -> None:
    plan = make_plan(county)
    add_line(county, plan, an_item())
    plan = freeze(county, plan)
    plans.submit(actor=county.coordinator, plan=plan)
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    assert approval is not None
    client = sign_in(Client(), User.objects.get(pk=county.leader.id))
    page = client.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
    assert "确定能抽到的不同企业" in page
    assert "工资支付抽查" in page
