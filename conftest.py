"""Fixtures for every test of the project."""

import pytest
from hypothesis import HealthCheck, settings

from tests.kept_database import django_db_keepdb, django_db_setup

__all__ = ["django_db_keepdb", "django_db_setup"]

pytest_plugins = ["mingcha.ledger.testing"]


def pytest_configure() -> None:
    """Static files by their plain names: tests need no collectstatic. A busy machine fails no property."""
    from django.conf import settings as project

    settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("unhurried")
    project.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database, and what of it asks by way of a page: CI need not repeat the rest on
    PostgreSQL; `make test-all` repeats everything.

    A test in a browser that fails is tried once more: two cores that run two suites starve a browser now and
    then. The summary names each such test, so that one that is tried again and again is seen.
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & {*asked}:
            item.add_marker("database")
        if "client" in asked:
            item.add_marker("page")
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What is kept for some minutes in production belongs to one test alone."""
    from django.core.cache import cache

    cache.clear()
