"""What the database knows of how its values are spread, by which it takes one index and not another."""

from __future__ import annotations

from typing import Final

from django.db import connection

#: Rows of each index that SQLite looks at: enough to choose by, and the lock stays short.
_ROWS: Final = 2_000


def refresh(*tables: str) -> None:
    """Look anew at these tables; at every table where none is named.

    After a bulk change, and every night: SQLite never does it by itself, PostgreSQL may come late.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS}")
        if not tables:
            cursor.execute("ANALYZE")
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
