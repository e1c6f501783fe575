"""A very large list and SQLite's one write lock.

Adding a million subjects to the indexes by which lists are filtered would hold the write lock for
half a minute. For a list that large the filter indexes are set aside for the length of the write and built
again one by one, each in a transaction of its own; meanwhile lists are filtered more slowly, and nothing
else changes. Unique constraints and the indexes of foreign keys stay. PostgreSQL has no such lock: there
nothing is set aside.

Whoever finds an index missing builds it: the job itself, the job that is done again after a crash, and the
nightly one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction
from django.db.models import Index

from mingcha.registry.importing import sets
from mingcha.registry.models import ImportBatch, Subject

#: Subjects added or removed at once from which on it pays (measured: two seconds of lock).
LARGE = 100_000


def is_large(batch: ImportBatch) -> bool:
    """Whether writing this batch would hold SQLite's lock for long."""
    subjects = batch.register == ImportBatch.Register.SUBJECTS
    return connection.vendor == "sqlite" and subjects and batch.created + batch.removed >= LARGE


@contextmanager
def prepared(batch: ImportBatch, said: Callable[[int, int], object]) -> Iterator[None]:
    """For the length of a write: memory for the changed pages; for a large list no filter indexes, and no
    search for what foreign keys point to."""
    large = is_large(batch)
    if large:
        _set_aside()
    try:
        with sets.large_cache(), _unsearched() if large else nullcontext():
            yield
    finally:
        if large:
            put_back(said)


@contextmanager
def _unsearched() -> Iterator[None]:
    """For the length of a block, SQLite does not look up for each row what its foreign keys point to.

    That was two thirds of the time for which the lock is held. What such a list writes points to its own
    source and batch, which are locked, and to subjects that are written with it or that are counted when
    they are changed; whether something points to what it removes is asked before (`used_since`).
    """
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()


def filters() -> list[Index]:
    """The indexes that only lists need.

    By the others, those of foreign keys, it is found who points to a subject that is removed: without them
    each removal would read the whole table.
    """
    return [
        index
        for index in Subject._meta.indexes
        if not any(Subject._meta.get_field(name).is_relation for name in index.fields)
    ]


def _set_aside() -> None:
    present = _present()
    for index in filters():
        if index.name in present:
            _execute(f"DROP INDEX {connection.ops.quote_name(index.name)}")


def put_back(said: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Build the filter indexes that are missing, one a transaction; gives how many."""
    present = _present()
    missing = [index for index in filters() if index.name not in present]
    # Only to write the statements: entered, it would check every foreign key of the database each time.
    editor = connection.SchemaEditorClass(connection)
    for number, index in enumerate(missing, start=1):
        _execute(index.create_sql(Subject, editor))
        said(number, len(missing))
    return len(missing)


def _execute(statement: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(str(statement))


def _present() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Subject._meta.db_table)
    return set(found)
