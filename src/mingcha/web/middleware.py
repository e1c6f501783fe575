"""A refusal that no view has caught becomes a page that explains it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
