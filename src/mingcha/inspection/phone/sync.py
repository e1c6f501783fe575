"""Bring a phone's queue home and tell the phone what it does not know yet.

The order is always the same, whenever things were noted: coming in, the form, leaving, submitting. Each is a
service of its own: what is refused leaves the others standing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mingcha.base.viewers import Officer
from mingcha.inspection import lifecycle as states
from mingcha.inspection import services
from mingcha.inspection.models import Evidence, FormOp, Inspection, VisitPackage
from mingcha.inspection.phone.messages import Batch
from mingcha.inspection.selectors import is_on_team, with_people
from mingcha.inspection.services.form import Outcome
from mingcha.kernel.refusal import Refused
from mingcha.web.api import shown

#: So many changes of others are told at once; the phone asks again.
TOLD = 500


def bring_home(officer: Officer, inspection: Inspection, batch: Batch) -> dict[str, Any]:
    """Carry out what a phone sends; for each part whether it was taken, or the refusal."""
    answer: dict[str, Any] = {}
    if batch.enter is not None:
        arrival = batch.enter
        answer["enter"] = _tried(
            lambda: services.enter(
                actor=officer,
                inspection=inspection,
                via=arrival.via,
                at=arrival.at,
                place=arrival.place,
                reason=arrival.reason,
                platform_number=arrival.platform_number,
                licence=arrival.licence,
                people=arrival.people,
            )
        )
    if batch.ops:
        answer["outcomes"] = _ops(officer, inspection, batch)
    if batch.leave is not None:
        departure = batch.leave
        answer["leave"] = _tried(
            lambda: services.leave(
                actor=officer, inspection=inspection, at=departure.at, place=departure.place
            )
        )
    if batch.submit:
        answer["submit"] = _tried(lambda: services.submit(actor=officer, inspection=inspection))
    return answer


def standing(officer: Officer, inspection: Inspection, after: int) -> dict[str, Any]:
    """How the inspection stands, its files, and what was written after the change number `after`."""
    row = with_people(Inspection.objects.visible_to(officer)).get(pk=inspection.pk)
    # What was written tells how to reach people (N10): for those who go, and for nobody who must stay away.
    written = row.form_ops.filter(pk__gt=after) if is_on_team(officer, row) else row.form_ops.none()
    ops = list(written.select_related("author").order_by("pk")[: TOLD + 1])
    told, more = ops[:TOLD], len(ops) > TOLD
    lead = row.team[0] if row.team else None
    issue = VisitPackage.objects.standing().filter(inspection=row).first()
    return {
        "state": row.state,
        "state_text": str(row.get_state_display()),
        "open": row.state in states.UNDER_WAY,
        "ahead": row.state in states.AHEAD,
        # Nothing comes back to be written: only then may a phone forget it.
        "over": row.state in (*states.STANDING, *states.OVER),
        "entered_at": _iso(row.entered_at),
        "left_at": _iso(row.left_at),
        "lead": lead is not None and lead.user_id == officer.id,
        # Who goes on, and which issue's code still counts: a phone has taken along what held before.
        "team": [one.pk for one in row.team],
        "code": None if issue is None else issue.number,
        "ops": [_told(one) for one in told],
        "after": told[-1].pk if told else after,
        "more": more,
        "evidence": [evidence_told(one) for one in row.evidence.order_by("pk")],
    }


def evidence_told(evidence: Evidence) -> dict[str, Any]:
    """How far a file has come."""
    return {
        "uuid": str(evidence.uuid),
        "kind": evidence.kind,
        "point": evidence.point_id,
        "size": evidence.size,
        "received": evidence.received,
        "whole": evidence.attachment_id is not None,
        "dropped": evidence.dropped_why if evidence.dropped_at is not None else None,
    }


def _ops(officer: Officer, inspection: Inspection, batch: Batch) -> list[dict[str, Any]]:
    """What became of each change; where the whole is refused, that is each one's reason."""
    try:
        outcomes = services.put(actor=officer, inspection=inspection, ops=batch.ops)
    except Refused as refused:
        outcomes = [Outcome(op.client, op.seq, refused.refusals[0]) for op in batch.ops]
    return [
        {"seq": one.seq, "refusal": None if one.refusal is None else shown(one.refusal)} for one in outcomes
    ]


def _tried(run: Callable[[], object]) -> dict[str, Any]:
    try:
        run()
    except Refused as refused:
        return {"taken": False, "refusals": [shown(one) for one in refused.refusals]}
    return {"taken": True}


def _told(row: FormOp) -> dict[str, Any]:
    return {
        "client": row.client,
        "seq": row.seq,
        "field": row.field,
        "value": json.loads(row.value),
        "parents": row.parents,
        "author": row.author.name,
        "at": _iso(row.at),
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment is not None else None
