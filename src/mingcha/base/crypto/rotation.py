"""Bring every encrypted column and blind index to the newest key version.

Each batch is one short transaction. A row is written only if the token that the new value was made from
is still there (compare and swap), and only that column, so that nobody's concurrent change is lost. What
has been done stays done: a stopped run is simply started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from mingcha.base.crypto.fields import BlindIndexField, EncryptedTextField
from mingcha.base.crypto.keys import KeyRing, Undecipherable, field_keys, index_keys
from mingcha.base.events import Event, Thing
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer

BATCH = 500
CryptoField = EncryptedTextField | BlindIndexField
Progress = Callable[["ColumnReport"], None]


class KeysRotated(Event):
    """Rows were brought to the newest key version; `after` counts them by column."""

    code = "base.keys_rotated"
    label = "更换数据密钥"


@dataclass(frozen=True)
class Column:
    """One database column whose values carry a key version."""

    model: type[models.Model]
    field: CryptoField

    @property
    def name(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    @property
    def ring(self) -> KeyRing:
        return field_keys() if isinstance(self.field, EncryptedTextField) else index_keys()

    @property
    def source(self) -> EncryptedTextField:
        """The column whose ciphertext gives the new value: itself, or a blind index's source."""
        if isinstance(self.field, EncryptedTextField):
            return self.field
        source = self.model._meta.get_field(self.field.source)
        assert isinstance(source, EncryptedTextField)  # noqa: S101  a system check holds it
        return source

    def renewed(self, source_token: str) -> str:
        """The value under the newest key. Raises Undecipherable."""
        plain = self.source.decipher(source_token)
        if isinstance(self.field, EncryptedTextField):
            return self.field.encipher(plain)
        return self.field.mark_of(plain)


@dataclass
class ColumnReport:
    """How far one column is: rows by version (0: no readable version), rewritten, failed."""

    column: str
    newest: int
    versions: dict[int, int] = field(default_factory=dict)
    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list)

    @property
    def outdated(self) -> int:
        """Rows that are not under the newest version."""
        return sum(count for version, count in self.versions.items() if version != self.newest)


@dataclass(frozen=True)
class _Row:
    key: Any
    source: str


def installed_models() -> Iterable[type[models.Model]]:
    """Every model whose tables this installation has."""
    return apps.get_models(include_auto_created=True)


def columns() -> Iterator[Column]:
    """Every column with keyed values, of every installed model."""
    for model in installed_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        for candidate in model._meta.local_concrete_fields:
            if isinstance(candidate, CryptoField):
                yield Column(model, candidate)


def survey(column: Column) -> ColumnReport:
    """Count the column's rows by key version; writes nothing."""
    report = ColumnReport(column.name, column.ring.newest)
    table, name = _quoted(column)
    with connection.cursor() as cursor:
        for version in column.ring.versions:
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {name} LIKE %s", [f"v{version}:%"])  # noqa: S608
            report.versions[version] = cursor.fetchone()[0]
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {name} <> ''")  # noqa: S608
        unknown = cursor.fetchone()[0] - sum(report.versions.values())
    if unknown:
        report.versions[0] = unknown
    return report


def rotate(*, actor: Viewer, progress: Progress = lambda report: None) -> list[ColumnReport]:
    """Rewrite all outdated rows, then count what is left; records the total in the ledger.

    `progress` is called after each batch. Rows that cannot be read are named in the report (table, column
    and row, not content) and left as they are.
    """
    reports = [_rotate_column(actor, column, progress) for column in columns()]
    if any(report.rewritten for report in reports):
        record_rotation(actor=actor, rewritten={r.column: r.rewritten for r in reports if r.rewritten})
    return reports


@service
def record_rotation(*, actor: Viewer, rewritten: dict[str, int]) -> None:
    """Note in the ledger that rows were brought to the newest keys, and how many in each column."""
    newest = field_keys().newest
    emit(KeysRotated(thing=Thing("base.keyring", newest, f"第 {newest} 版"), after=dict(rewritten)))


@service
def rewrite_batch(*, actor: Viewer, column: Column, renewed: list[tuple[_Row, str]]) -> int:
    """Write new values where nobody changed their source meanwhile; gives how many were written.

    No event: the rows mean what they meant. The whole run is recorded once.
    """
    table, name = _quoted(column)
    key, source = _names(column)
    statement = f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {source} = %s"  # noqa: S608
    written = 0
    with connection.cursor() as cursor:
        for row, value in renewed:
            cursor.execute(statement, [value, row.key, row.source])
            written += cursor.rowcount
    return written


def _rotate_column(actor: Viewer, column: Column, progress: Progress) -> ColumnReport:
    report = survey(column)
    last: Any = None
    while rows := _outdated(column, last):
        renewed = list(_renew(column, rows, report))
        report.rewritten += rewrite_batch(actor=actor, column=column, renewed=renewed)
        last = rows[-1].key
        progress(report)
    report.versions = survey(column).versions
    return report


def _renew(column: Column, rows: list[_Row], report: ColumnReport) -> Iterator[tuple[_Row, str]]:
    for row in rows:
        try:
            yield row, column.renewed(row.source)
        except Undecipherable as error:
            report.unreadable.append(f"{column.name} #{row.key}: {error.fault}")


def _outdated(column: Column, after: Any) -> list[_Row]:
    """The next batch of rows not under the newest version, by primary key."""
    table, name = _quoted(column)
    key, source = _names(column)
    beyond = "" if after is None else f"AND {key} > %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {source} FROM {table}"  # noqa: S608
            f" WHERE {name} <> '' AND {source} <> '' AND {name} NOT LIKE %s {beyond}"
            f" ORDER BY {key} LIMIT {BATCH}",
            [f"v{column.ring.newest}:%", *([] if after is None else [after])],
        )
        return [_Row(*row) for row in cursor.fetchall()]


def _quoted(column: Column) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(column.model._meta.db_table), quote(str(column.field.column))


def _names(column: Column) -> tuple[str, str]:
    quote = connection.ops.quote_name
    primary = column.model._meta.pk
    assert primary is not None  # noqa: S101  a concrete model has one
    return quote(str(primary.column)), quote(str(column.source.column))
