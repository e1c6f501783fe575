"""Review by somebody who was not there: pass or give back, never change (国办发〔2024〕54号五; S8)."""

from __future__ import annotations

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import service
from mingcha.base.viewers import Officer, System
from mingcha.basics.services import deadlines
from mingcha.inspection import terms
from mingcha.inspection.initial import REVIEW_DUTY
from mingcha.inspection.models import Inspection
from mingcha.inspection.results.reviewers import review_facts
from mingcha.inspection.services.common import go, held
from mingcha.inspection.services.publicising import prepare_result
from mingcha.inspection.services.recording import ON_THE_ROW, take_off_rows
from mingcha.inspection.services.referring import draft_letters

_PLATFORM = System(purpose="inspection review")


@service
def pass_review(*, actor: Officer, inspection: Inspection) -> Inspection:
    """The result stands: whoever is to be told of it gets a letter drafted, its publication is prepared."""
    row = held(actor, inspection)
    go(row, "pass", actor, facts=review_facts(row, actor))
    _reviewed(row, actor)
    row.reviewed_at = clock.now()
    row.save(update_fields=["state", "reviewed_at"])
    draft_letters(actor=_PLATFORM, inspection_id=row.pk)
    prepare_result(actor=_PLATFORM, inspection_id=row.pk)
    return row


@service
def return_(*, actor: Officer, inspection: Inspection, reason: str) -> Inspection:
    """Give it back to be completed; the version that was seen stays, the term of entering begins anew."""
    row = held(actor, inspection)
    go(row, "return", actor, facts=review_facts(row, actor), reason=reason)
    _reviewed(row, actor)
    take_off_rows(row)
    row.save(update_fields=["state", *ON_THE_ROW, "submitted_at"])
    deadlines.start(
        actor=_PLATFORM,
        rule=terms.RECORD_ENTRY,
        thing=Thing.nameless(row),
        started_on=clock.today(),
        owner=deadlines.Owner(unit_id=row.unit_id),
    )
    return row


def _reviewed(inspection: Inspection, actor: Officer) -> None:
    thing = Thing.nameless(inspection)
    duties.perform(actor=actor, duty=REVIEW_DUTY, thing=thing)
    deadlines.meet(actor=_PLATFORM, rule=terms.RESULT_REVIEW, thing=thing)
