"""N1, 54号 E7, E9, E10: a campaign has a source and an approval, or nothing is drawn of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import sign_in
from mingcha.base import idempotency
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.models import Approval
from mingcha.basics.services import approvals, attachments, parameters
from mingcha.items.models import ItemVersion
from mingcha.items.testing import published_item
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import refused
from mingcha.planning import services
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.models import Campaign
from mingcha.planning.services.campaigns.drafting import PLAIN_FIELDS
from mingcha.planning.testing import County, approved, approved_campaign, campaign, draft, drawn, sealed

pytestmark = pytest.mark.django_db
STEPS = {
    "assessment": "建筑领域欠薪投诉比上年多三成，确有必要",
    "approved_by": "示范县人民政府",
    "approval_number": "示政办〔2026〕12号",
    "filed": "2026-11-01 报县司法局备案",
    "announced": "2026-11-02 县政府网站",
}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def now(found: Campaign) -> Campaign:
    return Campaign.objects.get(pk=found.pk)


def submit(county: County, found: Campaign) -> Campaign:
    return services.campaigns.submit(actor=county.coordinator, campaign=found)


def special(county: County, **values: Any) -> Campaign:
    """A special campaign with all five steps and the paper."""
    draft = campaign(county)
    given = {name: getattr(draft, name) for name in PLAIN_FIELDS}
    given |= {"item_versions": draft.item_versions.all(), **STEPS, **values}
    made = services.campaigns.draft_campaign(
        actor=county.coordinator, source=Campaign.Source.SPECIAL, values=given
    )
    paper = ContentFile(PDF, name="批复.pdf")
    attachments.add(actor=county.coordinator, file=paper, thing=Thing.of(made), purpose="document")
    return made


def test_an_ad_hoc_campaign_needs_its_occasion(county: County) -> None:
    with refused("campaign.has_source"):
        submit(county, campaign(county, reason=" "))
    assert now(submit(county, campaign(county, items="别的"))).state == states.SUBMITTED


def test_the_leader_approves_scheme_and_roster_once(county: County) -> None:
    found = campaign(county)
    submit(county, found)
    with refused("campaign.not_draft"):
        services.campaigns.change_campaign(actor=county.coordinator, campaign=found, values={"title": "改"})
    with refused("draw.campaign"):
        draft(county, found)
    (approval,) = Approval.objects.all()
    assert "名单 10 户，可以抽取 10 户，将抽取 3 户" in approval.summary
    approvals.approve(actor=county.leader, approval_id=approval.pk, opinion="同意")
    assert now(found).state == states.APPROVED
    assert now(found).roster_digest
    draft(county, found)
    assert Approval.objects.count() == 1


def test_what_the_leader_returns_is_a_draft_again(county: County) -> None:
    found = campaign(county)
    submit(county, found)
    approval = Approval.objects.get()
    approvals.return_(actor=county.leader, approval_id=approval.pk, reason="户数太多")
    assert now(found).state == states.DRAFT
    services.campaigns.change_campaign(actor=county.coordinator, campaign=now(found), values={"total": 2})
    submit(county, now(found))
    approvals.approve(actor=county.leader, approval_id=approval.pk, opinion="同意")
    assert now(found).state == states.APPROVED


def test_a_special_campaign_without_its_five_steps_is_refused_with_the_article(county: County) -> None:
    for name in STEPS:
        lacking = special(county, **{name: ""})
        with pytest.raises(Refused) as raised:
            submit(county, lacking)
        assert raised.value.codes == ("campaign.special_complete",)
        assert "54号六" in raised.value.refusals[0].basis
    whole = special(county)
    assert submit(county, whole).state == states.SUBMITTED


@pytest.mark.parametrize(
    "named", ["示范镇人民政府", "示范镇人民政府（盖章）", "柳泉乡政府", "城关街道办事处", "城关街道办 "]
)
def test_no_government_below_a_countys_approves_a_special_campaign(county: County, named: str) -> None:
    with pytest.raises(Refused) as raised:
        submit(county, special(county, approved_by=named))
    assert raised.value.codes == ("campaign.special_complete",)
    said = f"填写的“{named.strip()}”不是县级以上人民政府"
    assert said in raised.value.refusals[0].params["what"]


@pytest.mark.parametrize(
    "named",
    ["景德镇市人民政府", "景德镇人民政府", "河南省新乡人民政府", "西乡县政府", "市政府（乡镇企业局承办）"],
)
def test_a_name_that_only_sounds_like_a_towns_does(county: County, named: str) -> None:
    assert submit(county, special(county, approved_by=named)).state == states.SUBMITTED


def test_a_special_campaign_needs_the_paper_of_its_approval(county: County) -> None:
    made = special(county)
    bare = services.campaigns.draft_campaign(
        actor=county.coordinator,
        source=Campaign.Source.SPECIAL,
        values={name: getattr(made, name) for name in PLAIN_FIELDS}
        | {"item_versions": made.item_versions.all()},
    )
    with refused("campaign.special_complete"):
        submit(county, bare)


def test_the_number_of_special_campaigns_a_year_is_limited(county: County) -> None:
    parameters.set_value(
        actor=System(purpose="tests"),
        code="SPECIAL_CAMPAIGNS_A_YEAR",
        value=1,
        effective_from=date(2026, 11, 23),
        source="区政府核定",
    )
    approved(county, special(county))
    with refused("campaign.specials_few"):
        submit(county, special(county))


def test_an_item_that_can_be_looked_into_from_afar_needs_a_reason_to_go_there(county: County) -> None:
    afar = published_item("参保登记", manners=("on_site", "off_site"))
    with refused("campaign.on_site_explained"):
        submit(county, campaign(county, item_versions=[afar], manner_reason=""))
    submit(county, campaign(county, item_versions=[afar], manner="off_site", manner_reason=""))


def test_an_item_stopped_after_drafting_keeps_the_campaign_from_approval(county: County) -> None:
    found = campaign(county)
    ItemVersion.objects.update(effective_until=date(2026, 12, 1))
    with refused("campaign.items_in_force"):
        submit(county, found)


def test_who_is_no_coordinator_does_not_begin_one(county: County) -> None:
    with refused("basics.role"):
        services.campaigns.draft_campaign(actor=county.head, source=Campaign.Source.AD_HOC, values={})


def test_a_finished_draw_moves_its_campaign_on(county: County) -> None:
    draw = drawn(county)
    assert draw.campaign is not None
    assert now(draw.campaign).state == states.DRAWN
    services.campaigns.record_dispatch(actor=System(purpose="tests"), campaign_id=draw.campaign.pk)
    with refused("lifecycle.reason"):
        services.campaigns.close(actor=county.coordinator, campaign=draw.campaign, reason="")
    services.campaigns.close(actor=county.coordinator, campaign=draw.campaign, reason="三户均已检查")
    assert (now(draw.campaign).state, now(draw.campaign).end_reason) == (states.CLOSED, "三户均已检查")


def test_the_leader_takes_an_approved_campaign_back_unless_a_draw_is_under_way(county: County) -> None:
    idle = approved_campaign(county)
    with refused("lifecycle.role"):
        services.campaigns.cancel(actor=county.coordinator, campaign=idle, reason="计划有变")
    services.campaigns.cancel(actor=county.leader, campaign=idle, reason="计划有变")
    assert now(idle).state == states.CANCELLED
    busy = sealed(county, items="另一批").campaign
    assert busy is not None
    with refused("campaign.nothing_under_way"):
        services.campaigns.cancel(actor=county.leader, campaign=busy, reason="计划有变")


def test_visits_stay_within_what_was_approved(county: County) -> None:
    found = approved_campaign(county)
    with refused("draw.outside_campaign"):
        draft(county, found, visit_until=date(2026, 12, 19))


def test_the_pages_lead_from_a_draft_to_the_draw(county: County) -> None:
    clerk, leader = Client(), Client()
    sign_in(clerk, User.objects.get(pk=county.coordinator.id))
    sign_in(leader, User.objects.get(pk=county.leader.id))
    found = campaign(county)
    page = f"/planning/campaigns/{found.pk}/"
    assert "提请批准：工资支付随机抽查" in clerk.get("/").content.decode()
    shown = clerk.get(page).content.decode()
    assert "名单 10 户，可以抽取 10 户，将抽取 3 户" in shown
    clerk.post(f"{page}do/submit/", {"_once": idempotency.token()})
    approval = Approval.objects.get()
    read = leader.get(reverse("basics:approvals-detail", args=[approval.pk])).content.decode()
    assert "将抽取 3 户" in read
    assert "多起工资投诉" in read
    approvals.approve(actor=county.leader, approval_id=approval.pk, opinion="同意")
    after = clerk.get(page).content.decode()
    assert f"/planning/draws/new/?campaign={found.pk}" in after
    assert "拟定抽取：工资支付随机抽查" in clerk.get("/").content.decode()
    assert leader.post(f"{page}do/nothing/", {"_once": idempotency.token()}).status_code == 404
