"""What the phone's script talks to: JSON, with the session and its CSRF token."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.base import limits, rates
from mingcha.base.roles import Role
from mingcha.inspection.models import Evidence, Inspection
from mingcha.inspection.phone import messages, sync
from mingcha.inspection.services import calling
from mingcha.inspection.services import evidence as proving
from mingcha.web.access import officers_api
from mingcha.web.api import Answer, answers_json, json_body, raw_body
from mingcha.web.http import Request, officer

#: The largest batch of changes, in bytes: a phone sends a hundred at once, of 4,000 characters each.
MOST = 2 * 1024 * 1024
_RATE = "phone_requests"


@officers_api(Role.INSPECTOR)
@require_GET
@answers_json
def hello(request: Request) -> Answer:
    """Whether one is still signed in, as whom, and the token for sending."""
    viewer = officer(request)
    return {"officer": viewer.id, "name": viewer.name, "csrf": get_token(request)}


@officers_api(Role.INSPECTOR)
@require_http_methods(["GET", "POST"])
@answers_json
def exchange(request: Request, pk: int) -> Answer:
    """GET: what stands, from `?after=`. POST: bring a queue home, then the same."""
    viewer = officer(request)
    rates.check(_RATE, viewer.reference)
    inspection = _inspection(request, pk)
    answer: dict[str, Any] = {}
    if request.method == "POST":
        batch = messages.batch(json_body(request, most=MOST))
        answer, after = sync.bring_home(viewer, inspection, batch), batch.after
    else:
        after = _after(request)
    return {**answer, **sync.standing(viewer, inspection, after), "csrf": get_token(request)}


@officers_api(Role.INSPECTOR)
@require_POST
@answers_json
def numbers(request: Request, pk: int) -> Answer:
    """Whom to call there; that they were taken along is on record."""
    rates.check(_RATE, officer(request).reference)
    found = calling.take_numbers(actor=officer(request), inspection=_inspection(request, pk))
    return {
        "contacts": [
            {"post": str(one.get_post_display()), "name": one.name or "", "phone": one.phone or ""}
            for one in found
        ]
    }


@officers_api(Role.INSPECTOR)
@require_POST
@answers_json
def announce(request: Request, pk: int) -> Answer:
    """A file will come; or how far it has come."""
    rates.check(_RATE, officer(request).reference)
    told = messages.announced(json_body(request, most=MOST))
    found = proving.announce(actor=officer(request), inspection=_inspection(request, pk), announced=told)
    return sync.evidence_told(found)


@officers_api(Role.INSPECTOR)
@require_POST
@answers_json
def piece(request: Request, key: UUID, offset: int) -> Answer:
    """A part of a file, as it is."""
    rates.check(_RATE, officer(request).reference)
    found = get_object_or_404(Evidence.objects.visible_to(officer(request)), uuid=key)
    content = raw_body(request, most=limits.limit("piece_bytes"))
    return sync.evidence_told(
        proving.receive(actor=officer(request), evidence=found, offset=offset, content=content)
    )


def _inspection(request: Request, pk: int) -> Inspection:
    found: Inspection = get_object_or_404(Inspection.objects.visible_to(officer(request)), pk=pk)
    return found


def _after(request: Request) -> int:
    text = request.GET.get("after", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
