"""The database itself refuses UPDATE, DELETE and TRUNCATE on the ledger (design §4.3).

Triggers are installed again after every migration of any app, because SQLite drops them without a word
when it rebuilds a table, and looked for at start-up and on the administrators' page. On PostgreSQL they
fire ALWAYS, so `session_replication_role = replica` does not get past them. Whoever owns the database can
still drop them: that is what the chain and the published heads are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

RECORDS: Final = "ledger_record"
HEADS: Final = "ledger_head"

#: The condition under which a row being inserted would replace an existing one (SQLite only: INSERT OR
#: REPLACE deletes without firing delete triggers).
_REPLACES: Final[dict[str, str]] = {
    RECORDS: f"EXISTS (SELECT 1 FROM {RECORDS} WHERE seq = NEW.seq)",  # noqa: S608
    HEADS: f"EXISTS (SELECT 1 FROM {HEADS} WHERE id = NEW.id OR day = NEW.day)",  # noqa: S608
}
_MESSAGE: Final = "ledger is append-only (存证链只能追加，不能修改或删除)"
_FUNCTION: Final = "ledger_refuse_change"
_FUNCTION_BODY: Final = f"BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END"


def append_only(model: type[models.Model]) -> None:
    """Give another table the ledger's protection: its rows are added and never changed or deleted.

    Apps call it in `ready()` for what they freeze. The triggers are put in place after the next migration.
    """
    table, keys = model._meta.db_table, _unique_keys(model)
    same = " OR ".join("(" + " AND ".join(f"{key} = NEW.{key}" for key in columns) + ")" for columns in keys)
    _REPLACES[table] = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608


def _unique_keys(model: type[models.Model]) -> list[list[str]]:
    """The columns of everything that is unique in a table, through which a row could be replaced."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    single = [[columns[field.name]] for field in model._meta.concrete_fields if field.unique]
    several = [
        [columns[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return single + several


class Unsupported(RuntimeError):
    """The database is neither SQLite nor PostgreSQL, so the ledger cannot be protected on it."""


@dataclass(frozen=True)
class Trigger:
    """One trigger: its table, its name, and the statement that makes it."""

    table: str
    name: str
    statement: str


def triggers(vendor: str) -> tuple[Trigger, ...]:
    """Every trigger that must stand on a database of this kind. Raises Unsupported for another kind."""
    if vendor == "sqlite":
        return tuple(_sqlite_triggers())
    if vendor == "postgresql":
        return tuple(_postgresql_triggers())
    raise Unsupported(vendor)


def _sqlite_triggers() -> Iterator[Trigger]:
    for table, replaces in _REPLACES.items():
        for verb, when in (("update", ""), ("delete", ""), ("insert", f"WHEN {replaces} ")):
            name = f"{table}_refuse_{verb}"
            yield Trigger(
                table,
                name,
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH ROW {when}"
                f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
            )


def _postgresql_triggers() -> Iterator[Trigger]:
    for table in _REPLACES:
        for name, occasion in (
            (f"{table}_refuse_change", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
            (f"{table}_refuse_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            yield Trigger(table, name, f"CREATE TRIGGER {name} {occasion} EXECUTE FUNCTION {_FUNCTION}()")


def after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """The handler of `post_migrate`."""
    install(using)


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every trigger in place anew; harmless when they stand, nothing before the tables exist."""
    connection = connections[using]
    tables = _existing_tables(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and tables:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $ledger${_FUNCTION_BODY}$ledger$"
            )
        for trigger in triggers(connection.vendor):
            if trigger.table not in tables:
                continue
            cursor.execute(drop_statement(connection.vendor, trigger))
            cursor.execute(trigger.statement)
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}")


def drop_statement(vendor: str, trigger: Trigger) -> str:
    """The statement that takes a trigger away, for putting it back or for tests."""
    table = f" ON {trigger.table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{table}"


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of triggers that are missing, altered or disabled; empty before the first migration."""
    connection = connections[using]
    tables = _existing_tables(connection)
    expected = [trigger for trigger in triggers(connection.vendor) if trigger.table in tables]
    standing = _standing_sqlite if connection.vendor == "sqlite" else _standing_postgresql
    found = standing(connection) if expected else set()
    return [trigger.name for trigger in expected if (trigger.table, trigger.name) not in found]


def _existing_tables(connection: BaseDatabaseWrapper) -> set[str]:
    # Asked on every page of an administrator, so by name and not by listing the whole schema.
    names = ", ".join(["%s"] * len(_REPLACES))
    catalogue = {
        "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ({names})",  # noqa: S608
        "postgresql": "SELECT relname FROM pg_class"  # noqa: S608
        f" WHERE relnamespace = current_schema()::regnamespace AND relname IN ({names})",
    }
    if connection.vendor not in catalogue:
        raise Unsupported(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor], [*_REPLACES])
        return {name for (name,) in cursor.fetchall()}


def _standing_sqlite(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    intended = {trigger.name: _squeezed(trigger.statement) for trigger in triggers("sqlite")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(table, name) for table, name, sql in cursor if intended.get(name) == _squeezed(sql)}


def _standing_postgresql(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Triggers that always fire and call our function with its own body, on the occasions we asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), p.prosrc"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled = 'A' AND c.relnamespace = current_schema()::regnamespace"
        )
        rows = cursor.fetchall()
    events = {trigger.name: _occasion(trigger.statement) for trigger in triggers("postgresql")}
    return {
        (table, name)
        for table, name, definition, body in rows
        if body == _FUNCTION_BODY and name in events and _occasion(definition) == events[name]
    }


def _occasion(statement: str) -> tuple[bool, bool, bool, bool]:
    """Which events a trigger names and whether it is free of a WHEN; the server words it in its own order."""
    head = statement.split(" EXECUTE ")[0].split(" BEFORE ")[-1]
    verbs = head.split(" ON ")[0]
    return "UPDATE" in verbs, "DELETE" in verbs, "TRUNCATE" in verbs, " WHEN " in head


def _squeezed(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()
