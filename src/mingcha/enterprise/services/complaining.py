"""投诉: from the firm by its code, to the overseer alone."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from mingcha.base import clock, limits
from mingcha.base.events import Personal, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Capability, Officer
from mingcha.base.visibility import locked
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.services.moving import move
from mingcha.enterprise import complaint_lifecycle as states
from mingcha.enterprise.doors import Door
from mingcha.enterprise.events import ComplaintHandled, ComplaintReceived
from mingcha.enterprise.models import VisitComplaint
from mingcha.kernel.digest import hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop


@service
def complain(*, actor: Capability, door: Door, text: str, contact: str = "") -> VisitComplaint:
    """Take a complaint about the visit whose code is held; the same words again are the same complaint.

    The ledger says that one came in; about which visit, and what, stands in the encrypted row alone.
    """
    said = required_text(text, gettext_noop("投诉的内容"))
    if not (door.valid or door.ended):
        raise Refused(
            Refusal(
                "complaint.code",
                gettext_noop("这个码已经作废或过期，不能用它投诉"),
                gettext_noop("国办发〔2024〕54号三、十"),
                gettext_noop("请用检查人员最后亮的码，或者拨打监督电话"),
            )
        )
    rows = VisitComplaint.objects.filter(inspection=door.inspection)
    digest = hex_digest(said.encode())
    known = rows.filter(digest=digest).first()
    if known is not None:
        return known
    limits.check("visit_complaints", rows.count() + 1)
    made = VisitComplaint(
        inspection=door.inspection,
        text=said,
        contact=contact.strip(),
        digest=digest,
        received_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # Pressed twice at once: the other was first.
        return rows.get(digest=digest)
    emit(ComplaintReceived(thing=Thing.nameless(made)))
    return made


@service
def handle_complaint(*, actor: Officer, complaint: VisitComplaint, handling: str) -> VisitComplaint:
    """The overseer says what was done; Refused for anybody else, without words, and the second time."""
    require_role(actor, (Role.OVERSEER,), gettext_noop("处理企业投诉"))
    row = locked(complaint, actor)
    thing = Thing.nameless(row)
    row.handling = handling.strip()
    move(
        row,
        states.COMPLAINT,
        "handle",
        actor,
        states.ComplaintFacts(),
        ComplaintHandled,
        reason=handling,
        thing=thing,
        personal=Personal(f"{thing.type}:{thing.id}", {"handling": row.handling}),
    )
    row.handled_at, row.handled_by_id = clock.now(), actor.id
    row.save()
    return row
