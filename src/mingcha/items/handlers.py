"""What the item list does when something happens: approvals of a change of it, new texts of laws."""

from __future__ import annotations

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalGranted, ApprovalReturned, ApprovalSubmitted, ApprovalWithdrawn
from mingcha.items import services
from mingcha.items.lifecycle import SENT_BACK
from mingcha.items.models import ListRevision
from mingcha.items.services.listing import APPROVAL_KIND
from mingcha.laws.events import LawRepealed, LawTextAdded

_CLERK = System(purpose="item-list")
_CHANGE = Decisions(APPROVAL_KIND, of=ListRevision)


@_CHANGE.granted
def publish_the_change(event: ApprovalGranted) -> None:
    """A granted change of the list is published at once; the approver is who publishes."""
    services.publish(actor=event.by, revision_id=event.thing.id, approval_id=event.approval_id)


@_CHANGE.returned
def send_the_change_back(event: ApprovalReturned) -> None:
    """A returned change gives its drafts back."""
    services.send_back(actor=event.by, revision_id=event.thing.id, reason=event.why)


@_CHANGE.withdrawn
def give_the_change_up(event: ApprovalWithdrawn) -> None:
    """A withdrawn proposal sets its drafts free."""
    services.withdraw(actor=event.by, revision_id=event.thing.id, reason=event.why)


@_CHANGE.submitted
def propose_the_change_again(event: ApprovalSubmitted) -> None:
    """A returned approval that is submitted again proposes the drafts as they read now."""
    if ListRevision.objects.filter(pk=event.thing.id, state=SENT_BACK).exists():
        services.submit_again(actor=event.by, revision_id=event.thing.id)


@handles(LawTextAdded)
def flag_what_rests_on_the_law(event: LawTextAdded) -> None:
    """A law has a new text: every binding to an older one awaits review."""
    services.flag_bindings(actor=_CLERK, text_id=event.text_id)


@handles(LawRepealed)
def flag_what_rests_on_a_repealed_law(event: LawRepealed) -> None:
    """A law holds no longer: every binding to it awaits review."""
    services.flag_repealed(actor=_CLERK, text_id=event.text_id)
