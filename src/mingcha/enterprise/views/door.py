"""The page behind the code at a firm's door (domain §1.3: 亮码; design §4.4: door code)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingcha.accounts.selectors import bureau
from mingcha.base import clock
from mingcha.base.crypto.signing import Forged
from mingcha.base.crypto.signing_keys import public_keys
from mingcha.base.viewers import Officer
from mingcha.basics.selectors import parameters
from mingcha.enterprise.doors import Door, Standing, open_door
from mingcha.enterprise.rated import may_rate
from mingcha.enterprise.recusing import may_recuse
from mingcha.inspection.models import Entry
from mingcha.inspection.notice import CHECK_PHONES, PHONES, notice_of
from mingcha.inspection.recusal_pages import answers_of
from mingcha.kernel.refusal import Refused
from mingcha.web.access import public
from mingcha.web.http import Request

HALF_DAYS = "VISIT_HALF_DAYS"
#: A code that may not be used any more is gone, not missing.
_STATUS = {Standing.VALID: 200, Standing.ENDED: 200}


@public
@require_safe
def keys(request: Request) -> HttpResponse:
    """The public keys by which any code is verified, as a JWK set (RFC 7517)."""
    return JsonResponse({"keys": [key.as_jwk() for key in public_keys().values()]})


@public
@require_safe
def door(request: Request, token: str) -> HttpResponse:
    """Who comes, why, on what basis, for how long, which papers, when one may refuse; or why the code is no
    good."""
    try:
        found = open_door(token)
    except Forged as forged:
        return forged_page(request, forged)
    if found.past:
        return past_page(request)
    values = _facts(found) if found.valid or found.ended else {"phones": _phones()}
    page = render(
        request,
        "enterprise/door.html",
        {
            "door": found,
            "standing": found.standing.value,
            "keys": _jwks(),
            "said": request.GET.get("said", ""),
            # Whoever holds the code sees the same, whether it was rated or not.
            "may_rate": _not_refused(found, may_rate) and not isinstance(request.viewer, Officer),
            "may_recuse": _not_refused(found, may_recuse),
            **values,
        },
        status=_STATUS.get(found.standing, 410),
    )
    return private(page)


def forged_page(request: HttpRequest, forged: Forged) -> HttpResponse:
    """What this platform has not signed: said plainly, with whom to ask."""
    values = {"fault": forged.fault, "phones": _phones()}
    return private(render(request, "enterprise/forged.html", values, status=404))


def past_page(request: HttpRequest) -> HttpResponse:
    """The visit is long over: said plainly, with how to reach the bureau; nothing of the visit."""
    organ = bureau()
    values = {"phones": _phones(), "organ": organ.name if organ is not None else ""}
    return private(render(request, "enterprise/past.html", values, status=410))


def _facts(found: Door) -> dict[str, Any]:
    notice, inspection = notice_of(found.inspection), found.inspection
    entries = Entry.objects.visible_to(found.viewer).filter(inspection=inspection)
    entry = entries.first()
    task = inspection.task
    half_days = task.dispatch.campaign.half_days if task is not None else parameters.value(HALF_DAYS).as_int()
    return {
        "inspection": inspection,
        "notice": notice,
        "entry": entry,
        "today": clock.today() if entry is None else clock.day_of(entry.at),
        "half_days": half_days,
        "too_early": found.valid and clock.today() < inspection.visit_from,
        "phones": notice.phones,
        "recusals": answers_of(inspection),
    }


def _not_refused(found: Door, rule: Callable[[Door], None]) -> bool:
    """Whether the page offers what this rule allows."""
    try:
        rule(found)
    except Refused:
        return False
    return True


def _jwks() -> list[dict[str, str]]:
    return [key.as_jwk() for key in public_keys().values()]


def _phones() -> list[str]:
    return [*parameters.value(PHONES).as_list(), *parameters.value(CHECK_PHONES).as_list()]


def private(response: HttpResponse) -> HttpResponse:
    """Nobody but the firm: no search engine, no shared cache."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
