"""Conditions on very many ids."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL


def one_of(path: str, ids: Sequence[int]) -> Q:
    """The rows whose `path` is among the ids, which travel as one parameter however many they are."""
    if connection.vendor == "postgresql":
        return Q(**{f"{path}__in": RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])})  # noqa: S611
    joined = f"[{','.join(map(str, ids))}]"
    return Q(**{f"{path}__in": RawSQL("SELECT value FROM json_each(%s)", [joined])})  # noqa: S611
