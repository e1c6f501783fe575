"""The pages for what went wrong: what happened, what it rests on, what to do now.

`project/urls.py` names them as its handlers:

    handler400 = "mingcha.web.errors.bad_request"
    handler403 = "mingcha.web.errors.forbidden"
    handler404 = "mingcha.web.errors.not_found"
    handler500 = "mingcha.web.errors.server_error"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from mingcha.base.viewers import PUBLIC
from mingcha.kernel.refusal import Refused
from mingcha.web.components import show_refusals


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; a body over the limit is a 413, which Django reports through the same handler."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, exception)
    return _page(request, "web/errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but none of the person's roles may open the page."""
    return _page(request, "web/errors/403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for what exists but is not this viewer's to see (design §4.4)."""
    return _page(request, "web/errors/404.html", 404)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: more was sent than the limits table allows."""
    return _page(request, "web/errors/413.html", 413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the forgery protection: nearly always an old page or blocked cookies."""
    return _page(request, "web/errors/csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without request, viewer or database: any of them may be what broke."""
    values = {"correlation_id": getattr(request, "correlation_id", "")}
    return HttpResponse(render_to_string("web/errors/500.html", values), status=500)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """409 for a rule that said no: a page; for HTMX the box alone, put where notices go; JSON for scripts."""
    shown = show_refusals(refusal.refusals)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"refusals": [asdict(one) for one in shown]}, status=409)
    values = {"refusals": refusal.refusals, "shown": shown}
    if not getattr(request, "htmx", False):
        return _page(request, "web/errors/refused.html", 409, values)
    response = render(request, "web/errors/refused_fragment.html", values, status=409)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response


def _page(
    request: HttpRequest, template: str, status: int, values: Mapping[str, object] | None = None
) -> HttpResponse:
    # An error may come before the middleware that knows the viewer has run.
    if not hasattr(request, "viewer"):
        request.viewer = PUBLIC  # type: ignore[attr-defined]
    referer = request.headers.get("Referer", "")
    origin = f"{request.scheme}://{request.get_host()}/" if status != 400 else ""
    back = referer if origin and referer.startswith(origin) and request.method != "GET" else ""
    return render(request, template, {"back": back, **(values or {})}, status=status)
