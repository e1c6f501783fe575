"""What codes and stored values are called on the screen."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, TypeAlias

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from mingcha.base.clock import SHANGHAI
from mingcha.base.events import catalogue
from mingcha.ledger.canonical import ABRIDGED

ModelField: TypeAlias = "models.Field[Any, Any]"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def event_label(code: str) -> str:
    """The Chinese name of an event; its code when this version no longer knows it."""
    known = catalogue.get(code)
    return _(str(known.label)) if known and known.label else code


def thing_type_label(thing_type: str) -> str:
    """The Chinese name of a thing's type; its code when this version no longer knows it."""
    model = find_model(thing_type)
    return str(model._meta.verbose_name) if model else thing_type


def find_model(thing_type: str) -> type[models.Model] | None:
    """The model behind a thing's type, or None."""
    try:
        return apps.get_model(thing_type)
    except (LookupError, ValueError):
        return None


def field_of(thing_type: str, name: str) -> ModelField | None:
    """The model field that a recorded value belongs to, or None."""
    model = find_model(thing_type)
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def field_label(event: str, field: ModelField | None, name: str) -> str:
    """A value's Chinese name: from its model field, else the event type's `field_labels`, else as it is."""
    if field is not None:
        return str(field.verbose_name)
    return str(getattr(catalogue.get(event), "field_labels", {}).get(name, name))


def value_text(value: Any, field: ModelField | None = None) -> str:
    """A stored value as an official reads it; empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(value_text(entry, field) for entry in value)
    if isinstance(value, dict):
        return _mapping_text(value)
    if field is not None and field.choices:
        value = dict(field.flatchoices).get(value, value)
    text = str(value)
    if _INSTANT.fullmatch(text):
        return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return text


def _mapping_text(value: dict[str, Any]) -> str:
    cut = value.get(ABRIDGED)
    if isinstance(cut, dict) and value.keys() == {ABRIDGED}:
        return _("%(start)s…（全文 %(bytes)s 字节，仅存摘要 %(sha256)s）") % cut
    return "；".join(f"{name}：{value_text(entry)}" for name, entry in value.items())
