"""Writing a list of subjects: a handful of statements in one transaction.

Measured (docs/benchmarks.md): one INSERT … SELECT from typed columns writes a million subjects in seconds,
under one write lock; `bulk_create` in pieces would hold the lock for minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from django.db import IntegrityError
from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.models import DocumentNumber
from mingcha.basics.services import numbers
from mingcha.registry.importing import sets, subject_beside, subject_undoing
from mingcha.registry.importing.drafts import Action
from mingcha.registry.importing.subject_rows import COLUMNS, COUNTS
from mingcha.registry.importing.target import Stale
from mingcha.registry.models import ImportBatch, PendingSubject, StagedSubject, Subject, SubjectText
from mingcha.registry.services import newest
from mingcha.registry.services.subjects import PUBLIC_NUMBER_SERIES

_ACTOR = System(purpose="import")
Rows = QuerySet[StagedSubject]


def brings(batch: ImportBatch) -> frozenset[str]:
    """What the rows bring at all: one look through them, before anything is locked."""
    written = StagedSubject.objects.filter(batch=batch, action__in=(Action.CREATE, Action.UPDATE))
    texts = ("former_name", "tags", *subject_beside.GRADES)
    found = written.aggregate(
        **{name: Max(name) for name in texts},
        uncoded=Count("pk", filter=Q(credit_code="", action=Action.CREATE)),
        contacts=Count("pk", filter=Q(has_contact=True)),
        counts=Count(Coalesce(*COUNTS)),
    )
    return frozenset(name for name, value in found.items() if value)


def write(batch: ImportBatch, brought: Collection[str]) -> None:
    """Write what the staged rows say. Raises Stale when the register has moved on."""
    rows: Rows = StagedSubject.objects.filter(batch=batch)
    changed = rows.filter(action=Action.UPDATE)
    if "uncoded" in brought:
        _number(batch, rows)
    try:
        _create(batch, rows, "uncoded" in brought)
    except IntegrityError as error:
        raise Stale from error
    repeated = _changing(batch, changed, newest.COLUMNS)
    differing = reduce(or_, map(subject_beside.changes, repeated), Q(pk__in=()))
    counted = list(changed.filter(differing).values_list("target_id", flat=True)) if repeated else []
    if batch.undoes is None:
        subject_beside.write(batch, rows, brought)
    else:
        subject_beside.take_back(batch.undoes, rows)
    _update(batch, changed)
    newest.refresh(counted, repeated)
    if batch.undoes is not None:
        _remove(batch, rows)
    # They are found by their own columns until the job has brought them into the index of the search.
    pending = rows.filter(action__in=(Action.CREATE, Action.UPDATE))
    sets.insert_from(PendingSubject, pending, {"subject": "target_id"}, or_ignore=True)


def _number(batch: ImportBatch, rows: Rows) -> None:
    """Subjects without a code get public numbers, one block of the series (rule SSJ-1 §7.2)."""
    new = rows.filter(action=Action.CREATE, credit_code="").order_by("position")
    things = [Thing("registry.subject", pk, name) for pk, name in new.values_list("target_id", "name")]
    if things:
        numbers.issue_many(actor=_ACTOR, series=PUBLIC_NUMBER_SERIES, things=things, about=Thing.of(batch))


def _create(batch: ImportBatch, rows: Rows, numbered: bool) -> None:
    given = DocumentNumber.objects.filter(
        thing_type="registry.subject", thing_id=OuterRef("target_id"), series__code=PUBLIC_NUMBER_SERIES
    )
    number = Case(
        When(credit_code="", then=Coalesce(Subquery(given.values("text")[:1]), Value(""))),
        default=Value(""),
        output_field=CharField(),
    )
    values = {
        "id": "target_id",
        **{column: column for column in COLUMNS},
        "initials": "initials",
        "public_number": number if numbered else Value(""),
        "source": Value(batch.source_id),
        "version": Value(1),
        "created_at": Value(clock.now()),
    }
    sets.insert_from(Subject, rows.filter(action=Action.CREATE).order_by("position"), values)


def _update(batch: ImportBatch, changed: Rows) -> None:
    """All changed subjects at once, only the columns that some row changes: fewer indexes are touched.

    Counts and grades follow from their records (`services.newest`).
    """
    columns = _changing(batch, changed, [column for column in COLUMNS if column not in newest.COLUMNS])
    values = {
        **{column: column for column in columns},
        "version": F("target_version") + 1,
        "changed_at": Value(clock.now()),
    }
    same = {"version": "target_version"}
    if not batch.updated:
        return
    if sets.update_from(Subject, changed, values, key="target_id", and_equal=same) != batch.updated:
        raise Stale


def _changing(batch: ImportBatch, changed: Rows, columns: Iterable[str]) -> list[str]:
    """Those of the columns in which at least one row differs from the register."""
    if not batch.updated:
        return []
    return [column for column in columns if changed.filter(subject_beside.changes(column)).exists()]


def _remove(batch: ImportBatch, rows: Rows) -> None:
    """The subjects that the original batch brought in go again; nothing else may point to them, which foreign
    keys would only say in the end, and not at all while they are not looked up (`large_lists`)."""
    if subject_undoing.used_since(batch):
        raise Stale
    gone = rows.filter(action=Action.REMOVE)
    expected = gone.count()
    same = gone.filter(target__version=F("target_version"))
    for derived in (SubjectText, PendingSubject):
        sets.delete_where(derived.objects.filter(pk__in=same.values("target_id")))
    if expected and sets.delete_where(Subject.objects.filter(pk__in=same.values("target_id"))) != expected:
        raise Stale
