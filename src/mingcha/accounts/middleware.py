"""Who is looking, on every request; and the door that stays shut until the first duties are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from mingcha.accounts import gate, selectors
from mingcha.accounts.models import EndedBecause
from mingcha.accounts.services import sessions
from mingcha.base.viewers import PUBLIC

#: Where the sign-in page finds why the previous session ended.
ENDED_KEY = "ended_because"


class ViewerMiddleware:
    """Sets `request.viewer`: an Officer with the roles in force today, or PUBLIC.

    Beyond what Django loads for the session, the user and the device it makes at most two queries.
    Someone who must first change the password or enrol a second factor is an Officer without any
    grant, and every page sends them where they can do it (`request.first_do`), except those that
    `gate.open_while_outstanding` marks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = PUBLIC  # type: ignore[attr-defined]
        request.first_do = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._admit(request)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
            _remember_why_ended(request)
        return self.get_response(request)

    def _admit(self, request: HttpRequest) -> None:
        user: Any = request.user
        if reason := sessions.overdue(request.session):
            _end(request, reason)
            return
        officer = selectors.officer_of(user)
        verified = user.is_verified()
        first = gate.outstanding(user, officer, verified=verified)
        if first is gate.FirstDo.ENROL and selectors.authenticator_of(user) is not None:
            # Enrolled elsewhere since: this session never took the second step.
            _end(request, EndedBecause.SECOND_FACTOR_CHANGED)
            return
        sessions.touch(request.session)
        request.first_do = first  # type: ignore[attr-defined]
        request.viewer = officer if first is None else selectors.without_grants(user)  # type: ignore[attr-defined]

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        first = request.first_do  # type: ignore[attr-defined]
        if first is None or getattr(view, "open_while_outstanding", False):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(first.value)})
        return redirect(first.value)


def _end(request: HttpRequest, reason: EndedBecause) -> None:
    """End this session and leave word for the sign-in page."""
    sessions.end_current(session_key=request.session.session_key or "", because=reason)
    logout(request)
    request.session[ENDED_KEY] = reason.value


def _remember_why_ended(request: HttpRequest) -> None:
    """The browser comes with a session that was ended elsewhere: the sign-in page says why."""
    reason = sessions.why_ended(request.COOKIES[settings.SESSION_COOKIE_NAME])
    if reason is not None:
        request.session[ENDED_KEY] = reason.value
