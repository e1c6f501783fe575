"""Signing in without accounts: the tests of this app know nothing of the apps above it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import Client

from mingcha.base.roles import Role
from mingcha.base.viewers import PUBLIC, Grant, Officer

COOKIE = "test-roles"


def sign_in(client: Client, *roles: Role | str) -> None:
    """Make the client an officer with these roles, over the whole bureau."""
    client.cookies[COOKIE] = "+".join(["officer", *[Role(role).value for role in roles]])


class ViewerMiddleware:
    """Stands where accounts' middleware stands; believes what the cookie says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.COOKIES.get(COOKIE, "")
        grants = tuple(Grant(role=Role(role)) for role in said.split("+")[1:])
        request.viewer = Officer(id=1, name="王建国", grants=grants) if said else PUBLIC
        return self.get_response(request)
