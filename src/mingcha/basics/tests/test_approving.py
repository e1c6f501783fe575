"""Who approves what is data; a thing is approved once; who proposed it never approves it (design §4.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import strategies as st

from mingcha.accounts.models import DutyRecord, Unit, User
from mingcha.accounts.services import name_deputy
from mingcha.accounts.testing import as_officer, make_officer, make_unit
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import PUBLIC, Officer, System
from mingcha.basics.events import ApprovalGranted, ApprovalReturned, ApprovalStepTaken
from mingcha.basics.lifecycles import APPROVAL, ApprovalFacts
from mingcha.basics.models import Approval
from mingcha.basics.providers import waiting_approvals
from mingcha.basics.selectors import approvals as reading
from mingcha.basics.services import approvals, routes
from mingcha.basics.tests.factories import blind_at_first, heard, of, thing
from mingcha.kernel.refusal import Refused
from mingcha.kernel.testing import check_lifecycle

pytestmark = pytest.mark.usefixtures("loaded")


def test_the_table_keeps_the_promises_of_every_lifecycle() -> None:
    flags = st.booleans()
    facts = st.builds(ApprovalFacts, is_proposer=flags, may_take_step=flags, emergency_allowed=flags)
    check_lifecycle(APPROVAL, facts)


@pytest.fixture
def campaign() -> Thing:
    return thing("2026年劳务派遣抽查")


def propose(actor: Officer, about: Thing, kind: str = "campaign", **more: object) -> Approval:
    return approvals.propose(actor=actor, kind=kind, thing=about, summary="抽查方案与名单", **more)


def test_the_leader_approves_a_campaign_once(coordinator: Officer, leader: Officer, campaign: Thing) -> None:
    approval = propose(coordinator, campaign)
    assert approval.state == "submitted"
    with heard() as events:
        done = approvals.approve(actor=leader, approval_id=approval.pk, opinion="同意")
    assert done.state == "approved"
    (granted,) = of(events, ApprovalGranted)
    assert (granted.thing, granted.kind, granted.by) == (campaign, "campaign", leader)
    with pytest.raises(Refused) as refused:
        propose(coordinator, campaign)
    assert refused.value.codes == ("basics.approval.once",)


def test_who_proposes_the_same_in_the_same_moment_is_told_of_the_other(
    coordinator: Officer, campaign: Thing, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(coordinator, campaign)
    monkeypatch.setattr(reading, "of_thing", blind_at_first(reading.of_thing, None))
    with pytest.raises(Refused) as refused:
        approvals.draft(actor=coordinator, kind="campaign", thing=campaign)
    assert refused.value.codes == ("basics.approval.once",)


def test_who_proposed_does_not_approve_with_any_role(campaign: Thing) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.BUREAU_LEADER))
    approval = propose(both, campaign)
    with pytest.raises(Refused) as refused:
        approvals.approve(actor=both, approval_id=approval.pk)
    assert refused.value.codes == ("approval.own",)
    assert approval not in reading.awaiting(both)


def test_both_duties_are_on_record(coordinator: Officer, leader: Officer, campaign: Thing) -> None:
    approval = propose(coordinator, campaign)
    approvals.approve(actor=leader, approval_id=approval.pk)
    duties = DutyRecord.objects.filter(thing_type="basics.approval", thing_id=approval.pk)
    assert set(duties.values_list("user_id", "duty")) == {(coordinator.id, "propose"), (leader.id, "approve")}


def test_another_role_does_not_take_the_step(coordinator: Officer, campaign: Thing) -> None:
    approval = propose(coordinator, campaign)
    overseer = as_officer(make_officer(Role.OVERSEER))
    with pytest.raises(Refused) as refused:
        approvals.approve(actor=overseer, approval_id=approval.pk)
    assert refused.value.codes == ("approval.step",)
    assert "局领导" in refused.value.text()


def test_the_head_of_the_proposing_section_takes_its_step_and_no_other_head(campaign: Thing) -> None:
    labour, insurance = make_unit("劳动监察股"), make_unit("社保稽核股")
    proposer = as_officer(make_officer(Role.INSPECTOR, unit=labour))
    head = as_officer(make_officer(Role.SECTION_HEAD, unit=labour))
    other = as_officer(make_officer(Role.SECTION_HEAD, unit=insurance))
    approval = propose(proposer, campaign, kind="correction")
    assert not Approval.objects.visible_to(other).exists()
    with pytest.raises(Approval.DoesNotExist):
        approvals.approve(actor=other, approval_id=approval.pk)
    assert list(reading.awaiting(head)) == [approval]
    assert approvals.approve(actor=head, approval_id=approval.pk).state == "approved"


def test_a_step_may_belong_to_a_fixed_unit(administrator: Officer, campaign: Thing) -> None:
    brigade, training = make_unit("劳动监察大队"), make_unit("培训股")
    routes.set_route(
        actor=administrator,
        kind="case-opening",
        label="立案审批",
        basis="条例第十四条",
        steps=[routes.Step("监察机构负责人", Role.SECTION_HEAD, Reach.SECTION, unit_id=brigade.pk)],
    )
    proposer = as_officer(make_officer(Role.INSPECTOR, unit=training))
    own_head = as_officer(make_officer(Role.SECTION_HEAD, unit=training))
    brigade_head = as_officer(make_officer(Role.SECTION_HEAD, unit=brigade))
    approval = propose(proposer, campaign, kind="case-opening")
    with pytest.raises(Refused) as refused:
        approvals.approve(actor=own_head, approval_id=approval.pk)
    assert refused.value.codes == ("approval.step",)
    assert approvals.approve(actor=brigade_head, approval_id=approval.pk).state == "approved"


@pytest.fixture
def two_steps(administrator: Officer) -> None:
    routes.set_route(
        actor=administrator,
        kind="campaign",
        label="抽查方案审批",
        basis="局党组会议纪要",
        steps=[
            routes.Step("综合股审核", Role.SECTION_HEAD),
            routes.Step("局领导批准", Role.BUREAU_LEADER),
        ],
    )


def test_steps_are_taken_in_their_order(
    two_steps: None, coordinator: Officer, leader: Officer, campaign: Thing
) -> None:
    head = as_officer(make_officer(Role.SECTION_HEAD, reach=Reach.BUREAU))
    approval = propose(coordinator, campaign)
    with pytest.raises(Refused):
        approvals.approve(actor=leader, approval_id=approval.pk)
    with heard() as events:
        assert approvals.approve(actor=head, approval_id=approval.pk).state == "submitted"
    assert len(of(events, ApprovalStepTaken)) == 1 and not of(events, ApprovalGranted)
    assert list(reading.awaiting(head)) == [] and list(reading.awaiting(leader)) == [approval]
    assert approvals.approve(actor=leader, approval_id=approval.pk).state == "approved"


def test_a_step_of_the_bureau_is_not_taken_by_the_head_of_a_section(
    two_steps: None, coordinator: Officer, campaign: Thing
) -> None:
    assert coordinator.unit_id is not None
    own_head = as_officer(
        make_officer(Role.SECTION_HEAD, unit=Unit.objects.get(pk=coordinator.unit_id), reach=Reach.SECTION)
    )
    approval = propose(coordinator, campaign)
    step = approval.current_step
    assert step is not None
    assert (step.reach, reading.standing(own_head, step)) == (Reach.BUREAU, None)
    assert list(reading.awaiting(own_head)) == []
    with pytest.raises(Refused) as refused:
        approvals.approve(actor=own_head, approval_id=approval.pk)
    assert refused.value.codes == ("approval.step",)


def test_a_changed_route_leaves_approvals_under_way_alone(
    coordinator: Officer, leader: Officer, campaign: Thing, administrator: Officer
) -> None:
    approval = propose(coordinator, campaign)
    routes.set_route(
        actor=administrator,
        kind="campaign",
        label="抽查方案审批",
        basis="新规定",
        steps=[routes.Step("股室负责人", Role.SECTION_HEAD)],
    )
    assert approvals.approve(actor=leader, approval_id=approval.pk).state == "approved"


def test_returned_with_a_reason_it_can_be_submitted_again(
    two_steps: None, coordinator: Officer, leader: Officer, campaign: Thing
) -> None:
    head = as_officer(make_officer(Role.SECTION_HEAD, reach=Reach.BUREAU))
    approval = propose(coordinator, campaign)
    approvals.approve(actor=head, approval_id=approval.pk)
    with pytest.raises(Refused) as refused:
        approvals.return_(actor=leader, approval_id=approval.pk, reason="")
    assert refused.value.codes == ("lifecycle.reason",)
    with heard() as events:
        approvals.return_(actor=leader, approval_id=approval.pk, reason="名单未附")
    (returned,) = of(events, ApprovalReturned)
    assert (returned.why, returned.kind) == ("名单未附", "campaign")
    assert "被退回" in next(iter(waiting_approvals(coordinator))).title
    again = propose(coordinator, campaign)
    assert again.pk == approval.pk
    assert [step.state for step in again.steps.order_by("order")] == ["current", "waiting"]
    approvals.approve(actor=head, approval_id=approval.pk)
    assert approvals.approve(actor=leader, approval_id=approval.pk).state == "approved"


def test_only_the_proposer_withdraws_and_then_it_may_be_proposed_anew(
    coordinator: Officer, leader: Officer, campaign: Thing
) -> None:
    approval = propose(coordinator, campaign)
    with pytest.raises(Refused) as refused:
        approvals.withdraw(actor=leader, approval_id=approval.pk, reason="不办了")
    assert refused.value.codes == ("approval.proposer",)
    approvals.withdraw(actor=coordinator, approval_id=approval.pk, reason="方案要改")
    assert list(reading.awaiting(leader)) == []
    assert propose(coordinator, campaign).pk != approval.pk


def test_what_is_decided_is_not_decided_again(coordinator: Officer, leader: Officer, campaign: Thing) -> None:
    approval = propose(coordinator, campaign)
    approvals.approve(actor=leader, approval_id=approval.pk)
    for verb in (
        lambda: approvals.approve(actor=leader, approval_id=approval.pk),
        lambda: approvals.return_(actor=leader, approval_id=approval.pk, reason="反悔"),
        lambda: approvals.withdraw(actor=coordinator, approval_id=approval.pk, reason="反悔"),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.codes == ("lifecycle.not_here",)


def test_a_deputy_acts_in_their_own_name_for_whom_they_stand_in(
    coordinator: Officer, leader: Officer, system: System, campaign: Thing
) -> None:
    deputy = make_officer(Role.SECTION_HEAD, name="副职")
    today = clock.today()
    name_deputy(
        actor=system,
        user=User.objects.get(pk=leader.id),
        deputy=deputy,
        since=today,
        until=today + timedelta(days=3),
    )
    approval = propose(coordinator, campaign)
    approvals.approve(actor=as_officer(deputy), approval_id=approval.pk)
    step = approval.steps.get()
    assert (step.decided_by_id, step.decided_for_id) == (deputy.pk, leader.id)


def test_a_deputy_named_on_the_route_takes_the_step_without_the_role(
    administrator: Officer, coordinator: Officer, campaign: Thing
) -> None:
    deputy = make_officer(Role.SECTION_HEAD)
    routes.set_route(
        actor=administrator,
        kind="campaign",
        label="抽查方案审批",
        basis="局党组会议纪要",
        steps=[routes.Step("局领导批准", Role.BUREAU_LEADER, deputy_id=deputy.pk)],
    )
    approval = propose(coordinator, campaign)
    assert list(reading.awaiting(as_officer(deputy))) == [approval]
    assert approvals.approve(actor=as_officer(deputy), approval_id=approval.pk).state == "approved"


def test_a_kind_without_an_active_route_is_refused(
    administrator: Officer, coordinator: Officer, campaign: Thing
) -> None:
    with pytest.raises(Refused) as refused:
        propose(coordinator, campaign, kind="nothing")
    assert refused.value.codes == ("basics.route.none",)
    with pytest.raises(Refused):
        routes.set_route(actor=administrator, kind="x", label="某审批", basis="某文", steps=[])
    with pytest.raises(Refused):
        routes.set_route(
            actor=coordinator, kind="x", label="某审批", basis="某文", steps=[routes.Step("x", Role.PARTNER)]
        )


def test_what_waits_for_me_is_among_my_next_steps_and_nobody_elses(
    coordinator: Officer, leader: Officer, campaign: Thing
) -> None:
    propose(coordinator, campaign)
    (step,) = waiting_approvals(leader)
    assert "2026年劳务派遣抽查" in step.title
    assert list(waiting_approvals(coordinator)) == []


def test_strangers_and_the_public_see_no_approval(coordinator: Officer, campaign: Thing) -> None:
    propose(coordinator, campaign)
    assert not Approval.objects.visible_to(as_officer(make_officer(Role.INSPECTOR))).exists()
    assert not Approval.objects.visible_to(PUBLIC).exists()


def test_the_platform_may_propose_but_never_approves(
    system: System, leader: Officer, campaign: Thing
) -> None:
    approval = approvals.propose(actor=system, kind="campaign", thing=campaign)
    with pytest.raises(Refused):
        approvals.approve(actor=system, approval_id=approval.pk)
    assert approvals.approve(actor=leader, approval_id=approval.pk).state == "approved"
