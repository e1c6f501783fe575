"""What is known of a batch: its page, what its lifecycle asks, what is said of it in the ledger."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mingcha.accounts.models import User
from mingcha.accounts.selectors import officer_of
from mingcha.base.jobs.models import Job
from mingcha.base.viewers import Officer
from mingcha.registry.importing.lifecycle import BatchFacts
from mingcha.registry.models import ImportBatch
from mingcha.registry.sheets import Layout, missing

_State = ImportBatch.State


def page_of(batch: ImportBatch) -> str:
    """The address of a batch's page."""
    return reverse("registry:imports-detail", args=[batch.pk])


def facts_of(batch: ImportBatch) -> BatchFacts:
    """What the lifecycle's guards look at."""
    standing = ImportBatch.objects.filter(undoes=batch.pk).exclude(
        state__in=(_State.CANCELLED, _State.FAILED)
    )
    unknown: list[str] = []
    if batch.state == _State.MAPPING and batch.layout:
        unknown = unknown_columns(batch)
    running = Job.objects.unfinished().filter(pk=batch.job_id).exists() if batch.job_id else False
    return BatchFacts(
        columns_missing=tuple(unknown),
        will_change=batch.created + batch.updated + batch.removed,
        inverse=str(standing.values_list("state", flat=True).first() or ""),
        is_inverse=batch.undoes_id is not None,
        running=running,
    )


def unknown_columns(batch: ImportBatch) -> list[str]:
    """What no column says yet, of what the register cannot do without."""
    layout = Layout.from_json(batch.layout)
    if not any(sheet.used for sheet in layout.sheets):
        return [_("没有选定要读取的工作表")]
    return missing(layout, batch.register)


def same_file(batch: ImportBatch) -> ImportBatch | None:
    """An earlier batch of the very same file that was written, if any."""
    earlier = ImportBatch.objects.filter(sha256=batch.sha256, register=batch.register, pk__lt=batch.pk)
    written = earlier.exclude(sha256="").filter(state=_State.DONE)
    return written.order_by("-pk").first()


def expectation(batch: ImportBatch) -> str:
    """What confirming will do, as a short text that a page carries back."""
    numbers = (batch.created, batch.updated, batch.removed, batch.unchanged, batch.skipped)
    return "-".join(map(str, numbers))


def said(batch: ImportBatch, *names: str) -> dict[str, Any]:
    values = {name: getattr(batch, name) for name in names}
    values["source"] = batch.source.name
    values["register"] = str(batch.get_register_display())
    return {name: value for name, value in values.items() if value not in ("", None)}


def person(batch: ImportBatch) -> Officer:
    """Who confirmed a batch: the job writes in this person's name."""
    return officer_of(User.objects.get(pk=batch.confirmed_by_id))
