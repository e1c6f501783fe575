"""A returned campaign is proposed again by its own verb, by whoever may, not by its approval."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import User
from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Approval
from mingcha.basics.providers import waiting_approvals
from mingcha.basics.selectors import approvals as reading
from mingcha.basics.services import approvals
from mingcha.kernel.testing import refused
from mingcha.planning import services
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.models import Campaign
from mingcha.planning.services.campaigns.moving import ROUTE
from mingcha.planning.testing import County, campaign


def approval_of(one: Campaign) -> Approval:
    found = reading.of_thing(ROUTE, Thing.of(one))
    assert found is not None
    return found


def came_back(county: County) -> Campaign:
    made = campaign(county)
    services.campaigns.submit(actor=county.coordinator, campaign=made)
    approvals.return_(actor=county.leader, approval_id=approval_of(made).pk, reason="户数太少")
    return Campaign.objects.get(pk=made.pk)


def another_coordinator(county: County) -> Officer:
    unit = User.objects.get(pk=county.coordinator.id).unit
    return as_officer(make_officer(Role.COORDINATOR, unit=unit))


def test_its_approval_is_neither_submitted_nor_withdrawn_while_it_is_a_draft(county: County) -> None:
    back = came_back(county)
    assert back.state == states.DRAFT
    with refused("approval.elsewhere"):
        approvals.submit(actor=county.coordinator, approval_id=approval_of(back).pk)
    with refused("approval.elsewhere"):
        approvals.withdraw(actor=county.coordinator, approval_id=approval_of(back).pk, reason="不办了")


def test_the_page_of_the_approval_says_where_to_go(county: County, client: Client) -> None:
    back = came_back(county)
    sign_in(client, User.objects.get(pk=county.coordinator.id))
    page = client.get(reverse("basics:approvals-detail", args=[approval_of(back).pk])).content.decode()
    assert "修改后重新提请" in page
    assert reverse("basics:approvals-withdraw", args=[approval_of(back).pk]) not in page


def test_the_home_page_leads_to_the_campaign_until_it_is_given_up(county: County) -> None:
    back = came_back(county)
    (step,) = waiting_approvals(county.coordinator)
    assert "被退回" in step.title and "户数太少" in step.detail
    assert step.url == reverse("planning:campaigns-detail", args=[back.pk])

    services.campaigns.drop(actor=county.coordinator, campaign=back, reason="今年不查了")
    (step,) = waiting_approvals(county.coordinator)
    assert "没有同意" in step.title
    assert list(reading.mine(county.coordinator)) == []

    county.clock.advance(days=8)
    assert list(waiting_approvals(county.coordinator)) == []


def test_another_coordinator_proposes_it_again_and_is_its_proposer_then(county: County) -> None:
    back = came_back(county)
    other = another_coordinator(county)
    services.campaigns.submit(actor=other, campaign=back)

    again = approval_of(back)
    assert (again.state, again.proposed_by_id) == ("submitted", other.id)
    with refused("approval.proposer"):
        approvals.withdraw(actor=county.coordinator, approval_id=again.pk, reason="我来改")
    approvals.approve(actor=county.leader, approval_id=again.pk)
    assert Campaign.objects.get(pk=back.pk).state == states.APPROVED
