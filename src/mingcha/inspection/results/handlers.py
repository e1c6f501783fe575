"""What results do when something is decided elsewhere: an approval of a correction, a publication."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mingcha.base.events import handles
from mingcha.base.viewers import System
from mingcha.basics.decisions import Decisions
from mingcha.basics.events import ApprovalGranted, ApprovalReturned, ApprovalWithdrawn
from mingcha.inspection import services
from mingcha.inspection.models import Correction
from mingcha.inspection.results import announcing
from mingcha.inspection.results.events import RecordFrozen, ResultNoticeServed
from mingcha.inspection.results.publishing import TYPE
from mingcha.inspection.services.correcting import ROUTE
from mingcha.publication.events import PublicationPublished, PublicationWithdrawn

_PLATFORM = System(purpose="inspection result")
_CORRECTION = Decisions(ROUTE, of=Correction)


@_CORRECTION.granted
def correct(event: ApprovalGranted) -> None:
    """The head agreed: the record reads otherwise from now on."""
    services.correct(actor=event.by, correction_id=event.thing.id)


@_CORRECTION.returned
def keep_the_record(event: ApprovalReturned) -> None:
    """The head did not agree."""
    services.leave_as_it_is(actor=event.by, correction_id=event.thing.id, reason=event.why, taken_back=False)


@_CORRECTION.withdrawn
def keep_the_record_on_request(event: ApprovalWithdrawn) -> None:
    """Whoever asked took it back."""
    services.leave_as_it_is(actor=event.by, correction_id=event.thing.id, reason=event.why, taken_back=True)


@handles(PublicationPublished)
def follow_publication(event: PublicationPublished) -> None:
    """A result stands before the public, or a notice is announced there."""
    if event.type_code == TYPE.code:
        services.result_published(actor=_PLATFORM, publication_id=event.thing.id)
    elif event.type_code == announcing.TYPE.code:
        services.notice_announced(actor=_PLATFORM, publication_id=event.thing.id)


@handles(PublicationWithdrawn)
def forget_publication(event: PublicationWithdrawn) -> None:
    """A result came down, by the clock or by somebody."""
    if event.type_code == TYPE.code:
        services.result_withdrawn(actor=_PLATFORM, publication_id=event.thing.id)
    elif event.type_code == announcing.TYPE.code:
        services.announcement_withdrawn(actor=_PLATFORM, publication_id=event.thing.id)


@handles(RecordFrozen)
def announce_no_more(event: RecordFrozen) -> None:
    """Another version of the record holds: the notice of the one before is announced no more."""
    services.end_announcements(actor=_PLATFORM, inspection_id=event.thing.id, reason=_("检查结果已经更正"))


@handles(ResultNoticeServed)
def announce_no_longer(event: ResultNoticeServed) -> None:
    """The firm has it in its hands."""
    services.end_announcements(actor=_PLATFORM, inspection_id=event.thing.id, reason=_("文书已经送达"))
