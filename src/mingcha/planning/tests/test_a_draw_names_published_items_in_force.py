"""N2, domain E3: a draw names items that are published and in force through its visits, and keeps them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.selectors import bureau
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.viewers import System
from mingcha.items import services as items
from mingcha.items.models import ItemVersion
from mingcha.items.testing import LAW, TEXT, make_content, publish, published_item
from mingcha.kernel.refusal import Refused
from mingcha.laws.models import Law
from mingcha.laws.services.library import add_text
from mingcha.planning import selectors, services
from mingcha.planning.campaigns.forms import AdHocForm
from mingcha.planning.models import Campaign, Draw
from mingcha.planning.plans.testing import add_line, make_plan
from mingcha.planning.testing import County, draft, sealed
from mingcha.registry.models import Specialty


def a_draft(county: County) -> ItemVersion:
    return items.create_item(actor=county.coordinator, content=make_content(code="T99", name="没有公布的"))


@pytest.fixture
def clerk(county: County, client: Client) -> Client:
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    return client


def typed(version: ItemVersion) -> dict[str, Any]:
    return {
        "_once": idempotency.token(),
        "title": "工资支付随机抽查",
        "reason": "多起工资投诉",
        "lead_unit": bureau().pk,
        "item_versions": [version.pk],
        "kinds": ["enterprise"],
        "stratify": "none",
        "quota_mode": "number",
        "total": "3",
        "manner": "on_site",
        "manner_reason": "须当场核对原始记录",
        "team_size": "2",
        "half_days": "1",
        "visit_from": "2026-11-24",
        "visit_until": "2026-12-18",
    }


def test_a_draw_with_an_unpublished_item_is_refused_with_the_article(county: County) -> None:
    with pytest.raises(Refused) as raised:
        draft(county, item_versions=[a_draft(county)])
    assert raised.value.codes == ("item.not_in_force",)
    assert "54号三" in raised.value.refusals[0].basis
    assert not Draw.objects.exists()


def test_a_draw_without_any_item_is_refused(county: County) -> None:
    with pytest.raises(Refused) as raised:
        draft(county, item_versions=[])
    assert raised.value.codes == ("campaign.has_items",)


def test_an_item_that_begins_after_the_first_visit_is_refused(county: County) -> None:
    later = published_item("以后施行的", begins=date(2026, 11, 25))
    with pytest.raises(Refused):
        draft(county, item_versions=[later])
    draft(county, item_versions=[later], visit_from=date(2026, 11, 25))


def test_an_item_stopped_after_drafting_keeps_the_draw_from_being_sealed(county: County) -> None:
    plan = draft(county)
    version = plan.item_versions.get()
    ItemVersion.objects.filter(pk=version.pk).update(effective_until=date(2026, 12, 1))
    with pytest.raises(Refused) as raised:
        services.seal(actor=county.coordinator, draw=plan)
    assert raised.value.codes == ("draw.items_in_force",)


def test_the_page_offers_only_what_is_on_the_list(county: County) -> None:
    on_list, unpublished = published_item("列入的"), a_draft(county)
    offered = AdHocForm().fields["item_versions"].queryset  # type: ignore[attr-defined]
    assert on_list in offered
    assert unpublished not in offered


def test_the_page_refuses_an_item_out_of_force_and_loses_nothing(county: County, clerk: Client) -> None:
    later = published_item("以后施行的", begins=date(2027, 1, 1))
    answer = clerk.post(reverse("planning:campaign-ad-hoc"), typed(later))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "54号三" in page
    assert 'value="多起工资投诉"' in page
    assert not Campaign.objects.exists()


def test_the_page_refuses_a_draft_that_somebody_slips_in(county: County, clerk: Client) -> None:
    answer = clerk.post(reverse("planning:campaign-ad-hoc"), typed(a_draft(county)))
    assert answer.status_code == 422
    assert not Campaign.objects.exists()


def test_a_sealed_draw_keeps_its_versions_and_says_them_in_the_plan(county: County) -> None:
    draw = sealed(county)
    version = draw.item_versions.get()
    publish(items.draft_next(actor=county.coordinator, item_id=version.item_id), date(2026, 11, 25))
    assert list(draw.item_versions.all()) == [version]
    plan = json.loads(selectors.files_for(draw, county.overseer)["plan.json"])
    assert (plan["items"], plan["item_versions"]) == ("工资支付与最低工资", [f"{version.item.code}-1"])


def test_the_specialty_that_the_items_ask_for_is_taken_unless_another_is_chosen(county: County) -> None:
    skill = Specialty.objects.get(code="ldjc")
    version = published_item("要专长的", specialty="ldjc")
    assert draft(county, item_versions=[version]).specialty == skill
    other = Specialty.objects.get(code="sbjh")
    assert draft(county, item_versions=[version], specialty=other).specialty == other


def test_items_that_ask_for_different_specialties_ask_for_none_together(county: County) -> None:
    both = [published_item("甲", specialty="ldjc"), published_item("乙", specialty="sbjh")]
    assert draft(county, item_versions=both).specialty is None


@pytest.mark.parametrize("of", ["draw", "campaign"])
def test_a_change_of_the_law_stands_on_the_page_of_what_is_not_finished(
    county: County, clerk: Client, of: str
) -> None:
    draw = sealed(county)
    draw_page = reverse("planning:draws-detail", args=[draw.pk])
    page = draw_page if of == "draw" else reverse("planning:campaigns-detail", args=[draw.campaign_id])
    assert "待复核" not in clerk.get(page).content.decode()
    add_text(
        actor=System(purpose="tests"),
        law_id=Law.objects.get(title=LAW).pk,
        label="修订",
        effective_from=county.clock.now().date() + timedelta(days=2),
        source="测试",
        content=TEXT.replace("按时", "按月"),
    )
    shown = clerk.get(page).content.decode()
    assert "所用事项的依据已变动，待复核" in shown
    assert f"《{LAW}》第一条" in shown


def test_the_page_of_an_item_tells_which_draws_use_it(county: County, clerk: Client) -> None:
    draw = sealed(county)
    item = draw.item_versions.get().item
    page = clerk.get(reverse("items:items-detail", args=[item.pk])).content.decode()
    assert draw.number in page
    assert reverse("planning:campaigns-detail", args=[draw.campaign_id]) in page


def test_the_page_of_an_item_tells_which_plans_name_it(county: County, clerk: Client) -> None:
    version = published_item()
    plan = make_plan(county)
    line = add_line(county, plan, version)
    page = clerk.get(reverse("items:items-detail", args=[version.item_id])).content.decode()
    assert f"{plan} {line.name}" in page
    assert reverse("planning:plans-detail", args=[plan.pk]) in page
