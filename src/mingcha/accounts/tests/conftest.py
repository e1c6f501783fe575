"""Fixtures for the tests of accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from mingcha.accounts.testing import as_officer, make_officer, sign_in
from mingcha.base import clock
from mingcha.base.clock import SHANGHAI, FixedClock
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Officer


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    """The real hasher takes half a second a password on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at() -> Iterator[FixedClock]:
    """Tuesday, 9 June 2026, 10:00 in Shanghai; `at.advance(minutes=…)` moves on."""
    with clock.using(FixedClock(datetime(2026, 6, 9, 10, 0, tzinfo=SHANGHAI))) as fixed:
        assert isinstance(fixed, FixedClock)
        yield fixed


@pytest.fixture
def admin(db) -> Officer:
    return as_officer(make_officer(Role.ADMINISTRATOR, name="管理员甲"))


@pytest.fixture
def sign_in_as(db) -> Callable[..., None]:
    """Make a client an officer with these roles over the whole bureau."""

    def go(client: Client, *roles: Role) -> None:
        sign_in(client, make_officer(*roles, reach=Reach.BUREAU))

    return go
