"""What a phone takes along to a firm, as JSON that is signed (FORMAT: `mingcha-visit/1`).

    {"payload": "<JSON text>", "kid": …, "signature": …}

The signature is over the characters of `payload`. In it: `facts`, which stand still until somebody changes
them; `issue`, this issue's number, code, digits, term and QR, or null where only the form is taken along
(nobody shows a code any more); `keys`, by which any other code is verified.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import segno
from django.urls import reverse

from mingcha.base import clock
from mingcha.base.crypto.signing_keys import public_keys, signer
from mingcha.base.viewers import Viewer
from mingcha.basics.models.common import Trust
from mingcha.inspection.models import Inspection, VisitPackage
from mingcha.inspection.notice import Notice, Person, notice_of
from mingcha.inspection.results.reasons import dictionaries
from mingcha.items.models import ItemVersion
from mingcha.items.models.parts import CheckPoint
from mingcha.kernel.digest import canonical_json, hex_digest
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.planning.dispatch.packs import contacts_of
from mingcha.registry.selectors import standing_entry

FORMAT: Final = "mingcha-visit/1"
#: The type of the code shown at a door.
DOOR: Final = "door"
_SCAN: Final = gettext_noop("国办发〔2024〕54号九：扫码入企，检查行为赋码、全程留痕")


def facts_of_package(viewer: Viewer, inspection: Inspection, notice: Notice | None = None) -> dict[str, Any]:
    """What is told of a visit; nothing in it depends on who asks or when, but for what has changed."""
    told = notice if notice is not None else notice_of(inspection)
    subject, slot = standing_entry(inspection.subject), told.slot
    contacts = contacts_of(viewer, [subject.pk])[subject.pk]
    return {
        "format": FORMAT,
        "inspection": inspection.pk,
        "kind": inspection.kind,
        "kind_text": str(inspection.get_kind_display()),
        "enforcing": inspection.enforcing,
        "organ": told.organ,
        "unit": inspection.unit.name,
        "purpose": inspection.purpose,
        "why_on_site": inspection.why_on_site,
        "source": told.source,
        "notice_number": told.number,
        "firm": {
            "name": inspection.name,
            "code": subject.roster_id,
            "address": subject.address,
            "town": subject.town,
            "contacts": [{"post": one.post, "name": one.name, "phone": one.phone} for one in contacts],
        },
        "visit": {
            "from": _day(inspection.visit_from),
            "until": _day(inspection.visit_until),
            "day": _day(slot.day) if slot else None,
            "half": slot.half_text if slot else None,
        },
        "team": [
            {"inspector": one.pk, "lead": place == 0, **_person(person)}
            for place, (one, person) in enumerate(zip(inspection.team, told.people, strict=True))
        ],
        "helpers": [{**_person(one), "helps_with": one.helps_with} for one in told.helpers],
        "items": [_item(one) for one in _with_points(told.items)],
        "papers": [{"name": one.name, "why": one.why} for one in told.papers],
        "held": list(told.held),
        "articles": list(told.articles),
        "rights": [[str(text), str(basis)] for text, basis in told.rights],
        "duties": [[str(text), str(basis)] for text, basis in told.duties],
        "prohibitions": [[str(text), str(means)] for text, means in told.prohibitions],
        "phones": list(told.phones),
        "check_phones": list(told.check_phones),
    }


def digest_of(facts: Mapping[str, Any]) -> str:
    """The digest by which a package says what it was issued for."""
    return hex_digest(canonical_json(facts))


def door_payload(
    inspection: Inspection, notice: Notice, ref: str, number: int, until: datetime
) -> dict[str, Any]:
    """What the code itself says, for whoever verifies it without a network: firm, people, days, end."""
    return {
        "typ": DOOR,
        "p": ref,
        "n": number,
        "f": inspection.name,
        "c": standing_entry(inspection.subject).roster_id,
        "w": [[one.name, one.certificate] for one in notice.people],
        "d": [_day(inspection.visit_from), _day(inspection.visit_until)],
        "x": int(until.timestamp()),
    }


def named_in(said: Mapping[str, Any]) -> list[str]:
    """The certificate numbers of those whom a code names, 主检 first."""
    return [certificate for _name, certificate in said["w"]]


def package_of(inspection: Inspection, viewer: Viewer, site: str) -> dict[str, Any]:
    """The signed package of the issue that stands. `site` is the address before the path (`https://…`).

    Refused when none stands, when it has run out, or when something in it has changed since: then a new one
    is issued (`services.issue_package`).
    """
    issue = VisitPackage.objects.standing().filter(inspection=inspection).first()
    if issue is None or issue.expires_at <= clock.now():
        raise _refused(
            "package.none",
            gettext_noop("“%(name)s”没有有效的检查资料包：还没有下发，或者已经过期"),
            inspection,
        )
    facts = facts_of_package(viewer, inspection)
    if digest_of(facts) != issue.digest:
        raise _refused(
            "package.changed",
            gettext_noop("“%(name)s”的检查人员、事项或其他资料在下发以后有变动"),
            inspection,
        )
    return _signed(
        viewer,
        facts,
        {
            "number": issue.number,
            "issued_at": issue.issued_at.isoformat(),
            "expires_at": issue.expires_at.isoformat(),
            "digest": issue.digest,
            "digits": issue.digits,
            "token": issue.token,
            **code_of(issue, site),
        },
    )


def form_package_of(inspection: Inspection, viewer: Viewer) -> dict[str, Any]:
    """The signed package of a visit that has begun, for its form alone: no code, no digits.

    A phone breaks, a record is returned, a colleague has never taken it along: what was found is written on
    whichever phone there is. Who may write is the caller's to ask.
    """
    return _signed(viewer, facts_of_package(viewer, inspection), None)


def code_of(issue: VisitPackage, site: str) -> dict[str, Any]:
    """The address behind the code, and its QR as rows of 0 and 1 with its margin."""
    code = qr_of(issue, site)
    rows = code.matrix_iter(border=4)
    return {
        "address": address_of(issue, site),
        "qr": ["".join("1" if dark else "0" for dark in row) for row in rows],
    }


def address_of(issue: VisitPackage, site: str) -> str:
    """The page behind the code."""
    return f"{site}{reverse('enterprise:door', args=[issue.token])}"


def qr_of(issue: VisitPackage, site: str) -> segno.QRCode:
    """The code as a QR. A screen is clean: the least correction gives the largest squares, for the sun."""
    return segno.make(address_of(issue, site), error="l", boost_error=False, micro=False)


def _signed(viewer: Viewer, facts: Mapping[str, Any], issue: Mapping[str, Any] | None) -> dict[str, Any]:
    content = {
        "facts": facts,
        "issue": issue,
        "keys": [key.as_jwk() for key in public_keys().values()],
        "reasons": dictionaries().by_result(),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    key = signer(actor=viewer)
    return {"payload": text, "kid": key.public.kid, "signature": key.sign(text)}


def _refused(code: str, message: str, inspection: Inspection) -> Refused:
    remedy = gettext_noop("请连上网络，在检查页面按“下发资料包”，再出发")
    return Refused(Refusal(code, message, _SCAN, remedy, {"name": inspection.name}))


def _with_points(versions: Sequence[ItemVersion]) -> list[ItemVersion]:
    rows = ItemVersion.objects.filter(pk__in=[one.pk for one in versions]).select_related("item")
    return list(rows.prefetch_related("points__bases").order_by("item__code"))


def _item(version: ItemVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "code": version.item.code,
        "name": version.name,
        "version": version.number,
        "points": [_point(one) for one in version.points.all()],
    }


def _point(point: CheckPoint) -> dict[str, Any]:
    bases = [one.cited for one in point.bases.all() if one.role == one.Role.DUTY]
    return {
        "id": point.pk,
        "n": point.position,
        "question": point.question,
        "standard": point.standard,
        "answer": point.answer,
        "choices": list(point.choice_lines),
        "consequence": point.consequence,
        "bases": bases,
        "settled": Trust(point.trust).is_settled,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "post": person.post,
        "certificate": person.certificate,
        "authority": person.authority,
        "valid_until": _day(person.valid_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
