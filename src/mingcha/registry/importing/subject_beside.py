"""What a list says of subjects that stands in tables of its own: names, counts, grades, tags, contacts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from mingcha.base import clock
from mingcha.registry.importing import sets
from mingcha.registry.importing.drafts import Action
from mingcha.registry.importing.subject_rows import COUNTS, TEXTS
from mingcha.registry.models import (
    Contact,
    FormerName,
    Grading,
    Headcount,
    ImportBatch,
    StagedSubject,
    SubjectTag,
    Tag,
)

#: Tables beside `Subject` into which a list writes; undoing removes exactly its rows.
CHILDREN: tuple[type[Any], ...] = (FormerName, Headcount, Grading, SubjectTag, Contact)
GRADES = {column: system for system, column in Grading.COLUMNS.items()}
_COUNT_KEY = ("subject", "counted_on", "source")
_GRADE_KEY = ("subject", "system", "year", "graded_on")
Rows = QuerySet[StagedSubject]


def write(batch: ImportBatch, rows: Rows, brought: Collection[str]) -> None:
    """All of it, before the subjects themselves are changed."""
    written = rows.filter(action__in=(Action.CREATE, Action.UPDATE))
    today, source = Value(clock.today()), Value(batch.source.name[:100])
    mark = {"subject": "target_id", "batch": Value(batch.pk)}
    if batch.updated:
        renamed = rows.filter(action=Action.UPDATE).exclude(target__name=F("name"))
        sets.insert_from(FormerName, renamed, {**mark, "name": F("target__name"), "until": today})
    if "former_name" in brought:
        known = FormerName.objects.filter(subject=OuterRef("target_id"), name=OuterRef("former_name"))
        earlier = written.exclude(former_name="").exclude(Exists(known))
        until = Coalesce(F("registered_on"), today)
        sets.insert_from(FormerName, earlier, {**mark, "name": "former_name", "until": until})
    if "counts" in brought:
        day = {"counted_on": Coalesce(F("counted_on"), today)}
        values = {**mark, **{column: _if_new(column) for column in COUNTS}, **day, "source": source}
        sets.insert_from(Headcount, written.filter(_new(*COUNTS)), values, or_renew=_COUNT_KEY)
    for column in GRADES.keys() & brought:
        values = {**mark, **_grade_key(column, clock.today()), "grade": column, "source": source}
        graded = written.exclude(**{column: ""}).filter(_new(column))
        sets.insert_from(Grading, graded, values, or_renew=_GRADE_KEY)
    if "tags" in brought:
        _tags(written, mark)
    if "contacts" in brought:
        _contacts(written, {**mark, "source": source})


def take_back(original: ImportBatch, rows: Rows) -> None:
    """Remove what a batch brought in to the subjects that its inverse turns round; what it only changed,
    a record of the same day and source, gets the values of before again."""
    turned = rows.filter(action__in=(Action.REMOVE, Action.UPDATE)).values("target_id")
    for model in CHILDREN:
        sets.delete_where(model.objects.filter(batch=original, subject__in=turned))
    restored = rows.filter(action=Action.UPDATE)
    counted = Headcount.objects.filter(
        subject=OuterRef("target_id"), counted_on=OuterRef("counted_on"), source=original.source.name[:100]
    )
    _restore(Headcount, restored.filter(_new(*COUNTS)), counted, {column: column for column in COUNTS})
    assert original.confirmed_at is not None  # noqa: S101  only what was written is turned round
    day = clock.day_of(original.confirmed_at)
    for column in GRADES:
        graded = Grading.objects.filter(subject=OuterRef("target_id"), **_grade_key(column, day))
        _restore(Grading, restored.exclude(**{column: ""}).filter(_new(column)), graded, {"grade": column})


def _restore(model: type[Any], rows: Rows, records: Any, values: dict[str, str]) -> None:
    having = rows.annotate(record=Subquery(records.standing().values("pk")[:1])).exclude(record=None)
    if having.exists():
        sets.update_from(model, having, values, key="record", and_equal={})


def _grade_key(column: str, day: date) -> dict[str, Any]:
    """The system, year and day under which a list that names none records a grade (rule N12)."""
    return {"system": Value(str(GRADES[column])), "year": Value(day.year), "graded_on": Value(day)}


def changes(column: str) -> Q:
    """Rows whose column says something else than the register."""
    differs = ~Q(**{f"target__{column}": F(column)})
    if column not in TEXTS:
        differs |= Q(**{f"target__{column}__isnull": True, f"{column}__isnull": False})
        differs |= Q(**{f"target__{column}__isnull": False, f"{column}__isnull": True})
    return differs


def _new(*columns: str) -> Q:
    """Rows that say one of the columns of a new subject, or another value than the register has."""
    found = Q()
    for column in columns:
        said = Q() if column in TEXTS else Q(**{f"{column}__isnull": False})
        found |= said & (Q(action=Action.CREATE) | changes(column))
    return found


def _if_new(column: str) -> Case:
    """The number where it is new: one that was only carried along is no count of that day."""
    return Case(When(_new(column), then=F(column)), default=None)


def _tags(written: Rows, mark: dict[str, Any]) -> None:
    """One statement a tag that the list names; a list names few."""
    said = written.exclude(tags="").order_by().values_list("tags", flat=True).distinct()
    labels = {label for tags in said for label in tags.split("、")}
    for tag in Tag.objects.filter(label__in=labels):
        having = [tags for tags in said if tag.label in tags.split("、")]
        values = {**mark, "tag": Value(tag.pk), "since": Value(clock.today()), "why": Value("")}
        sets.insert_from(SubjectTag, written.filter(tags__in=having), values, or_ignore=True)


def _contacts(written: Rows, mark: dict[str, Any]) -> None:
    """Copied in their encrypted form; those that are known already were left out while comparing."""
    values = {
        **mark,
        "post": Value(Contact.Post.OTHER.value),
        "name": F("contact_name"),
        "phone": F("contact_phone"),
        "phone_index": "contact_phone_index",
        "recorded_on": Value(clock.today()),
    }
    sets.insert_from(Contact, written.filter(has_contact=True), values)
