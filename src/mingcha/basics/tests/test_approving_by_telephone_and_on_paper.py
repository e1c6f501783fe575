"""Urgent: by telephone, recorded, made up in time or on the overseer's list. Paper: signed, scanned, kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.accounts.testing import as_officer, make_officer
from mingcha.base import clock
from mingcha.base.clock import SHANGHAI, FixedClock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System
from mingcha.basics.events import ApprovalGranted, ApprovalMadeUp, SignedPaperKept
from mingcha.basics.models import Approval, Attachment, Deadline
from mingcha.basics.providers import approvals_not_made_up
from mingcha.basics.selectors import approvals as reading
from mingcha.basics.services import approvals, deadlines
from mingcha.basics.tests.factories import PDF, heard, of, thing
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def overseer() -> Officer:
    return as_officer(make_officer(Role.OVERSEER))


@pytest.fixture
def inspection() -> Thing:
    return thing("某公司突发欠薪检查")


def telephoned(actor: Officer, approver: Officer, about: Thing, **more: object) -> Approval:
    drafted = approvals.draft(actor=actor, kind="inspection", thing=about)
    values = {
        "approver_id": approver.id,
        "spoken_at": clock.now() - timedelta(minutes=10),
        "reason": "证据可能灭失",
    }
    return approvals.telephone(actor=actor, approval_id=drafted.pk, **{**values, **more})


def test_a_call_grants_at_once_and_starts_the_term_of_making_up(
    coordinator: Officer, leader: Officer, inspection: Thing
) -> None:
    with heard() as events:
        approval = telephoned(coordinator, leader, inspection)
    assert approval.state == "by_telephone" and approval.telephoned_by_id == leader.id
    (granted,) = of(events, ApprovalGranted)
    assert granted.by == leader
    deadline = Deadline.objects.get()
    assert (deadline.rule.code, deadline.due_on) == ("EMERGENCY_APPROVAL", date(2026, 11, 25))


def test_the_approver_makes_it_up_and_the_term_is_met(
    coordinator: Officer, leader: Officer, inspection: Thing
) -> None:
    approval = telephoned(coordinator, leader, inspection)
    assert list(reading.awaiting(leader)) == [approval]
    with heard() as events:
        done = approvals.approve(actor=leader, approval_id=approval.pk, opinion="补办")
    assert done.state == "approved" and done.made_up_at is not None
    assert len(of(events, ApprovalMadeUp)) == 1
    assert not of(events, ApprovalGranted)
    assert Deadline.objects.get().state == "met"


def test_not_made_up_in_time_it_is_on_the_overseers_list(
    coordinator: Officer, leader: Officer, overseer: Officer, inspection: Thing, now: FixedClock
) -> None:
    approval = telephoned(coordinator, leader, inspection)
    assert list(approvals_not_made_up(overseer)) == []
    now.advance(days=3)
    deadlines.watch(actor=System(purpose="tests"))
    assert list(reading.not_made_up(overseer, overdue_only=True)) == [approval]
    (step,) = approvals_not_made_up(overseer)
    assert step.tone == "danger"
    approvals.approve(actor=leader, approval_id=approval.pk)
    assert list(approvals_not_made_up(overseer)) == []
    assert Deadline.objects.get().state == "met_late"


def test_one_cannot_telephone_oneself(inspection: Thing) -> None:
    both = as_officer(make_officer(Role.INSPECTOR, Role.BUREAU_LEADER))
    with pytest.raises(Refused) as refused:
        telephoned(both, both, inspection)
    assert refused.value.codes == ("basics.approval.approver",)


def test_who_may_not_approve_cannot_be_telephoned(coordinator: Officer, inspection: Thing) -> None:
    colleague = as_officer(make_officer(Role.INSPECTOR))
    with pytest.raises(Refused) as refused:
        telephoned(coordinator, colleague, inspection)
    assert refused.value.codes == ("basics.approval.approver",)


def test_a_call_has_a_reason_and_lies_in_the_past(
    coordinator: Officer, leader: Officer, inspection: Thing
) -> None:
    with pytest.raises(Refused) as refused:
        telephoned(coordinator, leader, inspection, reason=" ")
    assert refused.value.codes == ("lifecycle.reason",)
    approvals.withdraw(
        actor=coordinator, approval_id=Approval.objects.get(state="draft").pk, reason="重新登记"
    )
    with pytest.raises(Refused) as refused:
        telephoned(coordinator, leader, inspection, spoken_at=clock.now() + timedelta(hours=1))
    assert refused.value.codes == ("basics.approval.future",)


def test_a_kind_without_emergency_is_not_approved_by_telephone(
    coordinator: Officer, leader: Officer, inspection: Thing
) -> None:
    drafted = approvals.draft(actor=coordinator, kind="campaign", thing=inspection)
    with pytest.raises(Refused) as refused:
        approvals.telephone(
            actor=coordinator,
            approval_id=drafted.pk,
            approver_id=leader.id,
            spoken_at=clock.now(),
            reason="着急",
        )
    assert refused.value.codes == ("approval.no_emergency",)


def scan(actor: Officer, approval: Approval, **more: object) -> Approval:
    values = {"signed_on": clock.today(), "file": SimpleUploadedFile("审批表.pdf", PDF)}
    return approvals.keep_signed_paper(actor=actor, approval_id=approval.pk, **{**values, **more})


@pytest.fixture
def submitted(coordinator: Officer, inspection: Thing) -> Approval:
    return approvals.propose(actor=coordinator, kind="inspection", thing=inspection)


def test_a_signature_takes_the_step_and_both_times_are_kept(
    coordinator: Officer, leader: Officer, submitted: Approval, now: FixedClock
) -> None:
    now.advance(days=1)
    with heard() as events:
        done = scan(coordinator, submitted, signer_id=leader.id, signed_on=date(2026, 11, 23))
    assert done.state == "approved"
    assert (done.signed_on, done.scanned_at) == (
        date(2026, 11, 23),
        datetime(2026, 11, 24, 9, tzinfo=SHANGHAI),
    )
    step = done.steps.get()
    assert (step.decided_by_id, step.recorded_by_id, step.on_paper) == (leader.id, coordinator.id, True)
    assert len(of(events, SignedPaperKept)) == len(of(events, ApprovalGranted)) == 1
    assert Attachment.objects.get().purpose == "signed-paper"


def test_paper_makes_up_a_telephone_approval(
    coordinator: Officer, leader: Officer, inspection: Thing
) -> None:
    approval = telephoned(coordinator, leader, inspection)
    assert scan(coordinator, approval, signer_id=leader.id).state == "approved"
    assert Deadline.objects.get().state == "met"


def test_the_proposers_own_signature_decides_nothing(inspection: Thing) -> None:
    both = as_officer(make_officer(Role.COORDINATOR, Role.BUREAU_LEADER))
    approval = approvals.propose(actor=both, kind="inspection", thing=inspection)
    with pytest.raises(Refused) as refused:
        scan(both, approval, signer_id=both.id)
    assert refused.value.codes == ("basics.approval.approver",)
    assert not Attachment.objects.exists()


def test_a_paper_says_who_signed_and_a_day_that_can_be(
    coordinator: Officer, leader: Officer, submitted: Approval
) -> None:
    with pytest.raises(Refused) as refused:
        scan(coordinator, submitted)
    assert refused.value.codes == ("basics.approval.signer",)
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(Refused) as refused:
            scan(coordinator, submitted, signer_id=leader.id, signed_on=day)
        assert refused.value.codes == ("basics.approval.paper_date",)


def test_a_decided_approval_keeps_its_paper_too(
    coordinator: Officer, leader: Officer, submitted: Approval
) -> None:
    approvals.approve(actor=leader, approval_id=submitted.pk)
    with heard() as events:
        done = scan(coordinator, submitted)
    assert done.signed_paper is not None and done.state == "approved"
    assert not of(events, ApprovalGranted)
    assert not done.steps.get().on_paper


def test_a_stranger_brings_no_paper(leader: Officer, submitted: Approval, overseer: Officer) -> None:
    with pytest.raises(Refused) as refused:
        scan(overseer, submitted, signer_id=leader.id)
    assert refused.value.codes == ("basics.approval.clerk",)


def test_a_draft_has_no_paper_yet(coordinator: Officer, leader: Officer, inspection: Thing) -> None:
    drafted = approvals.draft(actor=coordinator, kind="inspection", thing=inspection)
    with pytest.raises(Refused) as refused:
        scan(coordinator, drafted, signer_id=leader.id)
    assert refused.value.codes == ("basics.approval.paper_state",)
