"""二（四）: sections and departments share one draw; each brings its items and confirms its part."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mingcha.accounts.models import Unit, UnitKind, User
from mingcha.accounts.selectors import bureau
from mingcha.accounts.testing import as_officer, make_officer, make_unit, sign_in
from mingcha.base import idempotency
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.basics.models import Deadline
from mingcha.items.testing import published_item
from mingcha.kernel.testing import refused
from mingcha.ledger.models import Record
from mingcha.planning import services
from mingcha.planning.dispatch.diary import given, in_full
from mingcha.planning.dispatch.shares import nobody_answers, shares_of, shares_with_people
from mingcha.planning.models import Campaign, Dispatch, DispatchPart, Task
from mingcha.planning.selectors import assigned_in
from mingcha.planning.testing import County, approved, campaign, drawn, make_inspector
from mingcha.registry.models import Inspector

pytestmark = pytest.mark.django_db


class Joint:
    """A campaign of a section with four people and a department with two."""

    def __init__(self, county: County) -> None:
        self.lead = make_unit("劳动监察股", parent=bureau())
        self.department = make_unit("市场监管局", kind=UnitKind.PARTNER)
        Inspector.objects.filter(pk__in=[one.pk for one in county.inspectors]).update(unit=self.lead)
        self.theirs = [make_inspector(county.coordinator, n, self.department) for n in (21, 22)]
        self.head = as_officer(make_officer(Role.SECTION_HEAD, unit=self.lead, name="劳监股长"))
        self.partner = as_officer(make_officer(Role.PARTNER, unit=self.department, name="市监经办"))
        self.wages, self.prices = published_item("工资支付与最低工资"), published_item("职业中介收费公示")
        found = campaign(county, item_versions=[self.wages, self.prices], lead_unit=self.lead, total=6)
        found.joining_units.set([self.department])
        self.campaign = approved(county, found)

    def batch(self, county: County) -> Dispatch:
        """Drawn and handed on, not confirmed by anybody."""
        made = Dispatch.objects.get(draw=drawn(county, of=self.campaign))
        return services.dispatch.dispatch(actor=county.coordinator, batch=made)


@pytest.fixture
def joint(county: County) -> Joint:
    return Joint(county)


def seen(officer: Officer) -> int:
    return Task.objects.visible_to(officer).count()


def brought(found: Campaign) -> dict[Unit, list[str]]:
    return {share.unit: [item.name for item in share.items] for share in shares_of(found)}


def share_out(county: County, joint: Joint) -> None:
    shares = {joint.wages.pk: joint.lead.pk, joint.prices.pk: joint.department.pk}
    services.campaigns.share_out(actor=county.coordinator, campaign=joint.campaign, shares=shares)


def test_what_nobody_was_given_the_lead_brings(county: County, joint: Joint) -> None:
    both = [joint.wages.name, joint.prices.name]
    assert {u: sorted(i) for u, i in brought(joint.campaign).items()} == {
        joint.lead: sorted(both),
        joint.department: [],
    }
    share_out(county, joint)
    assert brought(joint.campaign) == {joint.lead: [joint.wages.name], joint.department: [joint.prices.name]}
    share_out(county, joint)
    assert Record.objects.filter(event="planning.campaign.shared").count() == 1


def test_only_items_and_units_of_the_campaign_are_shared_and_only_by_the_organiser(
    county: County, joint: Joint
) -> None:
    def attempt(actor: Officer, shares: dict[int, int]) -> None:
        services.campaigns.share_out(actor=actor, campaign=joint.campaign, shares=shares)

    with refused("basics.role"):
        attempt(joint.head, {joint.wages.pk: joint.lead.pk})
    with refused("campaign.foreign_share"):
        attempt(county.coordinator, {published_item("别的事项").pk: joint.lead.pk})
    with refused("campaign.foreign_share"):
        attempt(county.coordinator, {joint.wages.pk: make_unit("别的股").pk})


def test_one_draw_one_list_one_task_a_firm_and_one_visit(county: County, joint: Joint) -> None:
    batch = joint.batch(county)
    assert Dispatch.objects.count() == 1
    assert Task.objects.count() == len(set(Task.objects.values_list("subject", flat=True))) == 6
    share_out(county, joint)
    services.dispatch.confirm(actor=joint.head, batch=batch)
    services.dispatch.arrange(actor=joint.head, batch=batch)
    assert Task.objects.count() == 6
    assert sum(assigned_in(2026).values()) == 12


def test_every_unit_that_joins_sees_the_tasks_and_nobody_else(county: County, joint: Joint) -> None:
    joint.batch(county)
    stranger = as_officer(make_officer(Role.PARTNER, unit=make_unit("税务局", kind=UnitKind.PARTNER)))
    assert (seen(joint.head), seen(joint.partner), seen(stranger)) == (6, 6, 0)


def test_each_confirms_its_own_part_in_its_own_time(county: County, joint: Joint) -> None:
    batch = joint.batch(county)
    terms = {term.owner_unit: term for term in Deadline.objects.select_related("owner_unit")}
    assert {unit: term.due_on for unit, term in terms.items()} == {
        joint.lead: date(2026, 11, 25),
        joint.department: date(2026, 11, 25),
    }
    assert terms[joint.department].owner_role == Role.PARTNER
    part = DispatchPart.objects.get()
    with refused("task.leads"):
        services.dispatch.confirm(actor=joint.partner, batch=batch)
    with pytest.raises(DispatchPart.DoesNotExist):
        services.dispatch.confirm_part(actor=joint.head, part=part)
    services.dispatch.confirm_part(actor=joint.partner, part=part)
    services.dispatch.confirm_part(actor=joint.partner, part=part)
    assert Record.objects.filter(event="planning.dispatch.part_confirmed").count() == 1
    assert Deadline.objects.get(owner_unit=joint.department).state == "met"
    assert Deadline.objects.get(owner_unit=joint.lead).state == "running"
    services.dispatch.confirm(actor=joint.head, batch=batch)
    with refused("visit.others"):
        services.dispatch.arrange(actor=joint.partner, batch=batch)


def test_a_campaign_taken_back_leaves_no_term_for_anybody(county: County, joint: Joint) -> None:
    found = joint.campaign
    Campaign.objects.filter(pk=found.pk).update(superior_at="2026-11-20T15:00+08:00")
    Dispatch.objects.get(draw=drawn(county, of=Campaign.objects.get(pk=found.pk)))
    assert Deadline.objects.count() == 2
    services.campaigns.cancel(actor=county.leader, campaign=found, reason="计划有变")
    assert set(Deadline.objects.values_list("state", flat=True)) == {"cancelled"}


def test_who_of_a_unit_takes_part_is_said(county: County, joint: Joint) -> None:
    batch = joint.batch(county)
    tasks = list(given(Task.objects.filter(dispatch=batch)))
    going = {str(member) for task in tasks for member in task.team}
    found = {share.unit: set(share.people) for share in shares_with_people(joint.partner, batch, tasks)}
    assert found[joint.department] == going & {str(one) for one in joint.theirs}
    assert found[joint.lead] == going & {str(one) for one in county.inspectors}
    kind = Inspector.Kind.EXPERT
    none = {"certificate_number": "", "valid_from": None, "valid_until": None}
    expert = make_inspector(county.coordinator, 23, joint.department, kind=kind, name="高专家", **none)
    services.dispatch.add_companions(actor=joint.partner, tasks=tasks[:1], person=expert, purpose="核对价格")
    tasks = list(given(Task.objects.filter(dispatch=batch)))
    (theirs,) = [s for s in shares_with_people(joint.partner, batch, tasks) if s.unit == joint.department]
    assert "高专家（专家）" in theirs.people


def test_who_goes_is_said_before_the_list_is_handed_on(county: County, joint: Joint) -> None:
    made = Dispatch.objects.get(draw=drawn(county, of=joint.campaign))
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    answer = clerk.get(reverse("planning:dispatches-detail", args=[made.pk]))
    assert answer.status_code == 200
    text = answer.content.decode()
    card = text.partition("联合抽查的分工")[2].partition("</table>")[0]
    going = {str(member) for task in in_full(made.tasks.all()) for member in task.team}
    assert going
    assert [name for name in going if name not in card] == []
    assert "没有抽到本单位的人" not in card


def test_a_unit_in_which_nobody_may_confirm_is_named_before_the_list_waits_there(
    county: County, joint: Joint
) -> None:
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    campaign_page = reverse("planning:campaigns-detail", args=[joint.campaign.pk])
    said = "没有负责人，派发以后没有人能确认"
    assert said not in clerk.get(campaign_page).content.decode()
    User.objects.filter(pk=joint.partner.id).update(is_active=False)
    assert f"市场监管局{said}" in clerk.get(campaign_page).content.decode()
    batch = reverse("planning:dispatches-detail", args=[joint.batch(county).pk])
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    assert f"市场监管局{said}" in clerk.get(batch).content.decode()


def test_a_part_is_owed_after_the_lead_has_confirmed_and_so_is_who_may_confirm_it(
    county: County, joint: Joint
) -> None:
    batch = services.dispatch.confirm(actor=joint.head, batch=joint.batch(county))
    User.objects.filter(pk__in=[joint.head.id, joint.partner.id]).update(is_active=False)
    assert nobody_answers(batch) == [joint.department]


def test_a_department_names_its_own_people_only(county: County, joint: Joint) -> None:
    assert set(Inspector.objects.visible_to(joint.partner)) == set(joint.theirs)


def test_the_pages_show_the_parts_and_let_each_confirm_its_own(county: County, joint: Joint) -> None:
    clerk = sign_in(Client(), User.objects.get(pk=county.coordinator.id))
    form = reverse("planning:campaign-shares", args=[joint.campaign.pk])
    assert form in clerk.get(reverse("planning:campaigns-detail", args=[joint.campaign.pk])).content.decode()
    typed = {f"item-{joint.wages.pk}": joint.lead.pk, f"item-{joint.prices.pk}": joint.department.pk}
    assert clerk.post(form, {**typed, f"item-{joint.wages.pk}": "x", "_once": "t"}).status_code == 422
    assert clerk.post(form, {**typed, "_once": idempotency.token()}).status_code == 302
    batch = joint.batch(county)
    part = DispatchPart.objects.get()
    partner = sign_in(Client(), User.objects.get(pk=joint.partner.id))
    moved = partner.get(reverse("planning:dispatch-part", args=[part.pk]))
    page = reverse("planning:dispatches-detail", args=[batch.pk])
    assert moved["Location"] == page
    shown = partner.get(page).content.decode()
    confirm = reverse("planning:dispatch-part-confirm", args=[part.pk])
    assert confirm in shown
    assert f"{page}do/confirm/" not in shown
    partner.post(confirm, {"_once": idempotency.token()})
    assert confirm not in partner.get(page).content.decode()
    head = sign_in(Client(), User.objects.get(pk=joint.head.id))
    assert f"{page}do/confirm/" in head.get(page).content.decode()
    task = Task.objects.filter(dispatch=batch)[0]
    about = partner.get(reverse("planning:tasks-detail", args=[task.pk])).content.decode()
    assert "算一次入企" in about
    assert "市场监管局" in about
