"""Counts and grades that a subject repeats from its newest records, so that a million can be filtered.

Every service that writes a `Headcount` or a `Grading` calls `refresh` in the same transaction; a list calls
it once for all subjects of which it changes any of these columns. Nobody else writes them, but
for the list that brings a subject in together with its only records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mingcha.registry.models import Grading, Headcount, Subject

COUNT_COLUMNS = ("workers", "insured", "dispatched")
#: All columns that are kept in step here.
COLUMNS = (*Grading.COLUMNS.values(), *COUNT_COLUMNS, "counted_on")
#: SQLite takes no more values in one statement than this.
_AT_ONCE = 10_000


def refresh(subject_ids: Iterable[int], columns: Collection[str] = COLUMNS) -> None:
    """Bring the columns of these subjects in step; one statement for ten thousand of them."""
    ids = sorted(set(subject_ids))
    for start in range(0, len(ids), _AT_ONCE):
        refresh_rows(Subject.objects.filter(pk__in=ids[start : start + _AT_ONCE]), columns)


def refresh_rows(subjects: QuerySet[Subject], columns: Collection[str] = COLUMNS) -> int:
    """The same for a queryset, by one UPDATE of some columns; how many subjects there were."""
    values: dict[str, Any] = {column: _newest_grade(system) for system, column in Grading.COLUMNS.items()}
    values |= {column: _newest_count(column) for column in COUNT_COLUMNS}
    values["counted_on"] = _last_count_day()
    return subjects.update(**{column: values[column] for column in columns})


def _newest_grade(system: Grading.System) -> Coalesce:
    rows = Grading.objects.standing().filter(subject=OuterRef("pk"), system=system)
    newest = rows.order_by("-year", "-graded_on", "-pk").values("grade")[:1]
    return Coalesce(Subquery(newest), Value(""), output_field=CharField())


def _newest_count(column: str) -> Subquery:
    """The last known number of one kind: a list that counts only the insured does not erase the workers."""
    rows = Headcount.objects.standing().filter(subject=OuterRef("pk"), **{f"{column}__isnull": False})
    return Subquery(rows.order_by("-counted_on", "-pk").values(column)[:1])


def _last_count_day() -> Subquery:
    rows = Headcount.objects.standing().filter(subject=OuterRef("pk"))
    return Subquery(rows.order_by("-counted_on", "-pk").values("counted_on")[:1])
