"""The table of a register: its columns, order and page, as the address asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import django_tables2 as tables
from django.db import models
from django.http import QueryDict
from django.utils.html import format_html

from mingcha.web.registers.columns import Column, readable
from mingcha.web.registers.register import Register


class RegisterColumn(tables.Column):
    """A table column that shows what a register's `Column` says."""

    # Nothing counts as empty here: the column itself decides what to show for nothing.
    empty_values = ()

    def __init__(self, column: Column, model: type[models.Model] | None) -> None:
        sort = column.sort_paths(model) if model is not None else ()
        super().__init__(
            verbose_name=column.label_for(model) if model is not None else str(column.label),
            accessor=column.name,
            orderable=bool(sort),
            order_by=sort or None,
        )
        self.shown = column
        self.brief = model is not None and column.is_brief(model)

    def render(self, record: Any) -> Any:
        value = self.shown.value(record)
        shown = readable(value)
        # A date or a state is read at a glance only in one line.
        in_one_line = self.brief or isinstance(value, date)
        return format_html('<span class="mc-nowrap">{}</span>', shown) if in_one_line else shown

    def value(self, record: Any) -> str:
        return self.shown.text(record)


class Cell(NamedTuple):
    """One cell of a list: heading and name of its column, and what it shows."""

    label: str
    name: str
    numeric: bool
    shown: Any


def rows_of(table: tables.Table, address: Callable[[Any], str]) -> list[tuple[list[Cell], str]]:
    """The cells of every row, and the address of what the row is about.

    The library's own rows look up the signature of `render` for each cell, which took a sixth of a page.
    """
    columns = [(column.header, column.name, column.column) for column in table.columns]
    return [
        (
            [Cell(head, name, own.shown.numeric, own.render(record)) for head, name, own in columns],
            address(record),
        )
        for record in table.data
    ]


def make_table(
    rows: models.QuerySet[Any] | Sequence[Any],
    columns: Iterable[Column],
    *,
    model: type[models.Model] | None = None,
    order_by: Sequence[str] = (),
) -> tables.Table:
    """A table of these rows; unknown or unsortable names in `order_by` are passed over."""
    extra = [(column.name, RegisterColumn(column, model)) for column in columns]
    table = tables.Table(rows, extra_columns=extra)
    if order_by:
        table.order_by = tuple(order_by)
    return table


def table_for(register: Register, rows: models.QuerySet[Any], parameters: QueryDict) -> tables.Table:
    """The register's table, sorted as `?sort=` asks, with the key as last tiebreak."""
    asked = [name for name in parameters.get("sort", "").split(",") if name]
    table = make_table(rows, register.all_columns, model=register.model, order_by=asked)
    if table.order_by:
        sorted_rows = table.data.data
        table.data.data = sorted_rows.order_by(*register.stable_order(sorted_rows.query.order_by))
    return table
