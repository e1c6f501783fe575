"""The verbs of a list: receive, say what columns mean, correct, confirm, undo, cancel.

Jobs do the long work (`jobs`); each verb here is short. Whoever presses first wins: every verb locks the
batch and asks its lifecycle.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from mingcha.base import clock, limits
from mingcha.base.events import Thing
from mingcha.base.jobs import enqueue
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import acting_roles, required_text, user_id_of
from mingcha.kernel.refusal import Refusal, Refused, gettext_noop
from mingcha.registry.importing import files, staging, targets
from mingcha.registry.importing.events import ListCancelled, ListReceived
from mingcha.registry.importing.facts import expectation, facts_of, said, unknown_columns
from mingcha.registry.importing.lifecycle import IMPORT, BatchFacts
from mingcha.registry.importing.reach import must_handle, must_keep
from mingcha.registry.models import ColumnMeaning, ImportBatch, ImportSource
from mingcha.registry.sheets import Layout

_State = ImportBatch.State
#: How many new subjects one list may put on the list of arrivals; each starts a deadline of its own.
MOST_CLAIMS = 2_000


def _locked(actor: Viewer, batch_id: int) -> ImportBatch:
    """The batch, locked, for who keeps the register it goes into; Refused for others."""
    batch: ImportBatch = (
        ImportBatch.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=batch_id)
    )
    must_handle(actor, batch)
    return batch


def _decide(actor: Viewer, batch_id: int, verb: str) -> ImportBatch:
    """The batch, locked, in the state to which the verb leads; Refused otherwise."""
    batch = _locked(actor, batch_id)
    row = IMPORT.decide(batch.state, verb, acting_roles(actor), facts_of(batch))
    batch.state = row.target
    batch.changed_at = clock.now()
    return batch


def _work(actor: Viewer, batch: ImportBatch, name: str) -> None:
    """Give the batch to a worker, and save it."""
    batch.job_id = enqueue(f"registry.{name}", {"batch_id": batch.pk}, actor=actor).pk
    batch.save()


@service
def receive(
    *,
    actor: Viewer,
    register: str,
    source_name: str,
    file: File[Any],
    division_code: str = "",
    options: Mapping[str, Any] | None = None,
) -> ImportBatch:
    """Keep an uploaded list and have it read.

    Raises Refused for who does not keep the register, and for a file that is too large or empty.
    """
    must_keep(actor, register)
    name = required_text(source_name, gettext_noop("名单来源"))[:60]
    if not file.size:
        raise Refused(
            Refusal(
                "import.empty",
                gettext_noop("文件是空的，没有上传"),
                gettext_noop("本局方案二（二）"),
                gettext_noop("请检查原文件后重新上传"),
            )
        )
    limits.check("import_file_bytes", file.size or 0)
    source, created = ImportSource.objects.get_or_create(name=name, defaults={"division_code": division_code})
    if not created and division_code and not source.division_code:
        source.division_code = division_code
        source.save(update_fields=["division_code"])
    place, digest = files.keep(file)
    try:
        batch = ImportBatch.objects.create(
            register=register,
            source=source,
            file_name=(file.name or "").replace("\\", "/").rpartition("/")[2][:200],
            file=place,
            sha256=digest,
            size=file.size,
            options={**(options or {}), "division_code": division_code},
            started_by_id=user_id_of(actor),
            started_at=clock.now(),
            changed_at=clock.now(),
        )
        _work(actor, batch, "read-list")
    except BaseException:
        files.forget(place)
        raise
    emit(ListReceived(thing=Thing.of(batch), after=said(batch, "source", "register", "sha256")))
    return batch


@service
def set_columns(
    *, actor: Viewer, batch_id: int, fields: Mapping[tuple[int, int], str], used: Mapping[int, bool]
) -> ImportBatch:
    """Say which sheets are read and what their columns mean: (sheet number, column index) → field.

    Remembered for the next list of the same source. Everything is compared again from the start.
    """
    batch = _locked(actor, batch_id)
    layout = Layout.from_json(batch.layout)
    data = layout.to_json()
    for number, sheet in enumerate(data["sheets"]):
        sheet["used"] = used.get(number, sheet["used"])
        for column in sheet["columns"]:
            said = fields.get((number, column["index"]))
            if said is not None and said != column["field"]:
                column["field"], column["how"] = said, "remembered"
    batch.layout = data
    _remember(batch, data)
    ImportBatch.objects.filter(pk=batch.pk).update(layout=data, state=batch.state)
    unknown = tuple(unknown_columns(batch))
    row = IMPORT.decide(batch.state, "map", acting_roles(actor), BatchFacts(columns_missing=unknown))
    batch.state, batch.rows, batch.message = row.target, 0, ""
    batch.changed_at = clock.now()
    _work(actor, batch, "stage-list")
    return batch


def _remember(batch: ImportBatch, layout: Mapping[str, Any]) -> None:
    for sheet in layout["sheets"]:
        for column in sheet["columns"]:
            if sheet["used"] and column["heading"] and column["how"] != "synonym":
                ColumnMeaning.objects.update_or_create(
                    source=batch.source,
                    register=batch.register,
                    heading=column["heading"][:100],
                    defaults={"field": column["field"]},
                )


@service
def set_options(*, actor: Viewer, batch_id: int, keep: bool, claim: bool) -> ImportBatch:
    """Choose what an update may overwrite; the list is compared again from the start."""
    batch = _decide(actor, batch_id, "map")
    batch.options = {**batch.options, "keep": keep, "claim": claim}
    batch.rows, batch.message = 0, ""
    _work(actor, batch, "stage-list")
    return batch


def _open(actor: Viewer, batch_id: int) -> ImportBatch:
    """The batch, locked, while its rows can be corrected; Refused in every other state."""
    batch = _locked(actor, batch_id)
    IMPORT.decide(batch.state, "correct", acting_roles(actor), facts_of(batch))
    batch.changed_at = clock.now()
    return batch


@service
def fix_row(*, actor: Viewer, batch_id: int, position: int, raw: Mapping[str, str]) -> ImportBatch:
    """Correct the cells of one row; it is compared again at once."""
    batch = _open(actor, batch_id)
    staging.recheck(batch, position, {name: str(text)[:2000] for name, text in raw.items()})
    return batch


@service
def skip_row(*, actor: Viewer, batch_id: int, position: int) -> ImportBatch:
    """Leave one row out."""
    batch = _open(actor, batch_id)
    targets.of(batch).staged.objects.filter(batch=batch, position=position).update(action="skip")
    staging.recount(batch)
    batch.save()
    return batch


@service
def settle_reason(*, actor: Viewer, batch_id: int, reason: str, skip: bool) -> ImportBatch:
    """Decide on all rows with one warning: leave them out, or take them as they are."""
    batch = _open(actor, batch_id)
    staging.settle(batch, reason, skip=skip)
    staging.recount(batch)
    batch.save()
    return batch


@service
def confirm(*, actor: Viewer, batch_id: int, seen: str) -> ImportBatch:
    """Have the list written. `seen` is `expectation` as the person saw it; Refused when it has changed."""
    batch = _decide(actor, batch_id, "confirm")
    if seen != expectation(batch):
        raise Refused(
            Refusal(
                "import.moved",
                gettext_noop("打开页面以后，这份名单的核对结果变了，没有导入"),
                gettext_noop("本局方案二（二）：先核对、后导入"),
                gettext_noop("请刷新页面，看过最新的数字再确认"),
            )
        )
    if batch.options.get("claim") and batch.created > MOST_CLAIMS:
        raise Refused(
            Refusal(
                "import.claims",
                gettext_noop("一次至多列入 %(most)s 户待认领，这份名单新增 %(n)s 户"),
                gettext_noop("本局方案二（二）：认领有时限，逐户办理"),
                gettext_noop("请拆成几份名单，或在核对页取消“需要认领”"),
                {"most": MOST_CLAIMS, "n": batch.created},
            )
        )
    batch.confirmed_by_id = user_id_of(actor)
    batch.message = ""
    _work(actor, batch, "write-list")
    return batch


@service
def undo(*, actor: Viewer, batch_id: int) -> ImportBatch:
    """Prepare the inverse of a written batch; it is looked at and confirmed like any list."""
    original = _decide(actor, batch_id, "undo")
    inverse = ImportBatch.objects.create(
        register=original.register,
        source=original.source,
        file_name=(_("撤销：%(name)s") % {"name": original.file_name})[:200],
        state=_State.STAGING,
        undoes=original,
        started_by_id=user_id_of(actor),
        started_at=clock.now(),
        changed_at=clock.now(),
    )
    original.save()
    _work(actor, inverse, "stage-list")
    return inverse


@service
def cancel(*, actor: Viewer, batch_id: int) -> ImportBatch:
    """Give a list up before it is written; nothing of it has touched a register."""
    batch = _decide(actor, batch_id, "cancel")
    emit(ListCancelled(thing=Thing.of(batch), after=said(batch, "source", "register", "sha256")))
    _work(actor, batch, "tidy-list")
    return batch


@service
def reject(*, actor: Viewer, batch_id: int, message: str) -> ImportBatch:
    """The file cannot be read after all: say why."""
    batch = _decide(actor, batch_id, "reject")
    batch.message = message[:500]
    _work(actor, batch, "tidy-list")
    return batch


@service
def resume(*, actor: Viewer, batch_id: int) -> ImportBatch:
    """Go on with a list whose background work failed for good."""
    batch = _decide(actor, batch_id, "resume")
    names = {_State.READING: "read-list", _State.STAGING: "stage-list", _State.CONFIRMING: "write-list"}
    _work(actor, batch, names[_State(batch.state)])
    return batch
