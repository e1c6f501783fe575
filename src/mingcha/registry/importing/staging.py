"""From the file into the staging table, a few thousand rows a transaction.

A killed process loses at most the rows of one transaction: `ImportBatch.rows` says how many rows are
staged, and the file is read again up to there.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Protocol

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from mingcha.base import clock
from mingcha.registry.importing import reading, sets, targets
from mingcha.registry.importing.drafts import (
    Action,
    Draft,
    Fresh,
    Packed,
    draft_of,
    insert_problems,
    mark_repeated,
)
from mingcha.registry.importing.files import local_path
from mingcha.registry.importing.subject_rows import KEY, unpack
from mingcha.registry.models import Division, ImportBatch, Industry, Staged, StagedProblem
from mingcha.registry.sheets import FIELDS, Known, ReadRow, reread

#: Rows a transaction: a fraction of a second's work.
CHUNK = 5_000
#: Rows removed a transaction.
_CLEARED = 20_000
#: Lists of counts, which are of today where they name no day.
_COUNTED = ("headcounts", "cases")


class Steps(Protocol):
    """What staging needs of the job that runs it."""

    def check_cancelled(self) -> None: ...
    def confirm_lease(self) -> None: ...
    def progress(self, done: int, total: int, note: str = "") -> None: ...


class BatchGone(Exception):  # noqa: N818  an outcome, not a fault
    """Somebody cancelled the batch, or it went on without this job."""


@contextmanager
def holding(batch_id: int, state: str, steps: Steps) -> Iterator[ImportBatch]:
    """A transaction that holds the batch in a state under this job's lease; BatchGone otherwise."""
    with transaction.atomic():
        steps.confirm_lease()
        batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, state=state).first()
        if batch is None:
            raise BatchGone
        yield batch


def clear(batch: ImportBatch) -> None:
    """Remove the staged rows and problems of a batch, in short transactions."""
    for model in (targets.of(batch).staged, StagedProblem):
        rows = model.objects.filter(batch=batch)
        while found := list(
            rows.order_by("position").values_list("position", flat=True)[_CLEARED - 1 : _CLEARED]
        ):
            rows.filter(position__lte=found[0])._raw_delete(rows.db)
        rows._raw_delete(rows.db)


def stage(batch_id: int, steps: Steps) -> None:
    """Stage what of the file is not staged yet. Raises Refused for a file that turns out unreadable."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != ImportBatch.State.STAGING:
        return
    if not batch.rows:
        clear(batch)
    with local_path(batch.file) as path, sets.level_memory():
        total = reading.estimate(path, batch.file_name)
        done = batch.rows
        reader = reading.rows_of(
            path,
            batch.file_name,
            batch.layout,
            batch.register,
            defaults_of(batch),
            known_of(batch),
            skip=done,
            apart=total - done >= reading.LARGE,
        )
        with reader as rows:
            _stage_rows(batch, rows, max(total, done), steps)
    with holding(batch_id, ImportBatch.State.STAGING, steps) as held:
        offer(held)


def _stage_rows(batch: ImportBatch, rows: Iterator[ReadRow | Packed], total: int, steps: Steps) -> None:
    """Compare and stage rows, a chunk a transaction."""
    done, seen = batch.rows, seen_in(batch)
    for chunk in _chunks(rows):
        drafts, fresh = checked(batch, chunk, done + 1, seen)
        with holding(batch.pk, ImportBatch.State.STAGING, steps) as held:
            keep(held, drafts, fresh)
            done += len(chunk)
            held.rows = done
            held.save(update_fields=["rows"])
        steps.progress(done, max(total, done), _("正在核对"))
        steps.check_cancelled()
        del chunk, drafts, fresh
        gc.collect()


def _chunks(rows: Iterator[ReadRow | Packed]) -> Iterator[list[ReadRow | Packed]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def offer(batch: ImportBatch) -> None:
    """Everything is staged: count, and wait for somebody's decision."""
    recount(batch)
    batch.state = ImportBatch.State.READY
    batch.changed_at = clock.now()
    batch.save()


def checked(
    batch: ImportBatch, rows: Sequence[ReadRow | Packed], first: int, seen: set[str]
) -> tuple[list[Draft], list[Fresh]]:
    """What will be done with each of these rows, the first of which has position `first`; nothing is written.

    The second part are packed rows about which there is nothing to say: new, clean, and not yet `seen`.
    """
    target, key_of = targets.of(batch), FIELDS[batch.register].key
    subjects = batch.register == ImportBatch.Register.SUBJECTS
    known = target.look_up(rows)
    drafts: list[Draft] = []
    fresh: list[Fresh] = []
    for position, row in enumerate(rows, first):
        if not isinstance(row, ReadRow):
            if row[KEY] not in seen and not known.knows(row):
                seen.add(row[KEY])
                fresh.append((position, row))
                continue
            row = unpack(row)
        values = row.values
        by_name = subjects and not (values.get("credit_code") or values.get("old_number"))
        draft = draft_of(position, row, key_of(values), by_name=by_name)
        mark_repeated(draft, seen)
        drafts.append(draft)
    target.match(batch, drafts, known)
    return drafts, fresh


