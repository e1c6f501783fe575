"""The background work of lists: read, compare, write, and clean up. Imported at start-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base import clock
from mingcha.base.jobs import JobContext, job, periodic
from mingcha.basics.selectors import parameters
from mingcha.kernel.refusal import Refused
from mingcha.registry import search
from mingcha.registry.importing import files, large_lists, services, staging, targets, undoing, writing
from mingcha.registry.importing.facts import page_of, person
from mingcha.registry.importing.problem_list import LEADING
from mingcha.registry.importing.samples import samples_of
from mingcha.registry.importing.staging import BatchGone
from mingcha.registry.models import ColumnMeaning, ImportBatch
from mingcha.registry.sheets import guess_layout, missing, open_book

#: Parameter: after so many days without a word a list that nobody confirmed is given up.
KEPT_DAYS = "IMPORT_KEPT_DAYS"
_State = ImportBatch.State


@job("registry.read-list", label=gettext_lazy("读取名单"))
def read_list(ctx: JobContext, *, batch_id: int) -> dict[str, Any] | None:
    """Recognise sheets and columns; go on by itself where everything is certain."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state == _State.READING:
        try:
            _recognise(ctx, batch)
        except BatchGone:
            return None
        except Refused as refused:
            services.reject(actor=ctx.actor, batch_id=batch_id, message=_sentence(refused))
            return {"summary": _("无法读取"), "url": page_of(batch)}
    return stage_list(ctx, batch_id=batch_id)


def _recognise(ctx: JobContext, batch: ImportBatch) -> None:
    ctx.progress(0, 0, _("正在识别表头和各列的含义"))
    meanings = ColumnMeaning.objects.filter(source=batch.source, register=batch.register)
    remembered = dict.fromkeys(LEADING, "") | dict(meanings.values_list("heading", "field"))
    with files.local_path(batch.file) as path:
        book = open_book(path, batch.file_name)
        layout = guess_layout(book, batch.register, remembered)
        samples = samples_of(book, layout)
    sure = not missing(layout, batch.register) and any(sheet.used for sheet in layout.sheets)
    for sheet in layout.sheets:
        used = [column for column in sheet.columns if sheet.used and (column.field or column.heading)]
        sure = sure and all(column.how in ("synonym", "remembered") for column in used)
    with staging.holding(batch.pk, _State.READING, ctx) as held:
        held.layout = layout.to_json()
        held.options = {**held.options, "samples": samples}
        held.state = _State.STAGING if sure else _State.MAPPING
        held.changed_at = clock.now()
        held.save()


@job("registry.stage-list", label=gettext_lazy("核对名单"))
def stage_list(ctx: JobContext, *, batch_id: int) -> dict[str, Any] | None:
    """Stage every row, going on where a killed process stopped."""
    batch = ImportBatch.objects.get(pk=batch_id)
    try:
        if batch.undoes_id:
            undoing.stage(batch_id, ctx)
        else:
            staging.stage(batch_id, ctx)
    except BatchGone:
        return None
    except Refused as refused:
        services.reject(actor=ctx.actor, batch_id=batch_id, message=_sentence(refused))
    return {"summary": _("核对完毕"), "url": page_of(batch)}


@job("registry.write-list", label=gettext_lazy("写入名录库"))
def write_list(ctx: JobContext, *, batch_id: int) -> dict[str, Any] | None:
    """Write a confirmed list in one transaction, or list again what has changed since it was compared.

    However it ends, the batch waits for nobody but a person: written, or to be looked at once more.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != _State.CONFIRMING:
        large_lists.put_back()
        return None
    target = targets.of(batch)
    ctx.progress(0, 0, _("正在写入前复核"))
    if stale := target.stale(batch):
        relist(ctx, batch_id, stale)
    else:
        target.prepare(batch, ctx.check_cancelled)
        digest, brings = target.digest(batch), target.brings(batch)
        try:
            with large_lists.prepared(
                batch, lambda done, total: ctx.progress(done, total, _("正在整理索引"))
            ):
                writing.write(actor=person(batch), batch_id=batch_id, digest=digest, brings=brings)
        except BatchGone:
            return None
        except targets.Stale as stopped:
            relist(ctx, batch_id, target.stale(batch), stopped.refused)
    return {
        "summary": str(ImportBatch.objects.get(pk=batch_id).get_state_display()),
        "url": page_of(batch),
    }


def relist(ctx: JobContext, batch_id: int, stale: Sequence[int], refused: Sequence[int] = ()) -> None:
    """Compare changed rows anew, take out those that the register refused, and ask the person again."""
    with staging.holding(batch_id, _State.CONFIRMING, ctx) as held:
        staging.recheck_all(held, stale)
        staging.refuse_all(held, [position for position in refused if position not in stale])
        held.message = _what_stopped(len(stale), len(refused))
        held.state = _State.READY
        held.save()
    search.index_pending()


def _what_stopped(stale: int, refused: int) -> str:
    if stale:
        said = _("核对以后，名录库里有 %(n)s 条被别人改过，已重新核对，什么都没有写入；请再看一遍")
        return said % {"n": stale}
    if refused:
        said = _("有 %(n)s 行与名录库里别的记录冲突，已改为不导入，什么都没有写入；请再看一遍")
        return said % {"n": refused}
    return _(
        "写入时名录库同时有变动，什么都没有写入；请再确认一次，"
        "仍不成功的，在“列的含义”里重新核对，或取消后重新上传"
    )


@job("registry.tidy-list", label=gettext_lazy("清理名单的原始内容"))
def tidy_list(ctx: JobContext, *, batch_id: int) -> None:
    """Bring what was written into the index of the search; remove what is not needed any more: file, cells
    and samples as they stood, contacts. All in short steps."""
    batch = ImportBatch.objects.get(pk=batch_id)
    ctx.progress(0, 0, _("正在编入搜索索引"))
    search.index_pending()
    if batch.state in (_State.CANCELLED, _State.FAILED):
        staging.clear(batch)
    elif batch.state in (_State.DONE, _State.UNDONE):
        writing.strip(batch)
    else:
        return
    files.forget(batch.file)
    with transaction.atomic():
        options = {name: value for name, value in batch.options.items() if name != "samples"}
        ImportBatch.objects.filter(pk=batch_id).update(file="", options=options)


@periodic("registry.tidy-lists", label=gettext_lazy("清理无人确认的名单"), daily_at="02:40")
def tidy_lists(ctx: JobContext) -> dict[str, int]:
    """Give up lists that nobody has touched for weeks; take up cleaning that was not finished."""
    limit = clock.now() - timedelta(days=parameters.value(KEPT_DAYS, on=clock.today()).as_int())
    waiting = (_State.READING, _State.MAPPING, _State.STAGING, _State.READY)
    old = list(
        ImportBatch.objects.filter(state__in=waiting, changed_at__lt=limit).values_list("pk", flat=True)
    )
    for batch_id in old:
        services.cancel(actor=ctx.actor, batch_id=batch_id)
    ended = (_State.CANCELLED, _State.FAILED, _State.DONE, _State.UNDONE)
    for batch_id in ImportBatch.objects.filter(state__in=ended).exclude(file="").values_list("pk", flat=True):
        tidy_list(ctx, batch_id=batch_id)
    large_lists.put_back()
    search.index_pending()
    return {"given_up": len(old)}


def _sentence(refused: Refused) -> str:
    return "；".join(refusal.text(_) for refusal in refused.refusals)[:500]
