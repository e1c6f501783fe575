"""更正: asked for with a reason and proof, decided by another person, kept as a new version (N7, S8)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.files.base import File
from django.utils.translation import gettext

from mingcha.accounts import duties
from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, System, Viewer
from mingcha.basics.rules import require_role, required_text
from mingcha.basics.selectors import approvals as approving
from mingcha.basics.services import approvals, attachments
from mingcha.basics.services.moving import move
from mingcha.inspection import lifecycle as states
from mingcha.inspection.initial import CORRECT_DUTY, DECIDE_DUTY
from mingcha.inspection.models import Correction, Inspection, RecordVersion
from mingcha.inspection.results import lifecycles, needs, procedures
from mingcha.inspection.results.correcting import checked
from mingcha.inspection.results.events import CorrectionAsked, CorrectionMoved
from mingcha.inspection.results.freezing import found_in
from mingcha.inspection.results.record import Record, current, record_of
from mingcha.inspection.services import procedures as procedure_rows
from mingcha.inspection.services.backfill import look_again
from mingcha.inspection.services.common import held
from mingcha.inspection.services.publicising import prepare_result
from mingcha.inspection.services.recording import ON_THE_ROW, freeze, put_on_rows
from mingcha.inspection.services.referring import draft_letters
from mingcha.kernel.refusal import Refused, Refusing, gettext_noop

ROUTE = "correction"
ASKERS = (Role.INSPECTOR, Role.COORDINATOR, Role.SECTION_HEAD)
#: What can be corrected; what nobody has reviewed yet is given back instead.
OPEN = states.STANDING
PROOF = "document"
_PLATFORM = System(purpose="correction of a result")
_S8: Final = gettext_noop("本局方案三（二）：严禁随意录入、擅自修改检查结果")
_refuse = Refusing("correction", _S8)


@service
def ask_correction(
    *,
    actor: Officer,
    inspection: Inspection,
    proposed: Mapping[str, Any],
    reason: str,
    evidence: File[Any] | None = None,
    proofs: Mapping[str, File[Any]] | None = None,
) -> Correction:
    """Ask that some fields of the record read otherwise; the head who was not there decides, or a leader.

    `proposed` is field → new value, None for empty; `proofs` are the files of attempts that are added, by
    the attempt's id ("new1"). Refused for a field that is not on the form, a value
    that cannot stand there, nothing new, and a result that would lack its proof or contradict the answers.
    """
    require_role(actor, ASKERS, gettext_noop("申请更正检查结果"))
    row = held(actor, inspection)
    if row.state not in OPEN:
        raise _not_now(row)
    if row.corrections.filter(state=lifecycles.ASKED).exists():
        raise _refuse(
            "one_at_a_time",
            gettext_noop("已经有一件更正申请在等待决定"),
            gettext_noop("请等那一件有了决定，或由提出人撤回后再提出"),
        )
    before = current(row)
    kept = procedure_rows.keep_proofs(actor, row, proofs or {})
    fields = checked(row, record_of(before), {**proposed, **kept})
    _must_hold(row, record_of(before).corrected(fields))
    correction = Correction.objects.create(
        inspection=row,
        of=before,
        proposed=json.dumps(fields, ensure_ascii=False, sort_keys=True),
        reason=required_text(reason, gettext_noop("更正的理由"))[:500],
        asked_at=clock.now(),
        asked_by_id=actor.id,
    )
    thing = Thing.of(correction)
    if evidence is not None:
        attachments.add(actor=actor, file=evidence, thing=thing, purpose=PROOF)
    duties.perform(actor=actor, duty=CORRECT_DUTY, thing=Thing.nameless(row))
    emit(CorrectionAsked(thing=thing, after={"fields": len(fields), "version": before.number}))
    approvals.propose(
        actor=actor,
        kind=ROUTE,
        thing=thing,
        summary=gettext("更正 %(n)d 处") % {"n": len(fields)},
        unit_id=row.unit_id,
    )
    return correction


@service
def withdraw_correction(*, actor: Officer, correction: Correction, reason: str) -> Correction:
    """Whoever asked takes it back while nobody has decided."""
    # The approval is locked first, as by whoever decides on it.
    known = Correction.objects.visible_to(actor).get(pk=correction.pk)
    asked = approving.of_thing(ROUTE, Thing.of(known))
    if asked is None:
        raise LookupError("a correction without its approval")
    approvals.withdraw(actor=actor, approval_id=asked.pk, reason=reason)
    return Correction.objects.get(pk=correction.pk)


@service
def correct(*, actor: Viewer, correction_id: int) -> Correction:
    """The approval was granted by `actor`: the next version of the record, on the rows, before the public.

    Refused when the actor was there, or asked for it, or when another version has come in between.
    """
    row = held(_PLATFORM, Inspection.objects.get(corrections=correction_id))
    correction = _held(correction_id)
    duties.perform(actor=actor, duty=DECIDE_DUTY, thing=Thing.nameless(row))
    before = current(row)
    _move(correction, "approve", lifecycles.CorrectionFacts(current=before.pk == correction.of_id))
    after = procedure_rows.follow(row, record_of(before).corrected(proposed_by(correction)), correction)
    version = freeze(row, after, actor, RecordVersion.Cause.CORRECTED, reason=correction.reason)
    put_on_rows(row, after)
    row.told_on = None
    row.save(update_fields=[*ON_THE_ROW, "told_on"])
    correction.decide(actor)
    correction.record = version
    correction.save()
    draft_letters(actor=_PLATFORM, inspection_id=row.pk)
    prepare_result(actor=_PLATFORM, inspection_id=row.pk, change_note=correction.reason)
    look_again(actor=_PLATFORM, inspection_id=row.pk)
    return correction


@service
def leave_as_it_is(*, actor: Viewer, correction_id: int, reason: str, taken_back: bool) -> Correction:
    """The approval was returned, or taken back by who asked: nothing changes, the request stays with why."""
    correction = _held(correction_id)
    _move(correction, "withdraw" if taken_back else "reject", lifecycles.CorrectionFacts(), reason=reason)
    correction.decide(actor, reason)
    correction.save()
    return correction


def proposed_by(correction: Correction) -> dict[str, Any]:
    """Field → new value, None for empty."""
    found: dict[str, Any] = json.loads(correction.proposed)
    return found


def _must_hold(inspection: Inspection, record: Record) -> None:
    """Refuse what the rules of submitting would refuse."""
    lacking = [
        *needs.missing(found_in(record)),
        *procedures.lacking(record.attempts, record.checks, procedures.listed_on(inspection), clock.today()),
    ]
    if lacking:
        raise _refuse(
            "would_not_hold",
            gettext_noop("这样更正以后结果立不住：%(lacking)s"),
            gettext_noop("请一并更正相关的各项，使结果与事实一致"),
            lacking="；".join(dict.fromkeys(lacking)),
        )


def _held(correction_id: int) -> Correction:
    found: Correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction_id)
    return found


def _move(correction: Correction, verb: str, facts: lifecycles.CorrectionFacts, *, reason: str = "") -> None:
    move(correction, lifecycles.CORRECTION, verb, _PLATFORM, facts, CorrectionMoved, reason=reason)


def _not_now(inspection: Inspection) -> Refused:
    return _refuse(
        "not_now",
        gettext_noop("这次检查目前为“%(state)s”，还谈不上更正"),
        gettext_noop("没有提交的直接修改；已提交没有审核的，请审核人退回补正"),
        state=str(inspection.get_state_display()),
    )
