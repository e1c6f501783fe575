"""Which apps bring data that every installation starts with."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from django.apps import AppConfig, apps


def apps_with_initial_data() -> Iterator[AppConfig]:
    """The apps that have a module `initial` with `load(actor)`, in the order in which they are installed."""
    for config in apps.get_app_configs():
        if config.name.startswith("mingcha.") and find_spec(f"{config.name}.initial") is not None:
            yield config
