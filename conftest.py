"""Fixtures for every test of the project."""

import pytest

pytest_plugins = ["mingcha.ledger.testing"]


def pytest_configure() -> None:
    """Static files by their plain names: tests need no collectstatic."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What is kept for some minutes in production belongs to one test alone."""
    from django.core.cache import cache

    cache.clear()
