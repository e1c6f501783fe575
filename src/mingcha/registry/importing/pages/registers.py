"""The list of batches, the upload form and the page of one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.base.jobs.models import Job
from mingcha.base.viewers import System, Viewer
from mingcha.basics.rules import acting_roles
from mingcha.registry.importing import facts, services, shown
from mingcha.registry.importing.lifecycle import IMPORT
from mingcha.registry.importing.pages.forms import OptionsForm, UploadForm
from mingcha.registry.importing.reach import may_bring
from mingcha.registry.models import IMPORT_READERS, IMPORTERS, ImportBatch
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section

_State = ImportBatch.State
TONES: dict[str, Tone] = {
    _State.READING: "info",
    _State.MAPPING: "warning",
    _State.STAGING: "info",
    _State.READY: "warning",
    _State.CONFIRMING: "info",
    _State.DONE: "success",
    _State.CANCELLED: "secondary",
    _State.FAILED: "danger",
    _State.UNDONE: "secondary",
}
WORKING = (_State.READING, _State.STAGING, _State.CONFIRMING)
_ICONS = {
    "confirm": "circle-check",
    "cancel": "circle-x",
    "undo": "undo-2",
    "resume": "rotate-ccw",
    "map": "columns-3",
}
#: Where a list of what was brought in is shown.
_PAGES = {"subjects": "registry:subjects-list", "inspectors": "registry:inspectors-list"}


class ImportRegister(Register):
    model = ImportBatch
    slug = "imports"
    title = gettext_lazy("导入名单")
    description = gettext_lazy(
        "把手里的 Excel 交给系统：先核对，看过再确认；确认之前名录库不变，确认之后可以撤销"
    )
    read_roles = IMPORT_READERS
    write_roles = IMPORTERS
    columns = (
        "file_name",
        "register",
        "source",
        Column("state", gettext_lazy("状态")),
        Column("created", gettext_lazy("新增"), numeric=True),
        Column("updated", gettext_lazy("更新"), numeric=True),
        Column("refused", gettext_lazy("不能导入的"), numeric=True),
        "started_at",
        Column(
            "started_by",
            gettext_lazy("导入人"),
            render=lambda batch: batch.started_by and batch.started_by.name,
        ),
    )
    filters = ("register", "state", "source")
    search_fields = ("file_name", "source__name")
    search_hint = gettext_lazy("文件名或来源")
    ordering = ("-started_at",)
    select_related = ("source", "started_by", "confirmed_by", "undoes")
    form_class = UploadForm
    create_label = gettext_lazy("导入名单")
    create_button = gettext_lazy("上传并核对")
    detail_template = "registry/imports/detail.html"
    empty_title = gettext_lazy("还没有导入过名单")
    empty_text = gettext_lazy(
        "上传一份 Excel，系统会告诉您哪些行能用、哪些行有问题；确认以前什么都不会改变。"
    )
    detail_sections = (
        Section(
            gettext_lazy("名单"),
            (
                "register",
                "source",
                "file_name",
                Column("sha256", gettext_lazy("文件摘要")),
                "started_at",
                Column("started_by", render=lambda batch: batch.started_by and batch.started_by.name),
                "confirmed_at",
                Column("confirmed_by", render=lambda batch: batch.confirmed_by and batch.confirmed_by.name),
            ),
            icon="file-text",
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> ImportBatch:
        known = cleaned.get("known_source")
        return services.receive(
            actor=actor,
            register=cleaned["register"],
            source_name=known.name if known else cleaned["new_source"],
            file=cleaned["file"],
            division_code=cleaned["division_code"],
            options={"claim": cleaned["claim"]},
        )

    def status(self, instance: ImportBatch) -> tuple[str, Tone]:
        return str(instance.get_state_display()), TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: ImportBatch) -> Sequence[Action]:
        """The verbs of the lifecycle; correcting and columns have pages of their own."""
        if not may_bring(viewer, instance.register):
            return ()
        roles, known = acting_roles(viewer), facts.facts_of(instance)
        actions: list[Action] = []
        for row in IMPORT.verbs(instance.state, roles):
            if row.verb == "correct" or (row.verb == "map" and instance.undoes_id):
                continue
            refusals = IMPORT.preview(instance.state, row.verb, roles, known).refusals
            action = Action(
                label=_("列的含义") if row.verb == "map" else _(row.label),
                url=reverse(
                    f"registry:import-{'columns' if row.verb == 'map' else row.verb}", args=[instance.pk]
                ),
                icon=_ICONS[row.verb],
                post=row.verb != "map",
                primary=row.verb == "confirm" or (row.verb == "map" and instance.state == _State.MAPPING),
                danger=row.verb == "undo",
                refusals=() if row.verb == "map" else refusals,
            )
            if row.verb == "resume" and refusals:
                continue
            actions.append(self._explained(action, row.verb, instance))
        return sorted(actions, key=lambda action: not action.primary)

    def _explained(self, action: Action, verb: str, batch: ImportBatch) -> Action:
        """A button says what it will do."""
        if verb == "confirm":
            label = _("确认撤销") if batch.undoes_id else action.label
            values = (("seen", facts.expectation(batch)),)
            return replace(action, label=label, hint=what_happens(batch), values=values)
        hints = {
            "undo": _("先列出能撤销和不能撤销的行，看过再确认"),
            "cancel": _("名录库不变，这份名单不再保留"),
            "map": _("改了列的含义，会从头核对"),
        }
        return replace(action, hint=hints.get(verb, ""))

    def detail_values(self, viewer: Viewer, instance: ImportBatch) -> Mapping[str, Any]:
        values: dict[str, Any] = {
            "numbers": numbers_of(instance),
            "groups": shown.groups(instance, viewer) if instance.rows else [],
            "earlier": facts.same_file(instance),
            "may_change": may_bring(viewer, instance.register) and instance.state == _State.READY,
            "samples_url": _where(instance),
        }
        values |= progress_values(instance)
        if values["may_change"] and not instance.undoes_id:
            options = instance.options
            initial = {"keep": "keep" if options.get("keep") else "", "claim": bool(options.get("claim"))}
            form = OptionsForm(initial=initial)
            if instance.register != ImportBatch.Register.SUBJECTS:
                del form.fields["claim"]
            values["options_form"] = form
        return values


def what_happens(batch: ImportBatch) -> str:
    """What confirming will do, in one sentence."""
    counts = {
        "created": f"{batch.created:,}",
        "updated": f"{batch.updated:,}",
        "removed": f"{batch.removed:,}",
        "same": f"{batch.unchanged:,}",
        "skipped": f"{batch.skipped:,}",
    }
    if batch.undoes_id:
        return _("移除 %(removed)s 条、恢复 %(updated)s 条、保持现状 %(skipped)s 条") % counts
    return _("新增 %(created)s、更新 %(updated)s、没有变化 %(same)s、不导入 %(skipped)s") % counts


def numbers_of(batch: ImportBatch) -> list[tuple[str, int, str]]:
    """The numbers on top of the page: label, number, tone."""
    if batch.undoes_id:
        return [
            (_("将移除"), batch.removed, "danger"),
            (_("将恢复"), batch.updated, "info"),
            (_("保持现状"), batch.skipped, "secondary"),
        ]
    return [
        (_("新增"), batch.created, "success"),
        (_("更新"), batch.updated, "info"),
        (_("没有变化"), batch.unchanged, "secondary"),
        (_("有提示的"), batch.warned, "warning"),
        (_("不能导入的"), batch.refused, "danger"),
    ]


def progress_values(batch: ImportBatch) -> dict[str, Any]:
    """What the progress fragment shows; the job is read as the system, since colleagues look on too."""
    job = Job.objects.visible_to(System("progress")).filter(pk=batch.job_id).first() if batch.job_id else None
    return {"batch": batch, "job": job, "working": batch.state in WORKING}


def _where(batch: ImportBatch) -> str:
    if batch.state != _State.DONE or batch.undoes_id or batch.register not in _PAGES:
        return ""
    return f"{reverse(_PAGES[batch.register])}?batch={batch.pk}"
