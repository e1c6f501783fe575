"""What is decided about a lead: taken up, asked for more, declined, sent on, merged, void."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer
from mingcha.basics.rules import required_text
from mingcha.basics.services import numbers
from mingcha.kernel.refusal import gettext_noop
from mingcha.leads import terms
from mingcha.leads.events import NoticeWritten
from mingcha.leads.initial import NOTICE_SERIES
from mingcha.leads.models import Lead, LeadNotice
from mingcha.leads.services import common
from mingcha.leads.services.people import keep_unnamed
from mingcha.leads.vocabulary import Ground

#: Characters of what a paper says.
TEXT_LENGTH = 500


@service
def accept(*, actor: Officer, lead: Lead) -> Lead:
    """受理. For a complaint the case is opened on the same day (T01); its first term is met."""
    lead = common.held(lead, actor)
    common.advance(lead, "accept", actor)
    common.decided(actor, lead)
    return lead


@service
def ask_for_more(*, actor: Officer, lead: Lead, reason: str) -> LeadNotice:
    """告知补正: `reason` says what is missing. The first term is met, another waits for the answer.

    Of a complaint that other one begins when the paper is served (`serving.serve`).
    """
    lead = common.held(lead, actor)
    lead.asked_before = True
    common.advance(lead, "ask_for_more", actor, reason=reason)
    common.decided(actor, lead)
    if not lead.is_complaint:
        common.start(actor, lead, terms.MORE, clock.today())
    return issue(actor, lead, LeadNotice.Kind.ASK, reason)


@service
def more_came(*, actor: Officer, lead: Lead) -> Lead:
    """What was missing came: the first term begins anew today. Whoever brings it has been told."""
    lead = common.held(lead, actor)
    common.advance(lead, "more_came", actor)
    common.decided(actor, lead)
    common.met(actor, lead, terms.WRITTEN)
    common.start(actor, lead, common.first_rule(lead), clock.today())
    return lead


@service
def decline(*, actor: Officer, lead: Lead, ground: str, reason: str) -> LeadNotice:
    """不予受理 on a ground that the article names, with a written notice (T02)."""
    lead = common.held(lead, actor)
    label = str(Ground(ground).label)
    common.advance(lead, "decline", actor, reason=reason, about={"ground": ground}, ground=label)
    _end(actor, lead, label)
    return issue(actor, lead, LeadNotice.Kind.DECLINE, reason, ground=ground)


@service
def send_on(*, actor: Officer, lead: Lead, addressee: str, reason: str) -> LeadNotice:
    """转出 to the authority whose matter it is, with a paper; who complained is told with another."""
    lead = common.held(lead, actor)
    addressee = required_text(addressee, gettext_noop("转给哪个部门"))
    common.advance(lead, "send_on", actor, reason=reason, addressee=addressee)
    _end(actor, lead, addressee)
    if lead.is_complaint:
        issue(actor, lead, LeadNotice.Kind.TOLD, reason, addressee=addressee)
    return issue(actor, lead, LeadNotice.Kind.SEND_ON, reason, addressee=addressee)


@service
def merge(*, actor: Officer, lead: Lead, into: Lead) -> Lead:
    """并案 of an accepted lead into another one about the same firm: from now on the facts are one.

    Who came with it, or sent it, is still answered by itself, when that one ends.
    """
    # Both in one order, so that two people who merge crosswise never wait for each other.
    first, second = sorted((lead.pk, into.pk))
    rows = {pk: common.held(Lead(pk=pk), actor) for pk in dict.fromkeys((first, second))}
    lead, into = rows[lead.pk], rows[into.pk]
    lead.merged_into = into
    common.advance(lead, "merge", actor, about={"into": into}, into=str(into))
    return lead


@service
def void(*, actor: Officer, lead: Lead, reason: str) -> Lead:
    """登记作废: it was entered by mistake. The number stays listed, the terms fall away.

    Where somebody complains or reports in it, another person has asked for it first (`ask_void`).
    """
    lead = common.held(lead, actor)
    common.advance(lead, "void", actor, reason=reason)
    common.cancel_terms(lead, reason)
    common.let_go(lead, reason)
    return lead


def _end(actor: Officer, lead: Lead, outcome: str) -> None:
    """It ends here, without a result of ours."""
    lead.outcome, lead.closed_on = outcome[:TEXT_LENGTH], clock.today()
    lead.save(update_fields=["outcome", "closed_on"])
    common.decided(actor, lead)
    common.let_go(lead, outcome)


def issue(
    actor: Officer, lead: Lead, kind: LeadNotice.Kind, text: str, *, ground: str = "", addressee: str = ""
) -> LeadNotice:
    """Write a paper of the lead, numbered, within a service that has asked who may. Its text names nobody."""
    keep_unnamed(actor, lead, text)
    number = numbers.issue(actor=actor, series=NOTICE_SERIES[kind.value], thing=Thing.of(lead))
    made: LeadNotice = LeadNotice.objects.create(
        lead=lead,
        kind=kind,
        number=number.text,
        ground=ground,
        addressee=addressee[:100],
        text=text.strip()[:TEXT_LENGTH],
        issued_on=clock.today(),
        issued_by_id=actor.id,
    )
    emit(NoticeWritten(thing=Thing.of(lead), after={"notice": str(made)}))
    return made
