"""Proposing that a deadline be extended: an approval on the deadline, which extends it when granted."""

from __future__ import annotations

from typing import Any

from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import Viewer
from mingcha.basics.lifecycles import DEADLINE, DeadlineFacts
from mingcha.basics.models import Approval, Deadline
from mingcha.basics.rules import required_text
from mingcha.basics.selectors import deadlines as reading
from mingcha.basics.services import approvals
from mingcha.kernel.refusal import Refused, gettext_noop


@service
def propose(*, actor: Viewer, deadline_id: int, reason: str) -> Approval:
    """Propose an extension; Refused at once where the law knows none, or one was granted already."""
    rows: Any = Deadline.objects.visible_to(actor).select_related("rule")
    deadline = rows.get(pk=deadline_id)
    facts = reading.extension_facts(deadline)
    # Asked as the platform and as if approved: only whether the law and the state allow it at all.
    asked = DeadlineFacts(facts.extendable, facts.extended, approved=True, basis=facts.basis)
    seen = DEADLINE.preview(deadline.state, "extend", ("system",), asked)
    if not seen.allowed:
        raise Refused(*seen.refusals)
    return approvals.propose(
        actor=actor,
        kind=reading.EXTENSION_KIND,
        thing=Thing.of(deadline),
        summary=required_text(reason, gettext_noop("延期理由")),
        unit_id=deadline.owner_unit_id,
    )
