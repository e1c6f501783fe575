"""What the services of leads share: a lead anew and locked, its steps, its terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from mingcha.accounts.models import User
from mingcha.accounts.selectors import holders
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import System, Viewer
from mingcha.base.visibility import locked
from mingcha.basics.rules import acting_roles
from mingcha.basics.selectors.deadlines import open_for
from mingcha.basics.services import deadlines
from mingcha.basics.services.moving import move
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.leads import terms
from mingcha.leads.events import LeadMoved
from mingcha.leads.facts import facts_of
from mingcha.leads.lifecycle import ASKED, DECLINED, LEAD, MAY_WORK, SENT_ON
from mingcha.leads.models import LEAD_HANDLERS, Lead
from mingcha.leads.selectors import merged_into

PLATFORM = System(purpose="leads")
_TOLD_IN_WRITING = (ASKED, DECLINED, SENT_ON)


def held(lead: Lead, actor: Viewer) -> Lead:
    """The lead anew and locked; DoesNotExist for one that the actor may not know of."""
    return locked(lead, actor)


def permit(lead: Lead, verb: str, actor: Viewer, *, reason: str = "", **facts: Any) -> None:
    """Refuse what the table refuses, for a verb that leaves the lead where it is."""
    LEAD.decide(lead.state, verb, acting_roles(actor), facts_of(lead, actor, **facts), reason=reason)


def advance(
    lead: Lead,
    verb: str,
    actor: Viewer,
    *,
    reason: str = "",
    about: dict[str, Any] | None = None,
    **after: Any,
) -> None:
    """Along the table, and save; a proposal that waited is answered by it. `about` goes to the facts."""
    facts = facts_of(lead, actor, **(about or {}))
    move(lead, LEAD, verb, actor, facts, LeadMoved, reason=reason, **after)
    lead.state_since = clock.today()
    lead.proposal = lead.proposed_ground = lead.proposed_why = ""
    lead.proposed_by = None
    lead.save()


def first_rule(lead: Lead) -> str:
    """The rule that asks for the first decision about it."""
    return terms.COMPLAINED if lead.is_complaint else terms.LOOK


def owner_of(lead: Lead) -> deadlines.Owner:
    """The handler, and the section, whose head sees what comes near."""
    return deadlines.Owner(user_id=lead.handler_id, unit_id=lead.unit_id)


def start(actor: Viewer, lead: Lead, rule: str, on: date, due_on: date | None = None) -> None:
    """Start a term of the lead."""
    thing, owner = Thing.of(lead), owner_of(lead)
    deadlines.start(actor=actor, rule=rule, thing=thing, started_on=on, owner=owner, due_on=due_on)


def met(actor: Viewer, lead: Lead, rule: str, on: date | None = None) -> None:
    """What a rule asked for was done on a day (today); nothing where its term does not run."""
    deadlines.meet(actor=actor, rule=rule, thing=Thing.of(lead), on=on)


def decided(actor: Viewer, lead: Lead) -> None:
    """What the first terms asked for was done; who complains is told in writing if not accepted (T02).

    The written answer has the days of the decision itself: both count from the receipt (部令25号第十八条).
    """
    first = open_for(Thing.of(lead)).filter(rule__code=terms.COMPLAINED).first()
    for rule in (terms.COMPLAINED, terms.LOOK, terms.MORE):
        met(actor, lead, rule)
    if lead.is_complaint and lead.state in _TOLD_IN_WRITING:
        due(actor, lead, terms.WRITTEN, first.started_on if first else clock.today())


def due(actor: Viewer, lead: Lead, rule: str, on: date) -> None:
    """Start a term of the lead unless it runs already."""
    if not open_for(Thing.of(lead)).filter(rule__code=rule).exists():
        start(actor, lead, rule, on)


def count_as_complaint(actor: Viewer, lead: Lead) -> None:
    """Somebody turns out to complain: what runs from its receipt is the term of a complaint (T01)."""
    why = gettext("登记了投诉人，按投诉计算")
    for term in deadlines.call_off(actor=PLATFORM, thing=Thing.of(lead), rule=terms.LOOK, reason=why):
        start(actor, lead, terms.COMPLAINED, term.started_on)


def concluded(actor: Viewer, lead: Lead) -> None:
    """What came of it is known: everybody who complained in it, or in one merged into it, is to be told."""
    for one in (lead, *merged_into([lead.pk])):
        if one.is_complaint:
            due(actor, one, terms.ANSWERED, clock.today())


def let_go(lead: Lead, reason: str) -> None:
    """It ends without a result: what was merged into it is worked on by itself again."""
    for one in Lead.objects.select_for_update(of=("self",)).filter(merged_into=lead).order_by("pk"):
        one.merged_into = None
        advance(one, "revive", PLATFORM, reason=reason)


def cancel_terms(lead: Lead, reason: str) -> None:
    """The terms have no object any more."""
    deadlines.call_off(actor=PLATFORM, thing=Thing.of(lead), reason=reason)


def require_worker(lead: Lead, actor: Viewer) -> None:
    """Refuse who does not work on the lead: handler, head of the section, or coordinator."""
    refusal = MAY_WORK.check(facts_of(lead, actor))
    if refusal is not None:
        raise Refused(refusal)


def require_handler(handler: User) -> None:
    """Refuse who cannot handle leads: somebody who left, or without a role for it."""
    if not holders(LEAD_HANDLERS).filter(pk=handler.pk).exists():
        raise Refused(
            Refusal(
                "lead.no_handler",
                gettext_noop("%(name)s 不能承办线索"),
                gettext_noop("本局监管工作实施方案：谁承办、谁负责"),
                gettext_noop("请选择在用的综合经办、股室负责人或执法人员"),
                {"name": handler.name},
            )
        )
