"""What lists add to the shared pages: menu, 待办, and the history of every object that one touched."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.accounts.roles import describe
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import things, uses
from mingcha.registry.importing import shown
from mingcha.registry.importing.jobs import KEPT_DAYS
from mingcha.registry.importing.lifecycle import IMPORT
from mingcha.registry.models import (
    IMPORT_READERS,
    IMPORTERS,
    ImportBatch,
    Staged,
    StagedRow,
    StagedSubject,
    Subject,
)
from mingcha.web import navigation
from mingcha.web.providers import HistoryEntry, NextStep, histories, next_steps

_State = ImportBatch.State
_SUBJECT = "registry.subject"
#: Type of an object → the register whose lists change it.
_BY_OBJECT = {
    "registry.inspector": "inspectors",
    "registry.leave": "leaves",
    "registry.recusal": "recusals",
    "registry.visit": "visits",
    "registry.licence": "licences",
    "registry.grading": "gradings",
    "registry.headcount": "headcounts",
    "registry.casecount": "cases",
}


def register() -> None:
    """Called once at start-up."""
    navigation.add(
        navigation.Entry(
            code="registry.imports",
            label=gettext_lazy("导入名单"),
            url_name="registry:imports-list",
            icon="upload",
            group="registry",
            order=15,
            roles=IMPORT_READERS,
        )
    )
    uses.register(
        KEPT_DAYS, label=gettext_lazy("导入名单：未确认的多久自动取消"), url_name="registry:imports-list"
    )
    describe(IMPORT)
    things.register(
        ImportBatch,
        label=gettext_lazy("导入名单"),
        url=lambda pk: reverse("registry:imports-detail", args=[pk]),
    )
    next_steps.register("registry.imports")(_steps)
    histories.register("registry.imports")(history_of)


def _steps(officer: Officer) -> Iterator[NextStep]:
    """Lists that wait for this person's decision."""
    if not officer.has(*IMPORTERS):
        return
    own = ImportBatch.objects.visible_to(officer).filter(started_by=officer.id)
    for batch in own.filter(state__in=(_State.MAPPING, _State.READY))[:20]:
        yield NextStep(
            title=_("名单“%(name)s”等您核对") % {"name": batch.file_name},
            detail=str(batch.get_state_display()),
            url=reverse("registry:imports-detail", args=[batch.pk]),
            icon="upload",
        )


def history_of(viewer: Viewer, thing_type: str, thing_id: int) -> Iterator[HistoryEntry]:
    """Each list that entered or changed the object, with the values before and after."""
    written = (Staged.Action.CREATE, Staged.Action.UPDATE)
    if thing_type == _SUBJECT:
        if not Subject.objects.visible_to(viewer).filter(pk=thing_id).exists():
            return
        rows = StagedSubject.objects.visible_to(viewer).filter(target=thing_id, action__in=written)
    elif thing_type in _BY_OBJECT:
        rows = StagedRow.objects.visible_to(viewer).filter(target_id=thing_id, action__in=written)
        rows = rows.filter(batch__register=_BY_OBJECT[thing_type])
    else:
        return
    done = rows.filter(batch__state__in=(_State.DONE, _State.UNDONE)).exclude(batch__confirmed_at=None)
    for row in done.select_related("batch__source", "batch__confirmed_by").order_by("-batch__confirmed_at")[
        :100
    ]:
        yield _entry(row)


def _entry(row: Staged) -> HistoryEntry:
    batch = row.batch
    what = _("撤销导入") if batch.undoes_id else _("导入：%(source)s") % {"source": batch.source.name}
    place = _("%(file)s，%(sheet)s 第 %(row)s 行（批次 %(batch)s）") % {
        "file": batch.file_name,
        "sheet": row.sheet,
        "row": row.row,
        "batch": batch.pk,
    }
    changes = tuple((change.label, change.before, change.after) for change in shown.changes_of(batch, row))
    who = batch.confirmed_by.name if batch.confirmed_by else _("系统")
    return HistoryEntry(
        at=batch.confirmed_at or batch.changed_at, who=who, what=what, why=place, changes=changes
    )
