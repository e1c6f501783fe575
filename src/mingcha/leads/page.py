"""What the page of a lead shows, and what can be done from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.base.crypto import masking
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.models import Attachment
from mingcha.basics.selectors import attachments, deadlines, parameters
from mingcha.kernel.lifecycle import Transition
from mingcha.leads import lifecycle as states
from mingcha.leads import ways
from mingcha.leads.facts import exempt_reason_of, facts_of, of_same_firm
from mingcha.leads.lifecycle import LEAD, LeadFacts
from mingcha.leads.models import Complainant, Lead, LeadNotice
from mingcha.leads.selectors import owed
from mingcha.leads.vocabulary import Kind, Proposal
from mingcha.web.components import Action, verb_actions

#: Verbs that ask for more than a reason, each with the page that asks.
FORMS = {
    "ask_for_more": "leads:lead-ask",
    "answer": "leads:lead-answer",
    "feed_back": "leads:lead-feedback",
    "close": "leads:lead-close",
    "decline": "leads:lead-decline",
    "send_on": "leads:lead-send-on",
    "propose": "leads:lead-propose",
    "assign": "leads:lead-assign",
    "identify": "leads:lead-identify",
    "assess": "leads:lead-assess",
    "add_person": "leads:lead-person",
    "add_paper": "leads:lead-paper",
}
#: Not buttons of their own: the inspection begins one, merging stands beside each lead, changing on top.
_ELSEWHERE = frozenset({"inspect", "merge", "change"})
#: Not offered at all: somebody else's work, an answer to no proposal, one of two ways that is closed.
_HIDDEN = frozenset(
    {
        "lead.answers",
        "lead.works",
        "lead.not_proposed",
        "lead.void_at_once",
        "lead.void_alone",
        "lead.nobody_complains",
        "lead.nobody_sent_it",
    }
)
_ICONS = {
    "accept": "check-check",
    "ask_for_more": "message-square-more",
    "more_came": "inbox",
    "answer": "message-square-reply",
    "feed_back": "reply",
    "close": "circle-check-big",
    "decline": "x",
    "send_on": "send",
    "propose": "message-square",
    "set_aside": "undo-2",
    "assign": "user-plus",
    "identify": "building-2",
    "assess": "list-checks",
    "add_person": "user",
    "add_paper": "paperclip",
    "ask_void": "trash-2",
    "void": "trash-2",
}
_DANGER = ("decline", "void")


@dataclass(frozen=True)
class Known:
    """A complainant as the page of the lead shows him to its handler."""

    pk: int
    name: str
    phone: str
    papers: tuple[Attachment, ...]


def actions_of(viewer: Viewer, lead: Lead) -> Sequence[Action]:
    """The buttons of a lead, those of the apps above first: what follows from it comes before its end."""
    if not isinstance(viewer, Officer):
        return ()
    above = [action for button in ways.buttons for action in button(viewer, lead)]
    facts = facts_of(lead, viewer)
    # Where an app above offers the next step, the register lets the table's own step back.
    return sorted([*above, *_own(viewer, lead, facts)], key=lambda action: not action.primary)


def _own(viewer: Officer, lead: Lead, facts: LeadFacts) -> Iterator[Action]:
    made = verb_actions(
        LEAD,
        state=lead.state,
        roles=viewer.roles,
        facts=facts,
        url_for=lambda row: _address(lead, row),
        icons=_ICONS,
        danger=_DANGER,
    )
    decides = viewer.has(Role.SECTION_HEAD, Role.BUREAU_LEADER)
    first = _next(lead, {action.verb for action in made if not action.refusals})
    for action in made:
        verb = action.verb
        action = replace(action, primary=verb == first)
        if verb == "assign" and lead.handler_id is not None:
            action = replace(action, label=_("更换承办人"))
        hidden = any(refusal.code in _HIDDEN for refusal in action.refusals)
        asked = verb == "ask_void" and lead.proposal == Proposal.VOID
        if hidden or asked or verb in _ELSEWHERE or (verb == "propose" and decides):
            continue
        yield replace(action, post=False, needs_reason=False) if verb in FORMS else action


def _next(lead: Lead, allowed: Collection[str]) -> str:
    """What is to be done now, of what is allowed; empty where nothing is."""
    wanted = ["accept", "more_came"]
    if lead.state in states.ENDED:
        wanted = ["answer", "feed_back"] if owed(Lead.objects.filter(pk=lead.pk)).exists() else []
    elif lead.handler_id is None:
        wanted.append("assign")
    elif lead.subject_id is None:
        wanted.append("identify")
    elif lead.is_complaint and not lead.jurisdiction:
        wanted.append("assess")
    return next((verb for verb in (*wanted, "close") if verb in allowed), "")


def _address(lead: Lead, row: Transition[Any]) -> str:
    if row.verb in FORMS:
        return reverse(FORMS[row.verb], args=[lead.pk])
    return reverse("leads:lead-verb", args=[lead.pk, row.verb])


def story_of(viewer: Viewer, lead: Lead) -> Mapping[str, Any]:
    """The values of the page: terms, people, papers, what was made of it, others about the firm."""
    thing = Thing.of(lead)
    same_firm = of_same_firm(lead, viewer)
    merges = _may_merge(viewer, lead)
    running = deadlines.of_thing(thing, viewer).select_related("rule")
    return {
        "lead": lead,
        "terms": [deadlines.shown(one) for one in running],
        "case_opens": lead.is_complaint and lead.state in states.TAKEN_UP,
        "is_report": lead.kind == Kind.REPORT,
        "is_handler": isinstance(viewer, Officer) and lead.handler_id == viewer.id,
        "complainants": list(_complainants(viewer, lead)),
        "complaining": Complainant.objects.filter(lead=lead).count(),
        "papers": attachments.of_thing(thing, viewer),
        "notices": LeadNotice.objects.visible_to(viewer).filter(lead=lead).select_related("service"),
        "followed": ways.followed.gather(viewer, lead),
        "exempt": exempt_reason_of(lead),
        "same_firm": [(one, merges and one.state in states.TAKEN_UP) for one in same_firm],
        "look_back": parameters.value("LEAD_SAME_FIRM") if same_firm else None,
        "merged": Lead.objects.visible_to(viewer).filter(merged_into=lead),
    }


def _may_merge(viewer: Viewer, lead: Lead) -> bool:
    """Whether it may be merged at all; into which ones, their state says: they are of the same firm."""
    return LEAD.preview(lead.state, "merge", viewer.roles, facts_of(lead, viewer)).allowed


def _complainants(viewer: Viewer, lead: Lead) -> Iterator[Known]:
    for one in Complainant.objects.visible_to(viewer).filter(lead=lead):
        papers = attachments.of_thing(Thing.nameless(one), viewer)
        yield Known(
            one.pk, masking.mask_name(one.name or ""), masking.mask_phone(one.phone or ""), tuple(papers)
        )