def seen_in(batch: ImportBatch, besides: int = 0, key: str = "") -> set[str]:
    """The identities of the batch's rows that are to come in, but for the row at `besides`; or one `key`."""
    rows = targets.of(batch).staged.objects.filter(batch=batch).exclude(action=Action.SKIP)
    rows = rows.exclude(position=besides) if besides else rows
    rows = rows.filter(key=key[:200]) if key else rows.exclude(key="")
    return set(rows.values_list("key", flat=True).iterator(chunk_size=CHUNK))


def keep(batch: ImportBatch, drafts: Sequence[Draft], fresh: Sequence[Fresh] = ()) -> None:
    """Write the rows and their problems into the staging tables, inside a transaction."""
    targets.of(batch).insert(batch, drafts, fresh)
    insert_problems(batch, drafts)


def recheck(batch: ImportBatch, position: int, raw: dict[str, str]) -> None:
    """One row again, from its corrected cells; inside a transaction that holds the batch."""
    rows = targets.of(batch).staged.objects.filter(batch=batch, position=position)
    old = rows.get()
    read = reread(batch.register, raw, defaults_of(batch), known_of(batch))
    again = ReadRow(old.sheet, old.row, read.raw, read.values, read.problems, read.verdict)
    key = FIELDS[batch.register].key(read.values)
    drafts, _fresh = checked(batch, [again], position, seen_in(batch, position, key) if key else set())
    rows._raw_delete(rows.db)
    problems = StagedProblem.objects.filter(batch=batch, position=position)
    problems._raw_delete(problems.db)
    keep(batch, drafts)
    recount(batch)
    batch.save()


def recheck_all(batch: ImportBatch, positions: Iterable[int]) -> None:
    """Rows again whose objects somebody changed since: compared anew, and shown as doubtful."""
    target = targets.of(batch)
    for position in positions:
        rows = target.staged.objects.filter(batch=batch, position=position)
        draft = target.again(batch, rows.get())
        draft.warn(_("核对以后名录库里的这一条被别人改过，已重新核对"), value=draft.name)
        rows._raw_delete(rows.db)
        keep(batch, [draft])
    recount(batch)


def refuse_all(batch: ImportBatch, positions: Iterable[int]) -> None:
    """Rows that the register did not take when they were written: they are left out, and say why."""
    target = targets.of(batch)
    for position in positions:
        rows = target.staged.objects.filter(batch=batch, position=position)
        draft = target.again(batch, rows.get())
        draft.refuse(_("名录库里别的记录与这一行冲突（例如编号相同），这一行不导入"), value=draft.name)
        rows._raw_delete(rows.db)
        keep(batch, [draft])
    recount(batch)


def settle(batch: ImportBatch, reason: str, *, skip: bool) -> None:
    """Rows with one kind of warning: left out, or taken as they are and no longer shown as doubtful."""
    problems = StagedProblem.objects.filter(batch=batch)
    meant = problems.filter(group=reason, severity=StagedProblem.Severity.WARNING)
    rows = targets.of(batch).staged.objects.filter(batch=batch, verdict=Staged.Verdict.WARNED)
    concerned = rows.filter(position__in=meant.values("position"))
    if skip:
        concerned.update(action=Action.SKIP)
        return
    meant.update(accepted=True)
    open_ones = problems.filter(position=OuterRef("position"), accepted=False)
    accepted = problems.filter(position=OuterRef("position"), accepted=True)
    rows.filter(Exists(accepted)).exclude(Exists(open_ones)).update(verdict=Staged.Verdict.UNDERSTOOD)


def recount(batch: ImportBatch) -> None:
    """Count the batch's rows by verdict and by what will be done; the caller saves."""
    rows = targets.of(batch).staged.objects.filter(batch=batch)
    counts: dict[tuple[str, str], int] = {
        (verdict, action): count
        for verdict, action, count in rows.order_by().values_list("verdict", "action").annotate(Count("pk"))
    }

    def total(place: int, value: str) -> int:
        return sum(count for pair, count in counts.items() if pair[place] == value)

    verdicts, actions = Staged.Verdict, Action
    batch.understood = total(0, verdicts.UNDERSTOOD)
    batch.warned = total(0, verdicts.WARNED)
    batch.refused = total(0, verdicts.REFUSED)
    batch.created = total(1, actions.CREATE)
    batch.updated = total(1, actions.UPDATE)
    batch.removed = total(1, actions.REMOVE)
    batch.unchanged = total(1, actions.SAME)
    batch.skipped = total(1, actions.SKIP)


def defaults_of(batch: ImportBatch) -> dict[str, str]:
    """What fills empty fields: a place, only because somebody said so for the whole list."""
    division = batch.options.get("division_code") or batch.source.division_code
    defaults = {"division_code": division} if division else {}
    if batch.register in _COUNTED:
        defaults["counted_on"] = clock.today().isoformat()
    return defaults


def known_of(batch: ImportBatch) -> Known:
    """Towns of the list's division and names of industries, for what a file only hints at."""
    division = defaults_of(batch).get("division_code", "")
    towns = Division.objects.filter(parent=division).values_list("name", flat=True) if division else ()
    industries = dict(Industry.objects.order_by("level").values_list("name", "code"))
    return Known(tuple(towns), industries)
