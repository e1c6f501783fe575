"""A refusal that no view has caught becomes a page; what a signed-in person saw is kept by no browser."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control

from mingcha.base.viewers import Officer
from mingcha.kernel.refusal import Refused
from mingcha.web import errors

_NUL = "\0"


class RefusalMiddleware:
    """Answers an uncaught `Refused` with 409 and its three texts.

    And a NUL, which PostgreSQL keeps in no text and looks for in none, with 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals and what nobody can have typed; everything else goes on to the 500 page."""
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        forged = isinstance(exception, DataError) and _holds_nul(request)
        return errors.bad_request(request, exception) if forged else None


def _holds_nul(request: HttpRequest) -> bool:
    sent = (request.path, *_values(request.GET), *_values(request.POST))
    return any(_NUL in one for one in sent)


def _values(given: QueryDict) -> list[str]:
    return [value for _name, values in given.lists() for value in values]


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
