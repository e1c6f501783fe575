"""一业一查: a package fills in the form of a task for several departments; people change what they like."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.models.units import UnitKind
from mingcha.accounts.testing import make_unit, sign_in
from mingcha.base import idempotency
from mingcha.items.testing import published_item
from mingcha.items.tests.the_list import ITEMS
from mingcha.planning.models import PlanLine
from mingcha.planning.plans.forms import LineForm
from mingcha.planning.plans.packages import PACKAGES, Proposal, proposal_named
from mingcha.planning.plans.testing import YEAR, make_plan, published_plan, section
from mingcha.planning.testing import County
from mingcha.registry.models import Subject
from mingcha.web.forms import ONCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(county: County) -> Client:
    return sign_in(Client(), User.objects.get(pk=county.coordinator.id))


def _training(county: County) -> Proposal:
    found = proposal_named("training", county.coordinator, YEAR)
    assert found is not None
    return found


def test_a_package_names_items_of_the_list_for_kinds_that_they_are_for() -> None:
    kinds = {item.code: set(item.kinds) for item in ITEMS}
    for package in PACKAGES:
        assert package.items and package.partners
        for code in package.items:
            assert kinds[code] & set(package.kinds), f"{package.code} {code}"


def test_it_proposes_what_is_published_and_who_is_entered_and_says_what_is_not(county: County) -> None:
    school = published_item("民办职业培训学校办学", code="RS13")
    market = make_unit("示范县市场监督管理局", kind=UnitKind.PARTNER)
    make_unit("市场监督管理股")
    found = _training(county)
    assert found.versions == (school,)
    assert found.missing_items == ("RS15",)
    assert found.units == (market,)
    assert [str(name) for name in found.missing_partners] == ["消防救援大队", "行政审批局"]


def test_an_item_that_ends_before_the_year_is_not_proposed(county: County) -> None:
    school = published_item("民办职业培训学校办学", code="RS13")
    type(school).objects.filter(pk=school.pk).update(effective_until=f"{YEAR - 1}-12-31")
    assert _training(county).missing_items == ("RS13", "RS15")


def test_the_page_leads_to_a_form_that_is_filled_in_and_can_be_changed(
    county: County, client: Client
) -> None:
    school = published_item("民办职业培训学校办学", code="RS13")
    market = make_unit("示范县市场监督管理局", kind=UnitKind.PARTNER)
    plan = make_plan(county)
    page = client.get(reverse("planning:plan-packages", args=[plan.pk])).content.decode()
    address = f"{reverse('planning:plan-line-create', args=[plan.pk])}?package=training"
    assert address in page and "民办职业培训学校办学" in page and "市场监督管理局" in page

    form = client.get(address).context["form"]
    assert isinstance(form, LineForm)
    assert form.initial["items"] == [school.pk] and form.initial["joining_units"] == [market.pk]
    typed = {
        ONCE: idempotency.token(),
        **{name: value for name, value in form.initial.items() if value not in ("", None)},
        "name": "培训机构联合抽查（改名）",
        "kinds": [Subject.Kind.NON_ENTERPRISE.value],
        "licences": ["training"],
        "source": PlanLine.Source.OWN.value,
        "stratify": PlanLine.Stratify.NONE.value,
        "quota_mode": PlanLine.QuotaMode.RATE.value,
        "rate": "5",
        "lead_unit": section().pk,
        "manner": PlanLine.Manner.ON_SITE.value,
        "manner_reason": "培训现场须看教学设施",
    }
    assert client.post(address, typed).status_code == 302
    line = plan.lines.get()
    assert line.name == "培训机构联合抽查（改名）" and line.directed
    assert list(line.items.all()) == [school] and list(line.joining_units.all()) == [market]


def test_a_name_that_is_no_package_gives_the_usual_form(county: County, client: Client) -> None:
    plan = make_plan(county)
    address = f"{reverse('planning:plan-line-create', args=[plan.pk])}?package=nothing"
    assert "items" not in client.get(address).context["form"].initial


def test_a_plan_that_is_no_draft_offers_no_packages(county: County, client: Client) -> None:
    plan = published_plan(county)
    assert client.get(reverse("planning:plan-packages", args=[plan.pk])).status_code == 404
