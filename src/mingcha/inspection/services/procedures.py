"""What a correction does to the rows of the short procedures: they follow the record that holds (S9)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer
from mingcha.basics.services import attachments
from mingcha.inspection.models import AbnormalCheck, ContactAttempt, Correction, Inspection
from mingcha.inspection.results.procedures import ATTEMPT, CHECK_PARTS, GONE, NEW
from mingcha.inspection.results.record import Record
from mingcha.inspection.services.proving import PROOF


def keep_proofs(actor: Officer, inspection: Inspection, proofs: Mapping[str, File[Any]]) -> dict[str, Any]:
    """Keep the files of attempts that are to be added; gives the fields of the correction that name them."""
    found: dict[str, Any] = {}
    for key, file in proofs.items():
        kept = attachments.add(actor=actor, file=file, thing=Thing.nameless(inspection), purpose=PROOF)
        found |= {f"{ATTEMPT}:{key}:proof": kept.pk, f"{ATTEMPT}:{key}:sha256": kept.sha256}
    return found


def follow(inspection: Inspection, record: Record, correction: Correction) -> Record:
    """Put attempts and checks as this record has them on their rows; gives it with the ids of new rows."""
    kept = [_follow_attempt(inspection, one, correction) for one in record.attempts]
    struck = [name.split(":")[1] for name in json.loads(correction.proposed) if name.endswith(":struck")]
    inspection.attempts.filter(pk__in=[pk for pk in struck if not pk.startswith(GONE)]).delete()
    for check in record.checks:
        AbnormalCheck.objects.update_or_create(
            inspection=inspection,
            kind=check["kind"],
            defaults={part: check.get(part) for part in CHECK_PARTS},
            create_defaults={part: check.get(part) for part in CHECK_PARTS} | _recorded(correction),
        )
    return Record({**record.content, "attempts": kept})


def _follow_attempt(
    inspection: Inspection, one: Mapping[str, Any], correction: Correction
) -> Mapping[str, Any]:
    said = {"day": date.fromisoformat(one["day"]), "way": one["way"], "outcome": one["outcome"]}
    if one["id"].startswith(GONE):
        return one
    if not one["id"].startswith(NEW):
        inspection.attempts.filter(pk=one["id"]).update(**said)
        return one
    row = ContactAttempt.objects.create(
        inspection=inspection, proof_id=one["proof"], **said, **_recorded(correction)
    )
    return {name: value for name, value in one.items() if name != "proof"} | {"id": str(row.pk)}


def _recorded(correction: Correction) -> dict[str, Any]:
    return {"recorded_at": clock.now(), "recorded_by_id": correction.asked_by_id}
