"""Lists of subjects as a target: staged typed, written by statements over whole sets."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mingcha.registry.importing import digests, subject_undoing, subject_writing, subjects
from mingcha.registry.importing.drafts import Action, Draft
from mingcha.registry.models import ImportBatch, StagedSubject, Subject
from mingcha.registry.sheets import ReadRow

_BESIDE = ("former_name", "tags", "contact_name", "contact_phone")


class SubjectTarget:
    """See `targets.Target`."""

    model = Subject
    staged = StagedSubject

    def match(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        subjects.match(batch, drafts)

    def number(self, drafts: Sequence[Draft]) -> None:
        subjects.number(drafts)

    def insert(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        subjects.insert(batch, drafts)

    def again(self, batch: ImportBatch, row: StagedSubject) -> Draft:
        """From what the list itself says: of an update only what it changes, never what it left alone."""
        said = [field for field in subjects.COLUMNS if row.action == Action.CREATE or field in row.before]
        values = {field: _plain(getattr(row, field)) for field in (*said, "name", "credit_code", *_BESIDE)}
        if not row.credit_code:
            values["old_number"] = row.old_number
        values = {field: value for field, value in values.items() if value not in (None, "")}
        read = ReadRow(row.sheet, row.row, row.raw, values, [], "understood")
        draft = Draft(row.position, read, row.key)
        if batch.undoes_id:
            draft.action = Action.SKIP
        else:
            subjects.match(batch, [draft])
        return draft

    def stale(self, batch: ImportBatch) -> list[int]:
        rows = StagedSubject.objects.filter(batch=batch)
        holder = Subject.objects.current().filter(credit_code=OuterRef("credit_code"))
        taken = rows.filter(Exists(holder), action=Action.CREATE).exclude(credit_code="")
        older = Subject.objects.current().filter(old_number=OuterRef("old_number"))
        entered = rows.filter(Exists(older), action=Action.CREATE, credit_code="").exclude(old_number="")
        return sorted({*_positions(taken), *_positions(entered), *_positions(self._changed(rows))})

    def _changed(self, rows: QuerySet[StagedSubject]) -> QuerySet[StagedSubject]:
        gone_or_changed = ~Q(target__version=F("target_version")) | Q(target__merged_into__isnull=False)
        written = rows.filter(action__in=(Action.UPDATE, Action.REMOVE))
        return written.filter(gone_or_changed | Q(target__version__isnull=True))

    def brings(self, batch: ImportBatch) -> Collection[str]:
        return subject_writing.brings(batch)

    def write(self, batch: ImportBatch, brings: Collection[str]) -> None:
        subject_writing.write(batch, brings)

    def digest(self, batch: ImportBatch) -> str:
        return digests.digest_of(StagedSubject.objects.filter(batch=batch), digests.FIELDS)

    def turn_round(
        self, original: ImportBatch, first: int, count: int, sealed: Container[int]
    ) -> list[Draft]:
        return subject_undoing.turn_round(original, first, count, sealed)


def _positions(rows: QuerySet[StagedSubject]) -> list[int]:
    return list(rows.values_list("position", flat=True))


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


SUBJECTS = SubjectTarget()
