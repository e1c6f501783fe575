"""Lists of subjects as a target: staged typed, written by statements over whole sets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Sequence
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mingcha.registry import search
from mingcha.registry.importing import digests, sets, subject_undoing, subject_writing
from mingcha.registry.importing.drafts import Action, Draft, Fresh, Packed
from mingcha.registry.importing.subject_matching import Register, match
from mingcha.registry.importing.subject_rows import BESIDE, COLUMNS, STAGED, fresh_rows, row_of
from mingcha.registry.models import ImportBatch, StagedSubject, Subject
from mingcha.registry.sheets import ReadRow

_AT_ONCE = 5_000


class SubjectTarget:
    """See `target.Target`."""

    model = Subject
    staged = StagedSubject

    def look_up(self, rows: Sequence[ReadRow | Packed]) -> Register:
        return Register(rows)

    def match(self, batch: ImportBatch, drafts: Sequence[Draft], known: Register) -> None:
        match(batch, drafts, known)

    def insert(self, batch: ImportBatch, drafts: Sequence[Draft], fresh: Sequence[Fresh]) -> None:
        """New subjects get the ids here that they will have, in the order of the file."""
        new = {draft.position: draft for draft in drafts if draft.action == Action.CREATE}
        unnumbered = [position for position, draft in new.items() if draft.target_id is None]
        numbered = sorted([*unnumbered, *(position for position, _packed in fresh)])
        ids = dict(zip(numbered, sets.reserve_ids(Subject, len(numbered)), strict=True))
        for position in unnumbered:
            new[position].target_id = ids[position]
        clean = ((position, ids[position], packed) for position, packed in fresh)
        rows = (row_of(batch.pk, draft) for draft in drafts)
        sets.insert_rows(StagedSubject, STAGED, chain(fresh_rows(batch, clean), rows))

    def again(self, batch: ImportBatch, row: StagedSubject) -> Draft:
        """From what the list itself says: of an update only what it changes, never what it left alone."""
        said = [field for field in COLUMNS if row.action == Action.CREATE or field in row.before]
        values = {
            field: _plain(getattr(row, field))
            for field in (*said, "name", "credit_code", *BESIDE, "contact_name", "contact_phone")
        }
        if not row.credit_code:
            values["old_number"] = row.old_number
        values = {field: value for field, value in values.items() if value not in (None, "")}
        read = ReadRow(row.sheet, row.row, row.raw, values, [], "understood")
        draft = Draft(row.position, read, row.key)
        if batch.undoes_id:
            draft.action = Action.SKIP
        else:
            match(batch, [draft], Register([read]))
        return draft

    def stale(self, batch: ImportBatch) -> list[int]:
        rows = StagedSubject.objects.filter(batch=batch)
        holder = Subject.objects.current().filter(credit_code=OuterRef("credit_code"))
        taken = rows.filter(Exists(holder), action=Action.CREATE).exclude(credit_code="")
        older = Subject.objects.current().filter(old_number=OuterRef("old_number"))
        entered = rows.filter(Exists(older), action=Action.CREATE, credit_code="").exclude(old_number="")
        changed = {*_positions(taken), *_positions(entered), *_positions(self._changed(rows))}
        return sorted({*changed, *subject_undoing.used_since(batch)})

    def _changed(self, rows: QuerySet[StagedSubject]) -> QuerySet[StagedSubject]:
        gone_or_changed = ~Q(target__version=F("target_version")) | Q(target__merged_into__isnull=False)
        written = rows.filter(action__in=(Action.UPDATE, Action.REMOVE))
        return written.filter(gone_or_changed | Q(target__version__isnull=True))

    def prepare(self, batch: ImportBatch, pause: Callable[[], None]) -> None:
        """Subjects that will go are taken out of the index of the search, which would hold the lock long."""
        gone = StagedSubject.objects.filter(batch=batch, action=Action.REMOVE).order_by("position")
        after = 0
        while found := list(gone.filter(position__gt=after).values_list("position", "target_id")[:_AT_ONCE]):
            search.set_aside([target_id for _position, target_id in found])
            after = found[-1][0]
            pause()

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
