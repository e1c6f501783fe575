"""What a register shows of an object: columns of its list, sections of its page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from mingcha.web.text import Text

NOTHING = "—"
#: Characters of a word that a list never breaks.
BRIEF = 6


@dataclass(frozen=True)
class Column:
    """One column, or one line of a section.

    name      a field path (`unit__name`), or any name when `render` is given
    label     its heading; the field's own verbose name when left out
    render    instance → what is shown (markup when marked safe)
    sortable  whether its heading sorts; only fields, or what `order_by` names
    order_by  field paths that sort it, when they differ from `name`
    numeric   aligned to the right
    """

    name: str
    label: Text = ""
    render: Callable[[Any], Any] | None = None
    sortable: bool = True
    order_by: tuple[str, ...] = ()
    numeric: bool = False

    def value(self, instance: Any) -> Any:
        """What it is about this instance."""
        return self.render(instance) if self.render else field_value(instance, self.name)

    def shown(self, instance: Any) -> Any:
        """What the screen shows for this instance; a dash for nothing."""
        return readable(self.value(instance))

    def text(self, instance: Any) -> str:
        """The same without markup: what an export holds, empty for nothing."""
        shown = self.shown(instance)
        is_markup = isinstance(shown, SafeString)
        plain = " ".join(unescape(strip_tags(shown)).split()) if is_markup else str(shown)
        return "" if plain == NOTHING else plain

    def label_for(self, model: type[models.Model]) -> str:
        """Its heading in a register of this model."""
        if self.label:
            return str(self.label)
        found = find_field(model, self.name)
        return str(found.verbose_name) if found is not None else self.name

    def sort_paths(self, model: type[models.Model]) -> tuple[str, ...]:
        """The field paths that sort it; none when it cannot be sorted."""
        if not self.sortable:
            return ()
        if self.order_by:
            return self.order_by
        return (self.name,) if find_field(model, self.name) is not None else ()

    def is_brief(self, model: type[models.Model]) -> bool:
        """Whether it only ever shows one of a few short words, such as a state."""
        words = _labels(model, self.name).values()
        return bool(words) and max(len(str(word)) for word in words) <= BRIEF

    def relations(self, model: type[models.Model]) -> tuple[str, ...]:
        """The foreign keys that showing it follows, for select_related."""
        found = find_field(model, self.name)
        if self.render or found is None:
            return ()
        if found.is_relation:
            return (self.name,)
        path, _, _last = self.name.rpartition("__")
        return (path,) if path else ()


@dataclass(frozen=True)
class Section:
    """A group of facts on an object's page; `only_said` leaves out those of which nothing is known.

    `template` replaces the list of facts.
    """

    title: Text
    fields: tuple[str | Column, ...] = ()
    icon: str = ""
    template: str = ""
    only_said: bool = False

    def pairs(self, instance: Any) -> list[tuple[str, Any]]:
        """(heading, value) of each fact."""
        columns = [as_column(item) for item in self.fields]
        found = [(column.label_for(type(instance)), column.shown(instance)) for column in columns]
        return [pair for pair in found if pair[1] != NOTHING] if self.only_said else found


def as_column(item: str | Column) -> Column:
    """A plain field name stands for a column of that field."""
    return Column(item) if isinstance(item, str) else item


def find_field(model: type[models.Model], path: str) -> Any:
    """The concrete field at the end of `unit__name`, or None."""
    field = None
    current: Any = model
    for part in path.split("__"):
        if current is None:
            return None
        try:
            field = current._meta.pk if part == "pk" else current._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        if not field.concrete or field.many_to_many:
            return None
        current = field.related_model
    return field


def field_value(instance: Any, path: str) -> Any:
    """The value at the end of `unit__name`; a choice gives its label."""
    *steps, last = path.split("__")
    for step in steps:
        instance = getattr(instance, step, None)
        if instance is None:
            return None
    value = getattr(instance, last, None)
    if isinstance(instance, models.Model) and (labels := _labels(type(instance), last)):
        return str(labels.get(value, value))
    return value


@functools.cache
def _labels(model: type[models.Model], name: str) -> dict[Any, Any]:
    """Choice → label, of a field that has choices. Django's own `get_…_display` makes it for every call."""
    field = find_field(model, name)
    return dict(getattr(field, "flatchoices", None) or ())


def readable(value: Any) -> Any:
    """A value as it is shown: 是/否, 2026-03-05, a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value
