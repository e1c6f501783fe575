"""What a row looked like: the plain values that an event carries as before and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models

from mingcha.base.crypto.fields import EncryptedTextField


def snapshot(instance: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields as values that JSON can hold; a relation is shown by its text, not its id.

    Raises ValueError for an encrypted field: personal values go into `Event.personal`.
    """
    return {name: _plain(instance, name) for name in fields}


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the entries that differ, on both sides."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _plain(instance: models.Model, name: str) -> Any:
    field = instance._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return sorted(str(related) for related in getattr(instance, name).all())
    if isinstance(field, EncryptedTextField):
        raise ValueError(f"{name} is personal: it goes into Event.personal, not into before and after")
    value = getattr(instance, name)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int)):
        return value
    if getattr(field, "choices", None):
        return str(getattr(instance, f"get_{name}_display")())
    return str(value)
