"""Addresses that answer scripts: JSON in, JSON out, refusals with their three texts.

@answers_json
def sync(request, pk): ...
    body = json_body(request, most=limits.limit("form_bytes"))
    return {"state": ...}
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from mingcha.kernel.refusal import Refusal, Refused

Answer = Mapping[str, Any] | HttpResponse


class Unreadable(Exception):
    """The body is not what this address takes. Never a fault of who pressed a button."""


class TooLarge(Exception):
    """The body is larger than this address takes."""


def shown(refusal: Refusal) -> dict[str, Any]:
    """A refusal for a script: its code, its texts, its plain values."""
    params = {key: value for key, value in refusal.params.items() if isinstance(value, int | str)}
    return {
        "code": refusal.code,
        "params": params,
        **{part: refusal.shown(part, gettext) for part in ("message", "basis", "remedy")},
    }


def answers_json(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """Turn what a view gives, or raises, into JSON: 409 a refusal, 404 nothing there, 400 or 413 the body."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Refused as refused:
            return _coded("refused", 409, refusals=[shown(one) for one in refused.refusals])
        except (Http404, ObjectDoesNotExist):
            return _coded("not_found", 404)
        except Unreadable as fault:
            return _coded("unreadable", 400, fault=str(fault))
        except TooLarge:
            return _coded("too_large", 413)
        if isinstance(answer, HttpResponse):
            return answer
        return _plain(JsonResponse(answer))

    return answered


def raw_body(request: HttpRequest, *, most: int) -> bytes:
    """The body as it came. Raises TooLarge before reading more than `most` bytes."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        raise Unreadable("length") from None
    if length > most:
        raise TooLarge
    return request.body


def json_body(request: HttpRequest, *, most: int) -> dict[str, Any]:
    """The body, a JSON object. Raises Unreadable or TooLarge."""
    try:
        content = json.loads(raw_body(request, most=most))
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    if not isinstance(content, dict):
        raise Unreadable("object")
    return content


def _coded(code: str, status: int, **values: Any) -> HttpResponse:
    return _plain(JsonResponse({"code": code, **values}, status=status))


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
