"""Writing a list of subjects: a handful of statements in one transaction.

Measured (docs/benchmarks.md): one INSERT … SELECT from typed columns writes a million subjects in seconds,
under one write lock; `bulk_create` in pieces would hold the lock for minutes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import System
from mingcha.basics.models import DocumentNumber
from mingcha.basics.services import numbers
from mingcha.registry.importing import sets
from mingcha.registry.importing.drafts import Action
from mingcha.registry.importing.subjects import COLUMNS, COUNTS
from mingcha.registry.importing.targets import Stale
from mingcha.registry.models import (
    Contact,
    FormerName,
    Grading,
    Headcount,
    ImportBatch,
    PendingSubject,
    StagedSubject,
    Subject,
    SubjectTag,
    SubjectText,
    Tag,
)
from mingcha.registry.services.subjects import PUBLIC_NUMBER_SERIES

#: Tables beside `Subject` into which a list writes; undoing removes exactly these rows.
CHILDREN: tuple[type[Any], ...] = (FormerName, Headcount, Grading, SubjectTag, Contact)
_GRADES = {
    "grade_hrss": Grading.System.HRSS,
    "grade_market": Grading.System.MARKET,
    "grade_dispatch": Grading.System.DISPATCH,
}
_ACTOR = System(purpose="import")
Rows = QuerySet[StagedSubject]


def brings(batch: ImportBatch) -> frozenset[str]:
    """What the rows bring at all: one look through them, before anything is locked."""
    written = StagedSubject.objects.filter(batch=batch, action__in=(Action.CREATE, Action.UPDATE))
    texts = ("former_name", "tags", *_GRADES)
    found = written.aggregate(
        **{name: Max(name) for name in texts},
        uncoded=Count("pk", filter=Q(credit_code="", action=Action.CREATE)),
        contacts=Count("pk", filter=Q(has_contact=True)),
        counts=Count(Coalesce(*COUNTS)),
    )
    return frozenset(name for name, value in found.items() if value)


def write(batch: ImportBatch, brought: Collection[str]) -> None:
    """Write what the staged rows say; fills `batch.added`. Raises Stale when the register has moved on."""
    rows: Rows = StagedSubject.objects.filter(batch=batch)
    if "uncoded" in brought:
        _number(batch, rows)
    try:
        _create(batch, rows, "uncoded" in brought)
    except IntegrityError as error:
        raise Stale from error
    before = {model: sets.last_id(model) for model in CHILDREN}
    if batch.undoes is None:
        _beside(batch, rows, brought)
    batch.added = {
        model._meta.label_lower: [before[model] + 1, last]
        for model in CHILDREN
        if (last := sets.last_id(model)) > before[model]
    }
    _update(batch, rows)
    if batch.undoes is not None:
        _remove(batch.undoes, rows)
    # They are found by their own columns until the job has brought them into the index of the search.
    changed = rows.filter(action__in=(Action.CREATE, Action.UPDATE))
    sets.insert_from(PendingSubject, changed, {"subject": "target_id"}, or_ignore=True)


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


def _beside(batch: ImportBatch, rows: Rows, brought: Collection[str]) -> None:
    """Names, counts, grades, tags and contacts, before the subjects themselves are changed."""
    written = rows.filter(action__in=(Action.CREATE, Action.UPDATE))
    today, source = Value(clock.today()), Value(batch.source.name[:100])
    if batch.updated:
        renamed = rows.filter(action=Action.UPDATE).exclude(target__name=F("name"))
        named = {"subject": "target_id", "name": F("target__name"), "until": today}
        sets.insert_from(FormerName, renamed, named)
    if "former_name" in brought:
        known = FormerName.objects.filter(subject=OuterRef("target_id"), name=OuterRef("former_name"))
        earlier = written.exclude(former_name="").exclude(Exists(known))
        until = Coalesce(F("registered_on"), today)
        sets.insert_from(FormerName, earlier, {"subject": "target_id", "name": "former_name", "until": until})
    if "counts" in brought:
        _counts(written, source)
    for column, system in _GRADES.items():
        if column in brought:
            _grades(written, column, system, source)
    if "tags" in brought:
        _tags(written)
    if "contacts" in brought:
        _contacts(written, source)


def _new_or_differs(*columns: str) -> Q:
    """Rows of new subjects, and those in which one of the columns is about to change."""
    differs = Q(action=Action.CREATE)
    for column in columns:
        differs |= ~Q(**{f"target__{column}": F(column)})
        differs |= Q(**{f"target__{column}__isnull": True})
    return differs


def _counts(written: Rows, source: Value) -> None:
    said = Q()
    for column in COUNTS:
        said |= Q(**{f"{column}__isnull": False})
    rows = written.filter(said).filter(_new_or_differs(*COUNTS, "counted_on"))
    values = {column: column for column in COUNTS}
    day = Coalesce(F("counted_on"), Value(clock.today()))
    sets.insert_from(
        Headcount,
        rows,
        {"subject": "target_id", **values, "counted_on": day, "source": source},
        or_ignore=True,
    )


def _grades(written: Rows, column: str, system: str, source: Value) -> None:
    rows = written.exclude(**{column: ""}).filter(_new_or_differs(column))
    values = {
        "subject": "target_id",
        "system": Value(str(system)),
        "grade": column,
        "year": Value(clock.today().year),
        "graded_on": Value(clock.today()),
        "source": source,
    }
    sets.insert_from(Grading, rows, values, or_ignore=True)


def _tags(written: Rows) -> None:
    """One statement a tag that the list names; a list names few."""
    said = written.exclude(tags="").order_by().values_list("tags", flat=True).distinct()
    labels = {label for tags in said for label in tags.split("、")}
    for tag in Tag.objects.filter(label__in=labels):
        having = [tags for tags in said if tag.label in tags.split("、")]
        rows = written.filter(tags__in=having)
        values = {
            "subject": "target_id",
            "tag": Value(tag.pk),
            "since": Value(clock.today()),
            "why": Value(""),
        }
        sets.insert_from(SubjectTag, rows, values, or_ignore=True)


def _contacts(written: Rows, source: Value) -> None:
    """Copied in their encrypted form; those that are known already were left out while comparing."""
    values = {
        "subject": "target_id",
        "post": Value(Contact.Post.OTHER.value),
        "name": F("contact_name"),
        "phone": F("contact_phone"),
        "phone_index": "contact_phone_index",
        "source": source,
        "recorded_on": Value(clock.today()),
    }
    sets.insert_from(Contact, written.filter(has_contact=True), values)


def _update(batch: ImportBatch, rows: Rows) -> None:
    """All changed subjects at once, only the columns that some row changes: fewer indexes are touched."""
    changed, expected = rows.filter(action=Action.UPDATE), batch.updated
    if not expected:
        return
    columns = _changing(changed)
    values = {
        **{column: column for column in columns},
        "version": F("target_version") + 1,
        "changed_at": Value(clock.now()),
    }
    same = {"version": "target_version"}
    if sets.update_from(Subject, changed, values, key="target_id", and_equal=same) != expected:
        raise Stale


def _changing(changed: Rows) -> list[str]:
    """Columns in which at least one row differs from the register."""
    found = []
    for column in COLUMNS:
        differs = ~Q(**{f"target__{column}": F(column)})
        if column not in COLUMNS[:16]:
            differs |= Q(**{f"target__{column}__isnull": True, f"{column}__isnull": False})
            differs |= Q(**{f"target__{column}__isnull": False, f"{column}__isnull": True})
        if changed.filter(differs).exists():
            found.append(column)
    return found


def _remove(original: ImportBatch, rows: Rows) -> None:
    """What the original batch brought in goes again: its own rows in other tables, then the subjects."""
    for model in CHILDREN:
        first, last = original.added.get(model._meta.label_lower, (1, 0))
        if first > last:
            continue
        turned = rows.filter(action__in=(Action.REMOVE, Action.UPDATE)).values("target_id")
        sets.delete_where(model.objects.filter(pk__gte=first, pk__lte=last, subject__in=turned))
    gone = rows.filter(action=Action.REMOVE)
    expected = gone.count()
    same = gone.filter(target__version=F("target_version"))
    for derived in (SubjectText, PendingSubject):
        sets.delete_where(derived.objects.filter(pk__in=same.values("target_id")))
    if expected and sets.delete_where(Subject.objects.filter(pk__in=same.values("target_id"))) != expected:
        raise Stale
