"""The content of a record, put together from the form and what stands around it (domain §9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.basics.selectors import parameters
from mingcha.inspection.form.fields import DESK
from mingcha.inspection.form.reading import NOT_LOOKED_INTO, FilledForm, FilledItem, FilledPoint
from mingcha.inspection.models import AbnormalCheck, Entry, EntryPerson, Inspection
from mingcha.inspection.results.needs import Found
from mingcha.inspection.results.reasons import OF_RESULTS, dictionaries, field_of, words_of
from mingcha.inspection.results.record import Record

_FORMAT = 2
CONFIRMED = AbnormalCheck.Conclusion.CONFIRMED.value
TRIES, LEAST_FACTS = "LOST_CONTACT_TRIES", "UNCOOPERATIVE_FACTS_LEAST"


def draft_of(inspection: Inspection, form: FilledForm) -> Record:
    """The record as it would be frozen now; fields in which two values stand are left out."""
    entry = Entry.objects.filter(inspection=inspection).first()
    values = {name: value for name, value in _values(form) if value not in (None, "")}
    return Record(
        {
            "format": _FORMAT,
            "firm": _firm(inspection),
            "visit": _visit(inspection, entry),
            "people": _people(entry),
            "items": _items(inspection, form),
            "values": values,
            "evidence": _evidence(form),
            "attempts": _attempts(inspection),
            "checks": _checks(inspection),
        }
    )


def _values(form: FilledForm) -> Iterator[tuple[str, Any]]:
    """Field → value, as a form spells them."""
    yield from (
        ("present:name", form.present_name),
        ("present:post", form.present_post),
        ("present:phone", form.present_phone),
        ("told:certificates", form.told_certificates),
        ("told:rights", form.told_rights),
        ("told:recusal", form.told_recusal),
        ("told:notice", form.told_notice),
        ("told:notice_how", form.told_notice_how),
        ("firm:statement", form.statement),
        ("firm:agrees", form.agrees),
        ("sign:firm", str(form.sign_firm.uuid) if form.sign_firm else ""),
        ("sign:refused", form.sign_refused),
        ("sign:witness", form.sign_witness),
        ("record:on_paper", str(form.paper.uuid) if form.paper else ""),
        ("result:category", form.category),
        ("result:reasons", field_of(dictionaries().fitting(form.category, words_of(form.reasons)))),
        ("result:reason", form.reason),
    )
    yield from ((f"sign:{person}", str(file.uuid)) for person, file in form.signed.items())
    for item in form.items:
        yield from _item_values(item, form.category)


def _item_values(item: FilledItem, category: str) -> Iterator[tuple[str, Any]]:
    about = f"item:{item.version.pk}"
    # Where nothing could be looked into, what holds of the whole holds of each item.
    yield f"{about}:result", category if category in NOT_LOOKED_INTO else item.result
    yield f"{about}:note", item.note
    for point in item.points:
        about = f"point:{point.point.pk}"
        yield f"{about}:answer", point.answer
        yield f"{about}:value", point.value
        yield f"{about}:facts", point.facts
        yield f"{about}:persons", point.persons
        yield f"{about}:amount", "" if point.amount is None else str(point.amount)


def found_in(record: Record) -> Found:
    """What of a record a result depends on."""
    known = dictionaries()
    return Found(
        result=record.result,
        reason=record.reason,
        bad=len(record.bad),
        items={item.name: (item.result, sum(point.is_bad for point in item.points)) for item in record.items},
        attempts=len({one["day"] for one in record.attempts}),
        checks={one["kind"]: one["conclusion"] == CONFIRMED for one in record.checks},
        reasons=known.fitting(record.result, record.reasons),
        offered=record.result in OF_RESULTS,
        asked_checks=known.checks_asked_by(record.result, record.reason, record.reasons),
        evidence=len(record.evidence),
        tries=parameters.value(TRIES).as_int(),
        least_facts=parameters.value(LEAST_FACTS).as_int(),
    )


def _firm(inspection: Inspection) -> dict[str, Any]:
    subject = inspection.subject
    return {
        "name": inspection.name,
        "number": subject.roster_id,
        "kind": subject.kind,
        "address": subject.address,
    }


def _visit(inspection: Inspection, entry: Entry | None) -> dict[str, Any]:
    return {
        "kind": inspection.kind,
        "purpose": inspection.purpose,
        "notice": inspection.notice_number,
        "unit": inspection.unit.name,
        "entered_at": _stamp(inspection.entered_at),
        "left_at": _stamp(inspection.left_at),
        "recorded_by": _writers(inspection),
        "via": str(entry.get_via_display()) if entry else "",
        "via_reason": entry.reason if entry else "",
        "platform_number": entry.platform_number if entry else "",
        "latitude": str(entry.latitude) if entry and entry.latitude is not None else "",
        "longitude": str(entry.longitude) if entry and entry.longitude is not None else "",
    }


def _writers(inspection: Inspection) -> list[str]:
    """记录人: who wrote the form, first come first; of a clerk, that it was copied from paper."""
    copied: dict[str, bool] = {}
    for name, client in inspection.form_ops.order_by("pk").values_list("author__name", "client"):
        copied[name] = copied.get(name, True) and client == DESK
    return [_("%(name)s（代录）") % {"name": name} if by_desk else name for name, by_desk in copied.items()]


def _people(entry: Entry | None) -> list[dict[str, Any]]:
    rows = EntryPerson.objects.filter(entry=entry) if entry else EntryPerson.objects.none()
    return [
        {"inspector": one.inspector_id, "name": one.name, "certificate": one.certificate_number}
        for one in rows
    ]


def _items(inspection: Inspection, form: FilledForm) -> list[dict[str, Any]]:
    units = dict(inspection.items.values_list("version", "unit__name"))
    return [
        {
            "version": item.version.pk,
            "code": item.version.item.code,
            "name": item.version.name,
            "unit": units.get(item.version.pk, ""),
            "points": [_point(point) for point in item.points],
        }
        for item in form.items
    ]


def _point(one: FilledPoint) -> dict[str, Any]:
    return {
        "id": one.point.pk,
        "number": one.number,
        "question": one.point.question,
        "standard": one.point.standard,
    }


def _evidence(form: FilledForm) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "uuid": str(one.uuid),
            "kind": one.kind,
            "point": one.point_id,
            "sha256": one.sha256,
            # To the second: what was photographed after a signature is told apart from what was before.
            "taken_at": _stamp(one.taken_at, "seconds"),
            **({"sight": one.sight} if one.sight else {}),
        }
        for number, one in enumerate(form.evidence, start=1)
    ]


def _attempts(inspection: Inspection) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.pk),
            "day": one.day.isoformat(),
            "way": one.way,
            "outcome": one.outcome,
            "sha256": one.proof.sha256,
        }
        for one in inspection.attempts.select_related("proof")
    ]


def _checks(inspection: Inspection) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "reason": one.reason,
            "people": one.people,
            "contracts": one.contracts,
            "insured": one.insured,
            "arrears": one.arrears,
            "explanation": one.explanation,
            "verified": one.verified,
            "conclusion": one.conclusion,
        }
        for one in inspection.checks.all()
    ]


def _stamp(at: datetime | None, timespec: str = "minutes") -> str:
    return at.astimezone(clock.SHANGHAI).isoformat(timespec=timespec) if at else ""
