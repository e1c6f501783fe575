"""The filters above a register's list, made from the names of its fields."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mingcha.base.visibility import VisibleQuerySet
from mingcha.web.forms import DateInput, Form
from mingcha.web.registers.columns import find_field
from mingcha.web.registers.register import Register


def _visible(model: type[models.Model]) -> Any:
    """The choices of a foreign key: only what the viewer may know of."""

    def choices(request: HttpRequest) -> models.QuerySet[Any]:
        rows = model._default_manager.all()
        return rows.visible_to(request.viewer) if isinstance(rows, VisibleQuerySet) else rows  # type: ignore[attr-defined]

    return choices


def _yes(value: str) -> bool:
    return value == "yes"


def _date_filters(name: str, label: str, field: models.Field[Any, Any]) -> dict[str, django_filters.Filter]:
    path = f"{name}__date" if isinstance(field, models.DateTimeField) else name
    return {
        f"{name}_{end}": django_filters.DateFilter(
            field_name=path, lookup_expr=lookup, label=f"{label}{word}", widget=DateInput()
        )
        for end, lookup, word in (("from", "gte", _("从")), ("until", "lte", _("到")))
    }


def _many_to_many(model: type[models.Model], name: str) -> models.ManyToManyField[Any, Any] | None:
    """The tags-like field of that name; filtering by one tag joins once and repeats no row."""
    return next((field for field in model._meta.many_to_many if field.name == name), None)


def filters_of(model: type[models.Model], name: str) -> dict[str, django_filters.Filter]:
    """The filter that suits a field; dates give two, from and until."""
    field = find_field(model, name) or _many_to_many(model, name)
    if field is None:
        raise ValueError(f"{model.__name__} has no field {name!r} to filter by")
    label = str(field.verbose_name)
    if isinstance(field, models.DateField):
        return _date_filters(name, label, field)
    if field.choices:
        made: django_filters.Filter = django_filters.ChoiceFilter(
            field_name=name, label=label, choices=field.choices, empty_label=_("全部")
        )
    elif isinstance(field, models.BooleanField):
        made = django_filters.TypedChoiceFilter(
            field_name=name,
            label=label,
            choices=[("", _("全部")), ("yes", _("是")), ("no", _("否"))],
            coerce=_yes,
        )
    elif field.is_relation:
        made = django_filters.ModelChoiceFilter(
            field_name=name, label=label, queryset=_visible(field.related_model), empty_label=_("全部")
        )
    else:
        made = django_filters.CharFilter(field_name=name, label=label, lookup_expr="icontains")
    return {name: made}


class RegisterFilterSet(django_filters.FilterSet):
    """Base of every register's filter set; its form has our look."""

    class Meta:
        form = Form


def filterset_class_for(register: Register) -> type[django_filters.FilterSet]:
    """The register's own filter set, or one made from its field names, with the search box first."""
    made: dict[str, Any] = {}
    if register.searchable:

        def search(self: Any, rows: models.QuerySet[Any], name: str, text: str) -> models.QuerySet[Any]:
            return register.search(rows, text)

        hint = str(register.search_hint or _("输入即筛选"))
        box = forms.TextInput(attrs={"type": "search", "placeholder": hint, "autocomplete": "off"})
        made["q"] = django_filters.CharFilter(label=_("搜索"), method="search", widget=box)
        made["search"] = search
    for name in register.filters:
        made.update(filters_of(register.model, name))
    own: Any = type("Filters", (register.filterset_class or RegisterFilterSet,), made)
    # What a register declares itself comes before what is made here; the search box still goes first.
    if register.searchable:
        own.base_filters = {"q": own.base_filters["q"], **own.base_filters}
    return own  # type: ignore[no-any-return]
