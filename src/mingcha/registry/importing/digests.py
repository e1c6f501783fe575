"""The digest over what a batch writes, for the ledger.

SHA-256 over one line a row, in the order of the list, UTF-8, each line ended by a line feed: the values of
`FIELDS` (or, for lists that are written object by object, of `OBJECT_FIELDS`, values as JSON; of recusals
only `CONFIDENTIAL_FIELDS`) joined by U+001F, nothing for an empty value. Rows that change nothing are left
out.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import connection
from django.db.models import F, Func, QuerySet, TextField, Value

from mingcha.registry.importing.drafts import Action
from mingcha.registry.importing.subject_rows import COLUMNS

#: Fields of `StagedSubject` that the digest covers, in order. Contacts are personal data and stay out.
FIELDS = ("position", "action", "target_id", "target_version", *COLUMNS, "former_name", "tags")
OBJECT_FIELDS = ("position", "action", "key", "values")
#: Of lists that few may see: a digest over a few names could be guessed.
CONFIDENTIAL_FIELDS = ("position", "action")
WRITTEN = (Action.CREATE, Action.UPDATE, Action.REMOVE)
_AT_ONCE = 5_000


def digest_of(rows: QuerySet[Any], fields: tuple[str, ...]) -> str:
    """The digest over the rows of one batch that are to be written; the database makes the lines."""
    made = hashlib.sha256()
    wanted = rows.filter(action__in=WRITTEN).order_by("position").annotate(line=_line(fields))
    select, params = wanted.values_list("line").query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(select, params)
        while chunk := cursor.fetchmany(_AT_ONCE):
            made.update("".join([f"{line}\n" for (line,) in chunk]).encode())
    return made.hexdigest()


def _line(fields: tuple[str, ...]) -> Func:
    """The values as text, one after the other: days as ISO, nothing for NULL; in both databases."""
    form = Value("\x1f".join(["%s"] * len(fields)), output_field=TextField())
    name = "printf" if connection.vendor == "sqlite" else "format"
    return Func(form, *map(F, fields), function=name, output_field=TextField())
