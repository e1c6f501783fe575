"""Approving (design §4.7). Who approves what is data; one approval covers a thing once.

    propose(actor=…, kind="campaign", thing=Thing.of(campaign), summary="…")   → submitted
    approve(actor=…, approval_id=…, opinion="同意")
    return_(actor=…, approval_id=…, reason="…")          the proposer may submit it again
    telephone(actor=…, approval_id=…, approver_id=…, spoken_at=…, reason="…")   to be made up in time
    keep_signed_paper(actor=…, approval_id=…, file=…, signed_on=…, signer_id=…)

Apps react to `ApprovalGranted` and `ApprovalReturned` in their handlers. Whoever proposed never approves;
a deputy acts in their own name, recorded with whom they stood in for.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from mingcha.accounts import selectors as people
from mingcha.accounts.duties import perform
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.events import (
    ApprovalDrafted,
    ApprovalEvent,
    ApprovalGranted,
    ApprovalMadeUp,
    ApprovalReturned,
    ApprovalStepTaken,
    ApprovalSubmitted,
    ApprovalWithdrawn,
    SignedPaperKept,
)
from mingcha.basics.lifecycles import APPROVAL, ApprovalFacts
from mingcha.basics.models import Approval, ApprovalStep
from mingcha.basics.models.approvals import ApprovalState, StepState
from mingcha.basics.rules import acting_roles, refuse, user_id_of
from mingcha.basics.selectors import approvals as reading
from mingcha.basics.services import attachments, deadlines
from mingcha.kernel.refusal import Refused, gettext_noop

_SIGNED = "signed-paper"


@service
def draft(
    *, actor: Viewer, kind: str, thing: Thing, summary: str = "", unit_id: int | None = None
) -> Approval:
    """Prepare an approval of a kind on a thing; Refused when one stands already.

    `unit_id` is the section it belongs to; the proposer's own when left out.
    """
    route = reading.route(kind)
    standing = reading.of_thing(kind, thing)
    if standing is not None:
        raise _stands(standing, thing)
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                route=route,
                thing_type=thing.type,
                thing_id=thing.id,
                thing_label=thing.label[:200],
                unit_id=unit_id or (actor.unit_id if isinstance(actor, Officer) else None),
                summary=summary.strip(),
                proposed_by_id=user_id_of(actor),
                created_at=clock.now(),
            )
    except IntegrityError:
        # Somebody proposed the same in this very moment: the database keeps one, the other is told.
        standing = reading.of_thing(kind, thing)
        if standing is None:
            raise
        raise _stands(standing, thing) from None
    for step in route.steps.all():
        ApprovalStep.objects.create(
            approval=approval,
            order=step.order,
            label=step.label,
            role=step.role,
            reach=step.reach,
            unit_id=step.unit_id,
            deputy_id=step.deputy_id,
        )
    _emit(ApprovalDrafted, approval, actor)
    return approval


def _stands(standing: Approval, thing: Thing) -> Refused:
    return refuse(
        "approval.once",
        gettext_noop("“%(thing)s”的%(route)s已经有一件审批，目前为“%(state)s”"),
        gettext_noop("一件事项只审批一次：请办理原来的那一件，或由提请人撤回后重新提请"),
        basis=standing.route.basis,
        thing=thing.label or thing.type,
        route=standing.route.label,
        state=standing.get_state_display(),
    )


@service
def submit(*, actor: Viewer, approval_id: int, summary: str | None = None) -> Approval:
    """Hand a draft, or one that was returned, to the first step of its route; pressed on its own page."""
    approval = _locked(actor, approval_id)
    _decide(approval, "submit", actor)
    if summary is not None:
        approval.summary = summary.strip()
    return _hand_in(approval, actor)


def _hand_in(approval: Approval, actor: Viewer) -> Approval:
    """Its route begins anew."""
    perform(actor=actor, duty="propose", thing=Thing.of(approval))
    approval.state, approval.submitted_at = ApprovalState.SUBMITTED, clock.now()
    approval.decided_at = None
    approval.save()
    _restart_steps(approval)
    _emit(ApprovalSubmitted, approval, actor, why=approval.summary)
    return approval


@service
def propose(
    *, actor: Viewer, kind: str, thing: Thing, summary: str = "", unit_id: int | None = None
) -> Approval:
    """Draft and submit in one; a draft or returned approval of the thing is submitted again.

    Whoever proposes again is its proposer from then on: the thing's own verb has asked who may.
    """
    standing = reading.of_thing(kind, thing)
    if standing is None or standing.state not in (ApprovalState.DRAFT, ApprovalState.RETURNED):
        made = draft(actor=actor, kind=kind, thing=thing, summary=summary, unit_id=unit_id)
        return submit(actor=actor, approval_id=made.pk)
    rows: Any = Approval.objects.select_for_update(of=("self",)).select_related("route")
    approval: Approval = rows.get(pk=standing.pk)
    APPROVAL.decide(approval.state, "submit", acting_roles(actor), ApprovalFacts(is_proposer=True))
    approval.proposed_by_id = user_id_of(actor)
    approval.thing_label, approval.unit_id = thing.label[:200], unit_id or approval.unit_id
    approval.summary = summary.strip()
    return _hand_in(approval, actor)


@service
def approve(*, actor: Viewer, approval_id: int, opinion: str = "") -> Approval:
    """Take the current step. The last step grants the approval, or makes up the one given by telephone."""
    approval = _locked(actor, approval_id)
    _decide(approval, "approve", actor)
    assert isinstance(actor, Officer)  # noqa: S101  the guard "takes this step" admits officers only
    return _take_step(approval, by=actor, opinion=opinion)


@service
def return_(*, actor: Viewer, approval_id: int, reason: str) -> Approval:
    """Send it back to the proposer with the reason."""
    approval = _locked(actor, approval_id)
    _decide(approval, "return", actor, reason=reason)
    assert isinstance(actor, Officer)  # noqa: S101  the guard "takes this step" admits officers only
    _mark_step(approval, StepState.RETURNED, by=actor, opinion=reason)
    approval.state, approval.decided_at = ApprovalState.RETURNED, clock.now()
    approval.save(update_fields=["state", "decided_at"])
    _emit(ApprovalReturned, approval, actor, why=reason.strip())
    return approval


@service
def withdraw(*, actor: Viewer, approval_id: int, reason: str) -> Approval:
    """Take a proposal back before it is decided; the thing may then be proposed anew."""
    approval = _locked(actor, approval_id)
    _decide(approval, "withdraw", actor, reason=reason)
    return _take_back(approval, actor, reason)


@service
def leave_route(*, actor: Viewer, kind: str, thing: Thing, reason: str) -> None:
    """End what came back along a route that the thing no longer takes; nothing else is touched.

    Nobody could end it any more: the thing is proposed along another route, by a verb that asked who may.
    """
    standing = reading.of_thing(kind, thing)
    if standing is not None and standing.state == ApprovalState.RETURNED:
        facts = ApprovalFacts(is_proposer=True)
        APPROVAL.decide(standing.state, "withdraw", acting_roles(actor), facts, reason=reason)
        _take_back(standing, actor, reason)


def _take_back(approval: Approval, actor: Viewer, reason: str) -> Approval:
    approval.state, approval.decided_at = ApprovalState.WITHDRAWN, clock.now()
    approval.save(update_fields=["state", "decided_at"])
    approval.steps.filter(state=StepState.CURRENT).update(state=StepState.WAITING)
    _emit(ApprovalWithdrawn, approval, actor, why=reason.strip())
    return approval


@service
def telephone(
    *, actor: Viewer, approval_id: int, approver_id: int, spoken_at: datetime, reason: str
) -> Approval:
    """Record that whoever takes the last step agreed by telephone; it is granted and must be made up.

    The term of making up runs from the day of the call; past it, the overseer's list shows it.
    """
    approval = _locked(actor, approval_id)
    _decide(approval, "telephone", actor, reason=reason)
    approver = _approver(approval, approver_id, approval.steps.order_by("order").last())
    if spoken_at > clock.now():
        raise refuse(
            "approval.future",
            gettext_noop("电话批准的时间晚于现在"),
            gettext_noop("请填写实际通话时间"),
            basis=approval.route.basis,
        )
    perform(actor=actor, duty="propose", thing=Thing.of(approval))
    if approval.state == ApprovalState.DRAFT:
        _restart_steps(approval)
        approval.submitted_at = clock.now()
    approval.state, approval.emergency = ApprovalState.BY_TELEPHONE, True
    approval.telephoned_by_id, approval.telephoned_at = approver.id, spoken_at
    approval.emergency_why = reason.strip()[:500]
    approval.save()
    deadlines.start(
        actor=actor,
        rule=approval.route.emergency_rule,
        thing=Thing.of(approval),
        started_on=clock.day_of(spoken_at),
        owner=deadlines.Owner(user_id=approval.proposed_by_id, unit_id=approval.unit_id),
    )
    _emit(ApprovalGranted, approval, approver, why=reason.strip(), by_telephone=True)
    return approval


@service
def keep_signed_paper(
    *, actor: Viewer, approval_id: int, file: File[Any], signed_on: date, signer_id: int | None = None
) -> Approval:
    """Keep the scan of the printed and signed sheet, with the day of signing and the moment of scanning.

    While a step waits, the signature takes that step: `signer_id` is who signed, and the actor is on
    record as who entered it. Once everything is decided, the paper is only kept.
    """
    approval = _locked(actor, approval_id)
    _check_paper(approval, actor, signed_on)
    paper = attachments.add(actor=actor, file=file, thing=Thing.of(approval), purpose=_SIGNED)
    approval.signed_paper, approval.signed_on, approval.scanned_at = paper, signed_on, clock.now()
    approval.save(update_fields=["signed_paper", "signed_on", "scanned_at"])
    _emit(SignedPaperKept, approval, actor, signed_on=signed_on, sha256=paper.sha256)
    if approval.state in (ApprovalState.SUBMITTED, ApprovalState.BY_TELEPHONE):
        if signer_id is None:
            raise refuse(
                "approval.signer",
                gettext_noop("没有写明谁在纸面上签字"),
                gettext_noop("请选择签字的审批人"),
                basis=approval.route.basis,
            )
        signer = _approver(approval, signer_id, approval.current_step)
        return _take_step(approval, by=signer, opinion="", recorder=user_id_of(actor))
    return approval


def _locked(actor: Viewer, approval_id: int) -> Approval:
    rows: Any = Approval.objects.visible_to(actor).select_for_update(of=("self",)).select_related("route")
    return rows.get(pk=approval_id)


def _decide(approval: Approval, verb: str, actor: Viewer, *, reason: str = "") -> None:
    """Ask the lifecycle table; the platform proposes only what it drafted itself."""
    facts = reading.facts(approval, actor)
    if not isinstance(actor, Officer) and approval.proposed_by_id is None:
        facts = type(facts)(**{**vars(facts), "is_proposer": verb != "approve"})
    APPROVAL.decide(approval.state, verb, acting_roles(actor), facts, reason=reason)


def _restart_steps(approval: Approval) -> None:
    """Every step is to be taken anew, the first one now."""
    steps = list(approval.steps.order_by("order"))
    for place, step in enumerate(steps):
        step.state = StepState.CURRENT if place == 0 else StepState.WAITING
        step.decided_by = step.decided_for = step.recorded_by = None
        step.decided_at, step.on_paper, step.opinion = None, False, ""
        step.save()


def _approver(approval: Approval, user_id: int, step: ApprovalStep | None) -> Officer:
    """The person who decided outside the system; Refused unless the route lets them take the step."""
    officer = people.officer_by_id(user_id)
    able = officer is not None and step is not None and reading.standing(officer, step) is not None
    if officer is None or not able or officer.id in reading.barred([approval])[approval.pk]:
        raise refuse(
            "approval.approver",
            gettext_noop("所选的人不能办理“%(step)s”"),
            gettext_noop("请选择路线规定的审批人；提请的、办理过这件事的人不能审批"),
            basis=approval.route.basis,
            step=step.label if step else "—",
        )
    return officer


def _check_paper(approval: Approval, actor: Viewer, signed_on: date) -> None:
    clerk = isinstance(actor, Officer) and actor.has(Role.COORDINATOR)
    if not clerk and user_id_of(actor) != approval.proposed_by_id:
        raise refuse(
            "approval.clerk",
            gettext_noop("只有提请人或综合经办可以回传签字原件"),
            gettext_noop("请把原件交给提请人或综合经办"),
            basis=approval.route.basis,
        )
    begun = approval.telephoned_at or approval.submitted_at
    if begun is None or approval.state in (
        ApprovalState.DRAFT,
        ApprovalState.RETURNED,
        ApprovalState.WITHDRAWN,
    ):
        raise refuse(
            "approval.paper_state",
            gettext_noop("这件审批目前为“%(state)s”，不能回传签字原件"),
            gettext_noop("请先提交审批，打印审批表签字后再回传"),
            basis=approval.route.basis,
            state=approval.get_state_display(),
        )
    if not clock.day_of(begun) <= signed_on <= clock.today():
        raise refuse(
            "approval.paper_date",
            gettext_noop("签字日期 %(day)s 不在提请之后、今天之前"),
            gettext_noop("请按原件上的日期填写"),
            basis=approval.route.basis,
            day=signed_on.isoformat(),
        )


def _take_step(approval: Approval, *, by: Officer, opinion: str, recorder: int | None = None) -> Approval:
    perform(actor=by, duty="approve", thing=Thing.of(approval))
    step = _mark_step(approval, StepState.APPROVED, by=by, opinion=opinion, recorder=recorder)
    following = approval.steps.filter(state=StepState.WAITING).order_by("order").first()
    if following is not None:
        following.state = StepState.CURRENT
        following.save(update_fields=["state"])
        _emit(ApprovalStepTaken, approval, by, why=opinion.strip(), step=step.label)
        return approval
    made_up = approval.state == ApprovalState.BY_TELEPHONE
    approval.state, approval.decided_at = ApprovalState.APPROVED, clock.now()
    if made_up:
        approval.made_up_at = clock.now()
    approval.save()
    if made_up:
        deadlines.meet(actor=by, rule=approval.route.emergency_rule, thing=Thing.of(approval))
        _emit(ApprovalMadeUp, approval, by, why=opinion.strip(), step=step.label)
    else:
        _emit(ApprovalGranted, approval, by, why=opinion.strip(), step=step.label)
    return approval


def _mark_step(
    approval: Approval, state: StepState, *, by: Officer, opinion: str, recorder: int | None = None
) -> ApprovalStep:
    step = approval.steps.get(state=StepState.CURRENT)
    capacity = reading.standing(by, step)
    step.state, step.decided_by_id, step.decided_at = state, by.id, clock.now()
    step.decided_for_id = capacity.for_id if capacity else None
    step.opinion = opinion.strip()[:1000]
    step.on_paper, step.recorded_by_id = recorder is not None, recorder
    step.save()
    return step


def _emit(event: type[ApprovalEvent], approval: Approval, by: Viewer, *, why: str = "", **after: Any) -> None:
    emit(
        event(
            thing=approval.about,
            after={"route": approval.route.label, "state": approval.get_state_display(), **after},
            why=why,
            kind=approval.route.kind,
            approval_id=approval.pk,
            by=by,
        )
    )
