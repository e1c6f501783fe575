"""Writing a confirmed batch, and taking away afterwards what nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.jobs import enqueue
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.registry.importing import targets
from mingcha.registry.importing.events import ListImported, ListUndone
from mingcha.registry.importing.facts import said
from mingcha.registry.importing.staging import BatchGone
from mingcha.registry.models import ImportBatch, StagedProblem, StagedSubject
from mingcha.registry.services.claims import receive_claims

_State = ImportBatch.State
_COUNTED = (
    "source",
    "register",
    "sha256",
    "rows",
    "created",
    "updated",
    "removed",
    "unchanged",
    "skipped",
    "rows_digest",
)


@service
def write(*, actor: Viewer, batch_id: int, digest: str, brings: Collection[str]) -> ImportBatch:
    """Write a confirmed batch: everything or nothing. Raises targets.Stale, BatchGone.

    `digest` and `brings` were found before (`Target`): while it is being confirmed no row can change, and
    the lock is held no longer than needed. The batch's row is locked: of two workers one writes, the other
    finds it done.
    """
    rows = ImportBatch.objects.select_for_update(of=("self",)).select_related("source", "undoes")
    batch = rows.filter(pk=batch_id, state=_State.CONFIRMING).first()
    if batch is None:
        raise BatchGone
    targets.of(batch).write(batch, brings)
    batch.state, batch.rows_digest = _State.DONE, digest
    batch.confirmed_at = batch.changed_at = clock.now()
    batch.save()
    if batch.options.get("claim") and batch.register == ImportBatch.Register.SUBJECTS:
        _claims(actor, batch)
    after = said(batch, *_COUNTED)
    if batch.undoes is not None:
        ImportBatch.objects.filter(pk=batch.undoes_id, state=_State.DONE).update(state=_State.UNDONE)
        emit(ListUndone(thing=Thing.of(batch.undoes), after={**after, "undoes": batch.undoes_id}))
    else:
        emit(ListImported(thing=Thing.of(batch), after=after))
    enqueue("registry.tidy-list", {"batch_id": batch.pk}, actor=actor)
    return batch


def _claims(actor: Viewer, batch: ImportBatch) -> None:
    created = targets.of(batch).staged.objects.filter(batch=batch, action="create")
    receive_claims(
        actor=actor, subjects=created.values_list("target_id", flat=True), source=batch.source.name
    )


def strip(batch: ImportBatch) -> None:
    """Remove cells as they stood and contacts from the rows of a written batch, in short transactions."""
    staged = targets.of(batch).staged
    empty: dict[str, Any] = {"cells": ""}
    if staged is StagedSubject:
        empty |= {"contact_name": "", "contact_phone": "", "contact_phone_index": "", "has_contact": False}
    rows = staged.objects.filter(batch=batch)
    # Cells are kept of rows with problems; which they are, the encrypted column itself cannot be asked.
    problems = StagedProblem.objects.filter(batch=batch, position=OuterRef("position"))
    contacts = Q(has_contact=True) if staged is StagedSubject else Q(pk__in=())
    holding = rows.filter(Exists(problems) | contacts)
    after = 0
    while found := list(
        holding.filter(position__gt=after).order_by("position").values_list("position", flat=True)[:2_000]
    ):
        with transaction.atomic():
            rows.filter(position__in=found).update(**empty)
        after = found[-1]
