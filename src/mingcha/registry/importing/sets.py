"""Statements over whole sets of rows, for both databases.

Django compiles every SELECT and all of its parameters; what is written around it here are the names of
tables and columns, quoted, from the models themselves. Nothing that a person typed ever becomes SQL.
Measured against `bulk_create` (docs/benchmarks.md): writing a million subjects takes seconds, not minutes.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable, RawSQL

Model = type[models.Model]

#: SQLite's page cache while a large set is written, in KiB: the indexes of a million rows fit.
_SQLITE_CACHE_KIB = 512 * 1024


def _table(model: Model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: Model, names: Iterable[str]) -> list[str]:
    return [connection.ops.quote_name(_column(model, name)) for name in names]


def _column(model: Model, name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def insert_rows(model: Model, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values (text, numbers, None; dates and JSON as text), in the order of `names`."""
    columns = ", ".join(_columns(model, names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_table(model)} ({columns}) FROM STDIN") as copy:  # type: ignore[attr-defined]
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})", list(rows))  # noqa: S608


def insert_from(
    model: Model,
    source: QuerySet[Any],
    values: Mapping[str, Any],
    *,
    or_ignore: bool = False,
    or_renew: Sequence[str] = (),
) -> int:
    """INSERT … SELECT: field of `model` → expression over `source`; gives how many rows came in.

    `or_ignore` leaves out rows that a unique constraint refuses. `or_renew` names the fields of one instead:
    the row (a `Withdrawable`) that has the same values there takes the other values; one that was withdrawn
    stands again, and then belongs to the list that renewed it.
    """
    chosen = [_expression(value) for value in values.values()]
    names = {f"set_{number}": expression for number, expression in enumerate(chosen)}
    select, params = source.annotate(**names).values_list(*names).query.sql_with_params()
    columns = ", ".join(_columns(model, values))
    # Some databases need the WHERE to tell ON CONFLICT from a join; Django's SELECT always has one here.
    conflict = " ON CONFLICT DO NOTHING" if or_ignore else ""
    if or_renew:
        conflict = _renewal(model, or_renew, [name for name in values if name not in (*or_renew, "batch")])
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_table(model)} ({columns}) {select}{conflict}", params)  # noqa: S608
        return int(cursor.rowcount)


def _renewal(model: Model, same: Sequence[str], renewed: Sequence[str]) -> str:
    table, target = _table(model), ", ".join(_columns(model, same))
    # What is not said anew stays, unless nothing of the row counted any more.
    changes = [
        f"{name} = CASE WHEN {table}.withdrawn_on IS NULL THEN COALESCE(excluded.{name}, {table}.{name})"
        f" ELSE excluded.{name} END"
        for name in _columns(model, renewed)
    ]
    batch = f"CASE WHEN {table}.withdrawn_on IS NULL THEN {table}.batch_id ELSE excluded.batch_id END"
    changes += [f"batch_id = {batch}", "withdrawn_on = NULL", "withdrawn_why = ''"]
    return f" ON CONFLICT ({target}) DO UPDATE SET {', '.join(changes)}"


def update_from(
    model: Model, source: QuerySet[Any], values: Mapping[str, Any], *, key: Any, and_equal: Mapping[str, Any]
) -> int:
    """UPDATE … FROM: rows of `model` whose key is `key` of a source row take its values.

    `and_equal` (field of `model` → expression over the source) must hold too: a row that somebody else has
    changed in the meantime stays as it is, and is missing in the number that is given back.
    """
    names = {f"set_{number}": _expression(value) for number, value in enumerate(values.values())}
    names["set_key"] = _expression(key)
    names.update({f"same_{number}": _expression(value) for number, value in enumerate(and_equal.values())})
    select, params = source.annotate(**names).values_list(*names).query.sql_with_params()
    table = _table(model)
    changes = ", ".join(
        f"{column} = source.set_{number}" for number, column in enumerate(_columns(model, values))
    )
    primary = connection.ops.quote_name(_column(model, model._meta.pk.name))
    conditions = " AND ".join(
        [f"{table}.{primary} = source.set_key"]
        + [
            f"{table}.{column} = source.same_{number}"
            for number, column in enumerate(_columns(model, and_equal))
        ]
    )
    statement = f"UPDATE {table} SET {changes} FROM ({select}) AS source WHERE {conditions}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def among(path: str, values: Iterable[str]) -> Q:
    """The rows whose text `path` is among the values, which travel as one parameter however many they are."""
    if connection.vendor == "postgresql":
        return Q(**{f"{path}__in": RawSQL("SELECT unnest(%s::text[])", [list(values)])})  # noqa: S611
    joined = json.dumps(list(values), ensure_ascii=False)
    return Q(**{f"{path}__in": RawSQL("SELECT value FROM json_each(%s)", [joined])})  # noqa: S611


@contextmanager
def level_memory() -> Iterator[None]:
    """For the length of a block, cycles are searched only when the block asks (`gc.collect`), and only among
    what it made itself: rows by the thousand make none, and the program around them is there to stay."""
    was = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was:
            gc.enable()


def delete_where(rows: QuerySet[Any]) -> int:
    """DELETE … WHERE id IN (SELECT …), without loading a row; gives how many went."""
    return int(rows._raw_delete(rows.db))


def reserve_ids(model: Model, count: int) -> list[int]:
    """Take ids that no other row will get; numbers that are not used in the end are simply left out."""
    if count <= 0:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, _column(model, "id"), count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = int(cursor.fetchone()[0])
    return list(range(last - count + 1, last + 1))


@contextmanager
def large_cache() -> Iterator[None]:
    """For the length of a block, let SQLite keep the pages that it changes in memory."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA cache_size = {-_SQLITE_CACHE_KIB:d}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before:d}")


def _expression(value: Any) -> Any:
    """A field name stands for the field; anything else for itself."""
    if isinstance(value, str):
        return F(value)
    return value if isinstance(value, Combinable | models.Expression) else models.Value(value)
