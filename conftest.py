"""Fixtures for every test of the project."""

pytest_plugins = ["mingcha.ledger.testing"]


def pytest_configure() -> None:
    """Static files by their plain names: tests need no collectstatic."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
