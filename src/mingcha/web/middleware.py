"""A refusal that no view has caught becomes a page; what a signed-in person saw is kept by no browser."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.web import errors


class RefusalMiddleware:
    """Answers an uncaught `Refused` with 409 and its three texts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals; everything else goes on to the 500 page."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None


class NoStoreMiddleware:
    """Says of every page of a signed-in person that no browser and no machine in between keeps it (N10).

    A counter's computer is used by many: what was on the screen does not come back after signing out. Public
    pages are the same for everybody, and static files never come this far.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(getattr(request, "viewer", None), Officer) and not _is_public(request):
            patch_cache_control(response, no_store=True, private=True)
        return response


def _is_public(request: HttpRequest) -> bool:
    found = request.resolver_match
    access = getattr(found.func, "access", None) if found is not None else None
    return bool(access is not None and access.public)
