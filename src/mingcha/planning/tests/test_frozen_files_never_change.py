"""The database refuses to change or delete what was sealed or published (design §4.3)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from mingcha.ledger import protection
from mingcha.planning.models import DrawFile, RegisterLine
from mingcha.planning.testing import County, sealed


@pytest.mark.parametrize("model", [DrawFile, RegisterLine])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id + 1000", "DELETE FROM {table}"])
def test_a_frozen_row_refuses_change(county: County, model: type, statement: str) -> None:
    sealed(county)
    before = model.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table))
    assert model.objects.count() == before > 0


def test_a_frozen_file_cannot_be_replaced(county: County) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    draw = sealed(county)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO planning_drawfile (draw_id, name, audience, content, sha256)"
            " VALUES (%s, 'roster.csv', 'public', 'x', 'x')",
            [draw.pk],
        )


def test_the_protection_of_frozen_rows_stands_after_migrating(county: County) -> None:
    protected = {trigger.table for trigger in protection.triggers(connection.vendor)}
    assert {DrawFile._meta.db_table, RegisterLine._meta.db_table} <= protected
    assert protection.missing() == []
