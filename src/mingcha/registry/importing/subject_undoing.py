"""A written list of subjects, turned round: what was created goes, what was changed comes back.

Left alone, and listed with the reason: what somebody changed since, what is used elsewhere by now, and what
stands in a sealed roster.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from mingcha.base.ids import one_of
from mingcha.registry.importing.drafts import Action, Draft
from mingcha.registry.importing.subject_beside import CHILDREN
from mingcha.registry.importing.subject_rows import COLUMNS
from mingcha.registry.models import ImportBatch, StagedSubject, Subject
from mingcha.registry.sheets import ReadRow
from mingcha.web.providers import Providers

#: () → ids of subjects that stand in sealed or drawn rosters.
sealed_rosters: Providers[Callable[[], Iterable[int]]] = Providers()


def turn_round(original: ImportBatch, first: int, count: int, sealed: Container[int]) -> list[Draft]:
    """The next rows of the batch that it wrote, from position `first` on, as rows of its inverse."""
    written = StagedSubject.objects.filter(batch=original, action__in=(Action.CREATE, Action.UPDATE))
    rows = list(written.filter(position__gte=first).order_by("position")[:count])
    ids = [row.target_id for row in rows]
    now = {subject.pk: subject for subject in Subject.objects.filter(pk__in=ids)}
    used = _used(original, ids)
    return [_turned(row, now.get(row.target_id), used, sealed) for row in rows]


def _turned(
    row: StagedSubject, subject: Subject | None, used: dict[int, str], sealed: Container[int]
) -> Draft:
    draft = Draft(row.position, ReadRow(row.sheet, row.row, {}, {}, [], "understood"), row.key)
    draft.target_id = row.target_id
    draft.values = {field: getattr(row, field) for field in COLUMNS}
    if subject is None:
        draft.refuse(_("这一条已经不在名录库里"), value=row.name)
        return draft
    draft.target_version = subject.version
    if subject.version != row.target_version + 1 or subject.merged_into_id:
        draft.refuse(_("导入以后又被修改过，保持现状"), value=row.name)
    elif subject.pk in sealed:
        draft.refuse(_("已列入封存的抽查名单，保持现状"), value=row.name)
    elif row.action == Action.CREATE and subject.pk in used:
        draft.refuse(_("已有别的记录用到这一户，保持现状"), value=f"{row.name}：{used[subject.pk]}")
    elif row.action == Action.CREATE:
        draft.action = Action.REMOVE
    else:
        _restore(draft, row, subject)
    return draft


def _restore(draft: Draft, row: StagedSubject, subject: Subject) -> None:
    """The values before; what the list wrote into other tables bears its mark."""
    draft.action = Action.UPDATE
    for field in COLUMNS:
        now = getattr(subject, field)
        draft.values[field] = row.before.get(field, now) if field in row.before else now
        if field in row.before:
            draft.before[field] = now.isoformat() if hasattr(now, "isoformat") else now
    draft.values["public_number"] = subject.public_number


def _used(original: ImportBatch, ids: list[int]) -> dict[int, str]:
    """Subjects to which rows point that the batch did not write: id → what kind of rows."""
    found: dict[int, str] = {}
    for name, rows in _pointing(original):
        kind = str(rows.model._meta.verbose_name)
        found.update((pk, kind) for pk in rows.filter(one_of(name, ids)).values_list(name, flat=True))
    return found


def used_since(inverse: ImportBatch) -> list[int]:
    """Positions of subjects that are to go, and to which by now something points that their list did not
    bring."""
    original, gone = inverse.undoes, StagedSubject.objects.filter(batch=inverse, action=Action.REMOVE)
    if original is None:
        return []
    found: set[int] = set()
    for name, rows in _pointing(original):
        held = rows.filter(Exists(gone.filter(target_id=OuterRef(name)))).values_list(name, flat=True)
        found.update(gone.filter(one_of("target_id", list(held))).values_list("position", flat=True))
    return sorted(found)


def _pointing(original: ImportBatch) -> Iterator[tuple[str, models.QuerySet[Any]]]:
    """Everything that may point to a subject: by which column, and the rows that the batch did not write."""
    for relation in Subject._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if relation.on_delete is models.CASCADE:  # derived from the subject, and gone with it
            continue
        rows = model._base_manager.filter(**{f"{name}__isnull": False})
        yield name, rows.exclude(batch=original) if model in CHILDREN else rows
