"""Sorting a lead: who handles it, which firm it is about, whether it is ours, what should follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingcha.accounts.models import User
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.snapshots import changes, snapshot
from mingcha.base.viewers import Officer
from mingcha.basics.services import deadline_owners
from mingcha.leads.events import LeadAssessed, LeadAssigned, LeadIdentified, LeadProposed, ProposalSetAside
from mingcha.leads.models import Lead
from mingcha.leads.services.common import held, owner_of, permit, require_handler
from mingcha.leads.services.registering import check_days, told, untold
from mingcha.leads.vocabulary import Ground, Proposal
from mingcha.registry.models import Subject

#: What is looked at before a lead is taken up (部令25号第十八条).
ASSESSED = ("jurisdiction", "violation_from", "violation_until", "persons", "amount")


@service
def assign(*, actor: Officer, lead: Lead, handler: User) -> Lead:
    """Name who handles it; the terms that run go along. Refused for who must stay away from the firm."""
    lead = held(lead, actor)
    permit(lead, "assign", actor, handler=handler)
    require_handler(handler)
    before = lead.handler
    if before == handler:
        return lead
    lead.handler = handler
    lead.save(update_fields=["handler"])
    emit(
        LeadAssigned(
            thing=Thing.of(lead),
            before={"handler": before.name if before else ""},
            after={"handler": handler.name},
        )
    )
    deadline_owners.hand_over(actor=actor, thing=Thing.of(lead), owner=owner_of(lead))
    return lead


@service
def identify(*, actor: Officer, lead: Lead, subject: Subject) -> Lead:
    """Say which firm of the register the lead is about."""
    lead = held(lead, actor)
    permit(lead, "identify", actor, subject=subject)
    if lead.subject == subject:
        return lead
    before = untold(lead)
    lead.subject = subject
    lead.save(update_fields=["subject"])
    emit(LeadIdentified(thing=Thing.of(lead), personal=told(lead, before, untold(lead))))
    return lead


@service
def assess(*, actor: Officer, lead: Lead, values: Mapping[str, Any]) -> Lead:
    """Put down what decides whether it is taken up (`ASSESSED`): competence, place, when, how many."""
    lead = held(lead, actor)
    permit(lead, "assess", actor)
    before = snapshot(lead, ASSESSED)
    for name in ASSESSED:
        setattr(lead, name, values.get(name, getattr(lead, name)))
    check_days(lead)
    lead.save(update_fields=[*ASSESSED])
    old, new = changes(before, snapshot(lead, ASSESSED))
    if new:
        emit(LeadAssessed(thing=Thing.of(lead), before=old, after=new))
    return lead


@service
def propose(*, actor: Officer, lead: Lead, proposal: str, ground: str, reason: str) -> Lead:
    """The handler proposes to decline or to send on; the head of the section decides."""
    lead = held(lead, actor)
    ground = ground if proposal == Proposal.DECLINE else ""
    permit(lead, "propose", actor, reason=reason, ground=ground)
    return _proposed(actor, lead, Proposal(proposal), reason, ground)


@service
def ask_void(*, actor: Officer, lead: Lead, reason: str) -> Lead:
    """提请作废 of what somebody complains or reports in: another person declares it void, or does not."""
    lead = held(lead, actor)
    permit(lead, "ask_void", actor, reason=reason)
    return _proposed(actor, lead, Proposal.VOID, reason)


def _proposed(actor: Officer, lead: Lead, what: Proposal, reason: str, ground: str = "") -> Lead:
    lead.proposal, lead.proposed_ground = what, ground
    lead.proposed_why, lead.proposed_by_id = reason.strip()[:300], actor.id
    lead.save(update_fields=["proposal", "proposed_ground", "proposed_why", "proposed_by"])
    after = {"proposal": str(what.label)}
    if ground:
        after["ground"] = str(Ground(ground).label)
    emit(LeadProposed(thing=Thing.of(lead), after=after, why=lead.proposed_why))
    return lead


@service
def set_aside(*, actor: Officer, lead: Lead, reason: str) -> Lead:
    """The head does not agree: the handler goes on."""
    lead = held(lead, actor)
    permit(lead, "set_aside", actor, reason=reason)
    before = {"proposal": str(lead.get_proposal_display())}
    lead.proposal = lead.proposed_ground = lead.proposed_why = ""
    lead.proposed_by = None
    lead.save(update_fields=["proposal", "proposed_ground", "proposed_why", "proposed_by"])
    emit(ProposalSetAside(thing=Thing.of(lead), before=before, why=reason.strip()))
    return lead
