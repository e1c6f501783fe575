"""The plan names what the law changed behind its items; on an article that is gone nothing is approved."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.selectors import approvals
from mingcha.items import services as items
from mingcha.items.models import BasisFlag
from mingcha.items.testing import LAW, TEXT
from mingcha.kernel.testing import refused
from mingcha.laws.models import Law
from mingcha.laws.services.library import add_text, repeal
from mingcha.planning.models import AnnualPlan
from mingcha.planning.plans.bases import touched_lines
from mingcha.planning.plans.facts import facts_of
from mingcha.planning.plans.lifecycle import SUBMITTED
from mingcha.planning.plans.providers import _steps
from mingcha.planning.plans.testing import YEAR, add_line, an_item, approve_as, freeze, make_plan
from mingcha.planning.services import plans
from mingcha.planning.services.plans.moving import ROUTE
from mingcha.planning.testing import County

pytestmark = pytest.mark.django_db
_TESTS = System(purpose="tests")


@pytest.fixture
def plan(county: County) -> AnnualPlan:
    """A draft that could be submitted; its one line ends on 30 November."""
    made = make_plan(county)
    add_line(county, made, an_item())
    return freeze(county, made)


def amended(since: date = date(YEAR, 6, 1), text: str = TEXT.replace("按时", "按月")) -> None:
    law = Law.objects.get(title=LAW)
    add_text(actor=_TESTS, law_id=law.pk, label="修订", effective_from=since, source="测试", content=text)


def repealed(last_day: date) -> None:
    law = Law.objects.get(title=LAW)
    repeal(actor=_TESTS, law_id=law.pk, last_day=last_day, basis="国务院令第999号")


def said(plan: AnnualPlan) -> list[str]:
    found = touched_lines(plan.lines.prefetch_related("items__item"))
    return [str(one) for touched in found.values() for one in touched]


def page(county: County, name: str, pk: int) -> str:
    client = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    return client.get(reverse(name, args=[pk])).content.decode()


def test_the_plan_and_its_line_name_the_changed_article_once_with_the_day(
    county: County, plan: AnnualPlan
) -> None:
    assert "依据已变动" not in page(county, "planning:plans-detail", plan.pk)
    amended()
    assert f"《{LAW}》第一条第一款 自 {YEAR}-06-01 起已修改，待复核" in said(plan)
    assert len(said(plan)) == len(set(said(plan)))
    item = reverse("items:items-detail", args=[plan.lines.get().items.get().item_id])
    for name, pk in (("planning:plans-detail", plan.pk), ("planning:plan-line", plan.lines.get().pk)):
        shown = page(county, name, pk)
        assert "依据已变动" in shown
        assert item in shown


def test_a_changed_article_warns_whoever_approves_and_hinders_nobody(
    county: County, plan: AnnualPlan
) -> None:
    amended()
    plans.submit(actor=county.coordinator, plan=plan)
    client = sign_in(Client(), User.objects.get(pk=county.leader.id))
    approval = approvals.of_thing(ROUTE, Thing.of(plan))
    assert approval is not None
    shown = client.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
    assert "法律依据有变动" in shown
    approve_as(county.leader, plan)
    plan.refresh_from_db()
    assert plan.state == "published"


def test_what_was_reviewed_is_not_named_any_more(county: County, plan: AnnualPlan) -> None:
    amended()
    for flag in BasisFlag.objects.open():
        items.review(actor=county.coordinator, flag_id=flag.pk, verdict="still", reason="只改了一个词")
    assert said(plan) == []


def test_a_change_after_the_line_is_over_is_no_matter(county: County, plan: AnnualPlan) -> None:
    amended(since=date(YEAR, 12, 1))
    assert said(plan) == []


def test_a_plan_that_rests_on_a_repealed_law_is_not_submitted(county: County, plan: AnnualPlan) -> None:
    repealed(date(YEAR, 3, 31))
    assert f"《{LAW}》第一条 自 {YEAR}-04-01 起不再有效" in said(plan)
    with refused("plan.bases_stand"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_a_law_that_holds_until_the_line_is_over_hinders_nobody(county: County, plan: AnnualPlan) -> None:
    repealed(date(YEAR, 11, 30))
    assert facts_of(plan).repealed == ()
    plans.submit(actor=county.coordinator, plan=plan)


def test_a_law_repealed_while_the_plan_waits_stops_the_approval(county: County, plan: AnnualPlan) -> None:
    plans.submit(actor=county.coordinator, plan=plan)
    repealed(date(YEAR, 3, 31))
    with refused("plan.bases_stand"):
        approve_as(county.leader, plan)
    plan.refresh_from_db()
    assert plan.state == SUBMITTED


def test_drafting_the_next_version_does_not_make_the_repealed_article_good(
    county: County, plan: AnnualPlan
) -> None:
    amended(text=TEXT.split("第三条")[0])
    version = plan.lines.get().items.get()
    items.draft_next(actor=county.coordinator, item_id=version.item_id)
    for flag in BasisFlag.objects.filter(basis__version=version, kind=BasisFlag.Kind.VANISHED):
        items.review(actor=county.coordinator, flag_id=flag.pk, verdict="replaced", reason="已改写")
    with refused("plan.bases_stand"):
        plans.submit(actor=county.coordinator, plan=plan)


def test_who_keeps_the_plan_is_told(county: County, plan: AnnualPlan) -> None:
    assert not [step for step in _steps(county.coordinator) if "依据已失效" in str(step.title)]
    repealed(date(YEAR, 3, 31))
    (step,) = [step for step in _steps(county.coordinator) if "依据已失效" in str(step.title)]
    assert step.detail == "工资支付抽查"
