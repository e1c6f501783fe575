"""The request as views see it: with its viewer and its correlation id (both set by middleware)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from mingcha.base.viewers import Officer, Viewer


class Request(HttpRequest):
    """For annotations only; Django makes the object, the middleware adds the attributes."""

    viewer: Viewer
    correlation_id: str


def officer(request: HttpRequest) -> Officer:
    """The officer who is looking; PermissionDenied for anyone else (`web.access` admits only officers)."""
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Officer):
        raise PermissionDenied
    return viewer


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to be kept; `name` is plain, without its ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
