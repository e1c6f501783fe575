from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet


def narrow(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The subjects in which every word of the text occurs, by name or code."""
    for word in text.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(credit_code__icontains=word)
            | Q(old_number__icontains=word)
            | Q(public_number__icontains=word)
        )
    return rows
