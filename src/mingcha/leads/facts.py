"""The facts that decide about a lead, loaded for the guards of `lifecycle.LEAD`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mingcha.accounts.models import User
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.selectors import deadlines, parameters, workdays
from mingcha.kernel.terms import due
from mingcha.leads import ways
from mingcha.leads.lifecycle import CLOSED, DECLINED, ENDED, SENT_ON, TAKEN_UP, LeadFacts
from mingcha.leads.models import ANSWERS, Lead
from mingcha.leads.vocabulary import EXEMPT_WORDS, Kind, Proposal
from mingcha.registry.models import Inspector, Subject
from mingcha.registry.selectors import kept_away
from mingcha.registry.services.visits import exempt_reasons

#: How long a violation may be pursued (domain §3.2).
PURSUED = "T23"
_PLATFORM = System(purpose="leads")


def facts_of(
    lead: Lead,
    viewer: Viewer,
    *,
    ground: str = "",
    into: Lead | None = None,
    handler: User | None = None,
    subject: Subject | None = None,
) -> LeadFacts:
    """What decides about a lead for this viewer, who may be about to name a ground, a handler or a firm."""
    officer = viewer if isinstance(viewer, Officer) else None
    return LeadFacts(
        complaint=lead.is_complaint,
        person=lead.is_complaint or lead.kind == Kind.REPORT,
        answers=officer is None or answers_for(officer, lead),
        registers=officer is not None and officer.has(Role.COORDINATOR),
        who=who_answers(lead),
        handled=lead.handler_id is not None,
        identified=lead.subject_id is not None,
        too_old=is_too_old(lead),
        jurisdiction=lead.jurisdiction,
        ground=ground,
        asked_before=lead.asked_before,
        proposed=bool(lead.proposal),
        same_firm=into is None or _may_take(into, lead),
        recused=is_recused(handler or lead.handler, subject or lead.subject),
        unfinished=officer is not None and any(one.open for one in ways.followed.gather(_PLATFORM, lead)),
        taken_up=lead.state in TAKEN_UP,
        seconded=lead.proposal == Proposal.VOID and (officer is None or lead.proposed_by_id != officer.id),
        passed_on=lead.kind == Kind.TRANSFER or lead.due_on is not None,
        concluded=_in_which_it_ends(lead).state in (CLOSED, DECLINED, SENT_ON),
        unserved=_unserved(lead) if lead.state in ENDED else frozenset(),
    )


def answers_for(officer: Officer, lead: Lead) -> bool:
    """Whether the officer handles the lead or is head over the section that does."""
    found: bool = Lead.objects.answered_by(officer).filter(pk=lead.pk).exists()
    return found


def who_answers(lead: Lead) -> str:
    """Handler and section, for a refusal."""
    if lead.handler is None:
        return _("%(unit)s（尚未指定承办人）") % {"unit": lead.unit}
    return f"{lead.handler.name}（{lead.unit}）"


def is_too_old(lead: Lead) -> bool:
    """Whether the violation had ended longer ago than it may be pursued when the lead came (T23).

    One that goes on has no end and is never too old (条例20: 连续或者继续状态).
    """
    if lead.violation_until is None:
        return False
    return lead.received_on > deadlines.last_day(PURSUED, lead.violation_until, on=lead.received_on)


def is_recused(handler: User | None, subject: Subject | None) -> bool:
    """Whether this person must stay away from this firm (监察条例16)."""
    if handler is None or subject is None:
        return False
    today = clock.today()
    return Inspector.objects.filter(user=handler, pk__in=kept_away(subject, today, today)).exists()


def _unserved(lead: Lead) -> frozenset[str]:
    """Verbs whose paper waits for its service."""
    waiting = set(lead.notices.filter(service=None).values_list("kind", flat=True))
    return frozenset(verb for verb, kind in ANSWERS.items() if kind in waiting)


def _in_which_it_ends(lead: Lead) -> Lead:
    """The lead itself, or that into which it was merged, and that one."""
    while lead.merged_into is not None:
        lead = lead.merged_into
    return lead


def _may_take(into: Lead, lead: Lead) -> bool:
    same = into.firm is not None and into.firm == lead.firm
    return into.pk != lead.pk and into.state in TAKEN_UP and same


def of_same_firm(lead: Lead, viewer: Viewer) -> list[Lead]:
    """Other leads about the firm that came within the look-back (`LEAD_SAME_FIRM`), the newest first."""
    firm = lead.firm
    if firm is None:
        return []
    back = parameters.value("LEAD_SAME_FIRM", on=clock.today()).as_term()
    others = Lead.objects.visible_to(viewer).of_firm(firm).exclude(pk=lead.pk)
    calendar = workdays.calendar()
    near = others.select_related("handler", "unit", "subject").order_by("-received_on", "-pk")
    return [one for one in near[:50] if due(one.received_on, back, calendar).date >= lead.received_on]


def exempt_reason_of(lead: Lead) -> str:
    """The reason for which an inspection made of this lead goes beyond the yearly cap (E6).

    One of the parameter EXEMPT_REASONS as it stands today; empty where the bureau lists none that suits.
    """
    listed = exempt_reasons()
    return next((word for word in EXEMPT_WORDS[lead.kind] if word in listed), "")
