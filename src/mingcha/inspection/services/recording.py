"""Submit what was found: the record is frozen, results stand on the rows, the review's term starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import System, Viewer
from mingcha.basics.rules import user_id_of
from mingcha.basics.services import deadlines
from mingcha.inspection import terms
from mingcha.inspection.facts import InspectionFacts
from mingcha.inspection.form.reading import form_of
from mingcha.inspection.initial import WRITE_DUTY
from mingcha.inspection.models import Inspection, InspectionItem, RecordedAnswer, RecordVersion
from mingcha.inspection.results import needs
from mingcha.inspection.results.events import RecordFrozen
from mingcha.inspection.results.freezing import draft_of, found_in
from mingcha.inspection.results.record import Record
from mingcha.inspection.selectors import facts_of
from mingcha.inspection.services.common import go, held

_PLATFORM = System(purpose="inspection record")
_FEN = 100
#: What of its record stands on the row of an inspection.
ON_THE_ROW = ("result", "result_reasons", "result_reason")


@service
def submit(*, actor: Viewer, inspection: Inspection) -> RecordVersion:
    """Freeze the form as version n of the record; from now on a correction alone changes it.

    Refused with everything that is open: fields without a value, fields with two, a result without the
    proof that it needs (`results.needs`).
    """
    row = held(actor, inspection)
    record, facts = draft_and_facts(row, actor)
    go(row, "submit", actor, facts=facts)
    duties.perform(actor=actor, duty=WRITE_DUTY, thing=Thing.nameless(row), once=True)
    version = freeze(row, record, actor, RecordVersion.Cause.SUBMITTED)
    put_on_rows(row, record)
    row.submitted_at = clock.now()
    row.save(update_fields=["state", *ON_THE_ROW, "submitted_at"])
    thing = Thing.nameless(row)
    deadlines.meet(actor=_PLATFORM, rule=terms.RECORD_ENTRY, thing=thing)
    owner = deadlines.Owner(unit_id=row.unit_id)
    deadlines.start(
        actor=_PLATFORM, rule=terms.RESULT_REVIEW, thing=thing, started_on=clock.today(), owner=owner
    )
    return version


def draft_and_facts(inspection: Inspection, viewer: Viewer) -> tuple[Record, InspectionFacts]:
    """The record as it would be frozen, and what the guards of submitting look at."""
    filled = form_of(inspection)
    record = draft_of(inspection, filled)
    lacking = [*filled.missing(), *needs.missing(found_in(record))]
    facts = replace(
        facts_of(inspection, viewer),
        open_points=tuple(dict.fromkeys(lacking)),
        conflicts=len(filled.conflicts),
    )
    return record, facts


def freeze(
    inspection: Inspection, record: Record, actor: Viewer, cause: str, *, reason: str = ""
) -> RecordVersion:
    """Keep the record as the next version. The caller holds the inspection's row."""
    version = RecordVersion.objects.create(
        inspection=inspection,
        number=RecordVersion.objects.filter(inspection=inspection).count() + 1,
        cause=cause,
        reason=reason,
        content=record.json(),
        sha256=record.sha256,
        answers_sha256=record.answers_sha256,
        made_at=clock.now(),
        made_by_id=user_id_of(actor),
    )
    emit(
        RecordFrozen(
            thing=Thing.nameless(inspection),
            after={
                "version": version.number,
                "digest": version.sha256,
                "cause": str(version.get_cause_display()),
            },
        )
    )
    return version


def put_on_rows(inspection: Inspection, record: Record) -> None:
    """Result, results of items and answers as rows for lists and counts. The caller saves the row."""
    inspection.result, inspection.result_reason = record.result, record.reason
    inspection.result_reasons = "、".join(record.reasons)
    results = {item.version: item.result for item in record.items}
    items = list(inspection.items.all())
    for item in items:
        item.result = results.get(item.version_id, "")
    InspectionItem.objects.bulk_update(items, ["result"])
    RecordedAnswer.objects.filter(inspection=inspection).delete()
    RecordedAnswer.objects.bulk_create(_answers(inspection, record))


def take_off_rows(inspection: Inspection) -> None:
    """The record was given back: no result stands until it is submitted again (N7). The caller saves."""
    inspection.result = inspection.result_reasons = inspection.result_reason = ""
    inspection.submitted_at = None
    inspection.items.update(result="")
    RecordedAnswer.objects.filter(inspection=inspection).delete()


def _answers(inspection: Inspection, record: Record) -> Iterable[RecordedAnswer]:
    return (
        RecordedAnswer(
            inspection=inspection,
            version_id=point.version,
            point_id=point.id,
            answer=point.answer,
            persons=point.persons,
            amount=int(Decimal(point.amount) * _FEN) if point.amount else None,
        )
        for point in record.points
    )
