"""Fixtures of this app: a browser whose roles the test says, since it knows nothing of how people sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mingcha.web.tests import viewer


@pytest.fixture
def client(settings: Any) -> Client:
    settings.MIDDLEWARE = [
        "mingcha.web.tests.viewer.ViewerMiddleware" if name.endswith(".ViewerMiddleware") else name
        for name in settings.MIDDLEWARE
    ]
    return Client()


@pytest.fixture
def sign_in_as() -> Callable[..., None]:
    """`sign_in_as(client, Role.OVERSEER)` makes the client an officer."""
    return viewer.sign_in
