"""Small things that the small registers' rows need."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from mingcha.registry.importing.drafts import Draft
from mingcha.registry.models import StagedRow
from mingcha.registry.sheets import ReadRow


def json_of(draft: Draft) -> str:
    """What was understood of a row, always written alike: the digest covers it."""
    values = draft.values or draft.read.values
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def no_row(row: StagedRow) -> ReadRow:
    """A row of an earlier batch as if it had been read again, without its cells."""
    return ReadRow(row.sheet, row.row, {}, {"name": row.name}, [], "understood")


def uses_of(instance: models.Model, besides: type[models.Model] | None = None) -> str:
    """What kind of rows point to an object and keep it from being removed; empty when none do.

    Staged rows do not, nor the one row of `besides` that is removed along with it.
    """
    for relation in instance._meta.related_objects:
        if relation.on_delete in (models.CASCADE, models.DO_NOTHING) or relation.many_to_many:
            continue
        if relation.related_model is besides and relation.one_to_one:
            continue
        rows: Any = relation.related_model._base_manager.filter(**{relation.field.name: instance.pk})
        if rows.exists():
            return str(relation.related_model._meta.verbose_name)
    return ""
