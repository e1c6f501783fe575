"""The inverse of a batch, staged like any list: nothing is undone before somebody has looked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mingcha.registry.importing import staging, targets
from mingcha.registry.importing.staging import CHUNK, Steps, holding
from mingcha.registry.importing.subject_undoing import sealed_rosters
from mingcha.registry.models import ImportBatch


def stage(batch_id: int, steps: Steps) -> None:
    """Stage what is not staged yet; `rows` is the last position of the original that was turned round."""
    batch = ImportBatch.objects.select_related("undoes").get(pk=batch_id)
    original = batch.undoes
    if batch.state != ImportBatch.State.STAGING or original is None:
        return
    if not batch.rows:
        staging.clear(batch)
    target, done = targets.of(batch), batch.rows
    sealed = frozenset(sealed_rosters.gather())
    while drafts := target.turn_round(original, done + 1, CHUNK, sealed):
        with holding(batch_id, ImportBatch.State.STAGING, steps) as held:
            staging.keep(held, drafts)
            done = held.rows = drafts[-1].position
            held.save(update_fields=["rows"])
        steps.progress(min(done, original.rows), max(original.rows, done), _("正在核对能撤销的行"))
        steps.check_cancelled()
    with holding(batch_id, ImportBatch.State.STAGING, steps) as held:
        staging.offer(held)
