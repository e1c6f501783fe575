"""For tests only: a pytest plugin that lets the test runner empty the database between tests.

List it in the root conftest: `pytest_plugins = ["mingcha.ledger.testing"]`.

A test that really commits is followed by a flush: TRUNCATE on PostgreSQL, DELETE on SQLite, which the
ledger's triggers refuse, as they should. The plugin unseals the ledger around that flush and nowhere else.
Nothing in the product imports this module (a test holds it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def ledger_unsealed(using: str = "default") -> Iterator[None]:
    """Without the ledger's triggers for the length of a block; they stand again afterwards."""
    from django.db import connections

    from mingcha.ledger import protection

    connection = connections[using]
    with connection.cursor() as cursor:
        if protection.missing(using) != [trigger.name for trigger in protection.triggers(connection.vendor)]:
            for trigger in protection.triggers(connection.vendor):
                cursor.execute(protection.drop_statement(connection.vendor, trigger))
    try:
        yield
    finally:
        protection.install(using)


@pytest.fixture(autouse=True, scope="session")
def _flush_unseals_the_ledger() -> Iterator[None]:
    """Django empties the tables after every test that commits; for that moment the ledger is unsealed."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

        def unsealed_flush(case: Any) -> None:
            with ledger_unsealed():
                flush(case)

        patch.setattr(TransactionTestCase, "_fixture_teardown", unsealed_flush)
        yield
