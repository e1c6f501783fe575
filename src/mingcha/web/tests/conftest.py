"""Fixtures of this app: its own addresses, its own way to sign in, its sample tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import clear_url_caches

from mingcha.web import navigation, providers
from mingcha.web.registers import saved_views as kept_views
from mingcha.web.tests import viewer
from mingcha.web.tests.sample import Firm, Town


@pytest.fixture(scope="session")
def sample_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Town)
            editor.create_model(Firm)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Firm)
            editor.delete_model(Town)


@pytest.fixture
def own_addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sample addresses, without what the apps above have put into the menu and the registries."""
    entries = {
        code: entry for code, entry in navigation._entries.items() if entry.url_name.startswith("web:")
    }
    monkeypatch.setattr(navigation, "_entries", entries)
    monkeypatch.setattr(navigation, "_public_entries", {})
    for registry in ("next_steps", "signals", "histories"):
        monkeypatch.setattr(providers, registry, providers.Providers())
    for registry in ("saved_views", "savers"):
        monkeypatch.setattr(kept_views, registry, providers.Providers())
    settings.ROOT_URLCONF = "mingcha.web.tests.urls"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [
        "mingcha.web.tests.viewer.ViewerMiddleware" if name.endswith(".ViewerMiddleware") else name
        for name in settings.MIDDLEWARE
    ]
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def client(own_addresses: None) -> Client:
    return Client()


@pytest.fixture
def sign_in(client: Client) -> Callable[..., None]:
    """`sign_in(Role.COORDINATOR)` makes the client an officer."""
    return partial(viewer.sign_in, client)


@pytest.fixture
def sign_in_as() -> Callable[..., None]:
    """What `RegisterContract` signs in with."""
    return viewer.sign_in
