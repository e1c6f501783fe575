"""The lists of what was handed over and of the platform's blanks, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.inspection.backfill import lifecycle as states
from mingcha.inspection.backfill.fields import label_of
from mingcha.inspection.backfill.selectors import UNLIKE, facts_of, rows_of
from mingcha.inspection.models import (
    RETURN_KEEPERS,
    RETURN_READERS,
    ReadBack,
    ReturnSheet,
    ReturnTemplate,
)
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {states.OPEN: "warning", states.DONE: "success", states.DROPPED: "secondary"}
_ALL = Count("rows")
_PUBLISHED = Count("rows", filter=Q(rows__published_on__isnull=False))


class ReturnRegister(Register):
    model = ReturnSheet
    slug = "returns"
    title = _("回填省平台")
    description = _("审核通过的检查结果回填省监管平台，再从它的导出读回；什么都不重复录入")
    read_roles = RETURN_READERS
    columns = (
        "title",
        "state",
        Column("firms", _("户数"), render=lambda one: one.firms, numeric=True, sortable=False),
        Column("published", _("已公示"), render=lambda one: one.published, numeric=True, sortable=False),
        Column("differ", _("不一致"), render=lambda one: one.differ, numeric=True, sortable=False),
        "template",
        "made_at",
        "made_by",
    )
    filters = ("state",)
    search_fields = ("title",)
    search_hint = _("任务名称")
    ordering = ("-made_at",)
    select_related = ("template", "campaign", "made_by")
    detail_template = "inspection/return_detail.html"
    detail_sections = (
        Section(
            _("回填清单"),
            ("campaign", "first_day", "last_day", "template", "made_at", "made_by", "ended_why"),
            icon="file-output",
            only_said=True,
        ),
    )
    empty_title = _("还没有回填清单")
    empty_text = _("检查结果审核通过以后，在这里列出，回填省平台。")

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return super().queryset(viewer).annotate(firms=_ALL, published=_PUBLISHED, differ=UNLIKE)

    def status(self, instance: ReturnSheet) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        templates = Action(_("回填模板"), reverse("inspection:return-templates-list"), "file-spreadsheet")
        if not viewer.roles & {*RETURN_KEEPERS}:
            return (templates,)
        return (
            Action(_("列回填清单"), reverse("inspection:return-make"), "plus", primary=True),
            templates,
        )

    def extra_actions(self, viewer: Viewer, instance: ReturnSheet) -> Sequence[Action]:
        copying = Action(_("逐项复制"), reverse("inspection:return-copy", args=[instance.pk]), "copy")
        if instance.state != states.OPEN or not viewer.roles & {*RETURN_KEEPERS}:
            return (copying,)
        actions = [copying]
        if instance.template_id is not None:
            download = reverse("inspection:return-file", args=[instance.pk])
            actions.insert(0, Action(_("下载填好的模板"), download, "download"))
        reading = reverse("inspection:return-read", args=[instance.pk])
        actions.append(Action(_("读回省平台的导出"), reading, "file-input", primary=True))
        verbs = verb_actions(
            states.RETURN,
            state=instance.state,
            roles=viewer.roles,
            facts=facts_of(instance),
            url_for=lambda row: reverse("inspection:return-verb", args=[instance.pk, row.verb]),
            icons={"drop": "trash-2"},
            danger=("drop",),
        )
        return [*actions, *(one for one in verbs if one.danger)]

    def detail_values(self, viewer: Viewer, instance: ReturnSheet) -> Mapping[str, Any]:
        reads = ReadBack.objects.visible_to(viewer).filter(sheet=instance).select_related("read_by")
        return {"rows": rows_of(viewer, instance), "reads": reads, "latest": reads.first()}


class TemplateRegister(Register):
    model = ReturnTemplate
    slug = "return-templates"
    title = _("回填模板")
    description = _("省平台的批量录入模板：上传一次、对照一次，以后一直使用")
    read_roles = RETURN_READERS
    columns = (
        "name",
        "sheet",
        Column("mapped_at", _("对照确认时间")),
        "received_at",
        "received_by",
    )
    search_fields = ("name",)
    search_hint = _("文件名")
    ordering = ("-received_at",)
    select_related = ("received_by", "file")
    detail_template = "inspection/return_template_detail.html"
    detail_sections = (
        Section(
            _("模板"),
            ("sheet", "first_row", "sha256", "received_at", "received_by", "mapped_at"),
            icon="file-spreadsheet",
        ),
    )
    exportable = False
    empty_title = _("还没有回填模板")
    empty_text = _("从省平台下载批量录入的空白模板，上传到这里。")

    def status(self, instance: ReturnTemplate) -> tuple[Text, Tone]:
        return (_("已对照"), "success") if instance.mapped_at else (_("待对照"), "warning")

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not viewer.roles & {*RETURN_KEEPERS}:
            return ()
        return (Action(_("上传空白模板"), reverse("inspection:return-blank"), "upload", primary=True),)

    def extra_actions(self, viewer: Viewer, instance: ReturnTemplate) -> Sequence[Action]:
        if not viewer.roles & {*RETURN_KEEPERS}:
            return ()
        address = reverse("inspection:return-map", args=[instance.pk])
        word = _("修改对照") if instance.mapped_at else _("对照各列")
        return (Action(word, address, "columns-3", primary=not instance.mapped_at),)

    def detail_values(self, viewer: Viewer, instance: ReturnTemplate) -> Mapping[str, Any]:
        return {
            "columns": [
                {**column, "label": label_of(column["field"]) if column["field"] else ""}
                for column in instance.columns
            ]
        }
