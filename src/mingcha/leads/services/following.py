"""What follows from a lead: an inspection begins, is taken back, ends (called by the inspection app too)."""

from __future__ import annotations

from mingcha.base import clock
from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.leads.lifecycle import UNDER_WAY
from mingcha.leads.models import Lead
from mingcha.leads.services import common
from mingcha.leads.services.people import keep_unnamed

#: Characters of an outcome.
OUTCOME_LENGTH = 500


@service
def begin_inspection(*, actor: Viewer, lead: Lead) -> Lead:
    """An inspection is made of it; a second one of a lead under way changes nothing.

    Refused while it is not accepted, or the firm is not identified.
    """
    lead = common.held(lead, actor)
    if lead.state != UNDER_WAY:
        common.advance(lead, "inspect", actor)
    return lead


@service
def release(*, actor: Viewer, lead: Lead, reason: str = "") -> Lead:
    """The only inspection made of it was taken back: the lead waits for what follows again."""
    lead = common.held(lead, actor)
    if lead.state == UNDER_WAY:
        common.advance(lead, "release", actor, reason=reason)
    return lead


@service
def close(*, actor: Viewer, lead: Lead, outcome: str) -> Lead:
    """办结 with what came of it: by the platform when its inspections have ended, or by the handler."""
    lead = common.held(lead, actor)
    keep_unnamed(actor, lead, outcome)
    common.advance(lead, "close", actor, reason=outcome)
    lead.outcome, lead.closed_on = outcome.strip()[:OUTCOME_LENGTH], clock.today()
    lead.save(update_fields=["outcome", "closed_on"])
    common.concluded(actor, lead)
    return lead
