"""One page of a list that may be very long: ids first, then their order, then only the rows shown.

Up to `COUNTED` rows a list is exact: counted, sorted by any column, paged to its end. What is longer is not
counted to its end (that would read everything) and not sorted by what no index serves: it is listed as it
was entered, newest first, and its first `REACHABLE` rows can be paged to; the page says so and asks for
conditions. Databases choose bad plans for "filter, sort, first twenty"; each step here has one good plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import QueryDict

from mingcha.base.ids import one_of
from mingcha.base.viewers import Viewer
from mingcha.web.registers.register import Register

#: Lists are counted and sorted exactly up to so many rows.
COUNTED = 10_000
#: How many rows of a longer list can be paged to.
REACHABLE = 1_000
#: A page of a long list with conditions is looked for among so many newest rows first.
WINDOWS = (20_000, 100_000)


@dataclass
class Listing:
    """What a list page shows: the rows of one page, and how many there are in all."""

    page: Page[Any]
    records: list[Any]
    #: There are more than `COUNTED`; the page's own count is only what can be reached.
    many: bool

    @property
    def counted(self) -> int:
        return COUNTED

    @property
    def reachable(self) -> int:
        return REACHABLE


def listing_of(
    register: Register, viewer: Viewer, table: tables.Table, parameters: QueryDict, *, filtered: bool
) -> Listing:
    """The page that `?page=` and `?size=` ask for; nonsense gives the nearest page and the first size."""
    rows = table.data.data
    ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    many = len(ids) > COUNTED
    paginator = Paginator(range(REACHABLE if many else len(ids)), _size(parameters, register.page_sizes))
    page = paginator.get_page(parameters.get("page"))
    numbers = list(page.object_list)
    first, end = (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
    if many:
        _keep_sorting_to(register, table, filtered)
    if many and filtered:
        chosen = _newest(rows, end)[first:]
    else:
        order = order_of_many(register, table, filtered) if many else rows.query.order_by
        ordered = (rows if many else _among(rows, ids)).order_by(*order)
        chosen = list(ordered.values_list("pk", flat=True)[first:end])
    found = {row.pk: row for row in register.queryset(viewer).filter(pk__in=chosen)} if chosen else {}
    return Listing(page, [found[pk] for pk in chosen if pk in found], many)


def order_of_many(register: Register, table: tables.Table, filtered: bool) -> list[str]:
    """The order of a long list: as asked where an index serves it, else newest first."""
    asked = [alias for alias in table.order_by or () if alias.bare in register.sorts_many]
    if filtered or not asked:
        return ["-pk"]
    sign = "-" if asked[0].is_descending else ""
    paths = table.columns[asked[0].bare].column.shown.sort_paths(register.model)
    return [f"{sign}{path}" for path in (*paths, "pk")]


def _newest(rows: models.QuerySet[Any], wanted: int) -> list[int]:
    """The first of very many rows, newest first.

    Left alone, databases collect all rows that satisfy a condition and sort them. There is one at least
    among every hundred rows or so, thus the newest rows hold enough of them, unless they came all long ago.
    """
    ids = rows.order_by("-pk").values_list("pk", flat=True)
    newest = rows.model._default_manager.order_by("-pk").values("pk")
    for window in WINDOWS:
        found = list(ids.filter(pk__in=newest[:window])[:wanted])
        if len(found) == wanted:
            return found
    return list(ids[:wanted])


def _keep_sorting_to(register: Register, table: tables.Table, filtered: bool) -> None:
    """Offer no sorting that a long list does not do."""
    for column in table.columns:
        if filtered or column.name not in register.sorts_many:
            column.column.orderable = False


def _among(rows: models.QuerySet[Any], ids: Sequence[int]) -> models.QuerySet[Any]:
    """The rows with these ids and nothing else to look at, unless their order needs what was annotated."""
    plain = rows if rows.query.annotations else rows.model._default_manager.all()
    return plain.filter(one_of("pk", ids))


def _size(parameters: QueryDict, sizes: Sequence[int]) -> int:
    asked = parameters.get("size", "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in sizes else sizes[0]
