"""Who may open a page. Every view carries exactly one of these decorators.

The declaration is data on the view (`view.access`), so that the URL × role test can walk the resolver
and fail on a page that nobody declared (tests/contract/test_every_url_by_role.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Public

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Access:
    """Who may open a page: everyone, any officer, or officers with one of the roles."""

    public: bool = False
    roles: frozenset[str] = frozenset()
    #: Answers scripts: who is not signed in gets 401, who may not gets 403, both without a page.
    api: bool = False

    @property
    def any_officer(self) -> bool:
        return not self.public and not self.roles

    def allows(self, request: HttpRequest) -> bool:
        viewer = request.viewer  # type: ignore[attr-defined]
        if self.public:
            return True
        if not isinstance(viewer, Officer):
            return False
        return self.any_officer or viewer.has(*self.roles)


def _guard(view: View, access: Access) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if access.allows(request):
            return view(request, *args, **kwargs)
        signed_out = isinstance(request.viewer, Public)  # type: ignore[attr-defined]
        if access.api:
            code, status = ("signed_out", 401) if signed_out else ("forbidden", 403)
            return JsonResponse({"code": code}, status=status)
        if signed_out:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        raise PermissionDenied

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """A page for anyone, signed in or not."""
    return _guard(view, Access(public=True))


def officers(*roles: Role | str) -> Callable[[View], View]:
    """A page for officers; with roles given, only for holders of one of them."""

    def decorate(view: View) -> View:
        return _guard(view, Access(roles=frozenset(str(role) for role in roles)))

    return decorate


def officers_api(*roles: Role | str) -> Callable[[View], View]:
    """The same for an address that answers scripts with JSON."""

    def decorate(view: View) -> View:
        return _guard(view, Access(roles=frozenset(str(role) for role in roles), api=True))

    return decorate
