"""The register page of subjects (检查对象名录库)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.forms import BaseForm
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import search, subject_page
from mingcha.registry.forms import ProjectForm, SubjectForm
from mingcha.registry.models import REGISTER_READERS, Subject
from mingcha.registry.registers.subject_filters import SubjectFilters
from mingcha.registry.selectors.places import industry_name
from mingcha.registry.selectors.subjects import kept_entry
from mingcha.registry.services import subjects as services
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

State = Subject.Registration
TONES: dict[State, Tone] = {
    State.ACTIVE: "success",
    State.SUSPENDED: "warning",
    State.CLOSED: "warning",
    State.LIQUIDATING: "warning",
    State.REVOKED: "danger",
    State.CANCELLED: "danger",
}


class SubjectRegister(Register):
    model = Subject
    slug = "subjects"
    title = _("检查对象名录库")
    description = _("可以被抽取检查的企业、个体工商户和其他单位")
    read_roles = REGISTER_READERS
    write_roles = services.SUBJECT_KEEPERS
    columns = (
        "name",
        Column("roster_id", _("代码或公开编号"), order_by=("credit_code", "public_number")),
        "kind",
        "registration",
        "town",
        "industry_code",
        Column("workers", numeric=True),
        "grade_hrss",
    )
    filterset_class = SubjectFilters
    filters_shown = 6
    search_hint = _("名称、拼音首字母或代码")
    ordering = ("name",)
    sorts_many = ("name",)
    form_class = SubjectForm
    create_label = _("录入检查对象")
    detail_template = "registry/subject_detail.html"
    detail_sections = (
        Section(
            _("登记信息"),
            (
                "kind",
                "credit_code",
                "public_number",
                "old_number",
                "legal_form",
                "registered_on",
                "registration_since",
                "capital_text",
                Column(
                    "industry_code", _("行业"), render=lambda subject: industry_name(subject.industry_code)
                ),
                "scope",
            ),
            icon="building-2",
        ),
    )

    def search(self, queryset: models.QuerySet[Any], text: str) -> models.QuerySet[Any]:
        return search.narrow(queryset, text)

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        # Entries that were merged into another one are reached only by their own address.
        return super().queryset(viewer).filter(merged_into__isnull=True)

    def get(self, viewer: Viewer, pk: int) -> Subject:
        rows = super().queryset(viewer).select_related("merged_into")
        found: Subject | None = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def stands_for(self, instance: Subject) -> Subject | None:
        return kept_entry(instance)

    def may_edit(self, viewer: Viewer, instance: Subject) -> bool:
        return instance.merged_into_id is None

    def form_class_for(self, instance: Subject) -> type[BaseForm]:
        return ProjectForm if instance.kind == Subject.Kind.PROJECT else SubjectForm

    def status(self, instance: Subject) -> tuple[Text, Tone]:
        tone = TONES.get(State(instance.registration), "secondary")
        return instance.get_registration_display(), tone

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (
            Action(_("导入名单"), reverse("registry:imports-create"), "upload"),
            Action(_("录入工程项目"), reverse("registry:project-create"), "hard-hat"),
            Action(_("待认领"), reverse("registry:claims-list"), "inbox"),
            Action(_("疑似重复"), reverse("registry:suspicions-list"), "copy"),
        )

    def more_list_links(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (Action(_("批量办理"), reverse("registry:subjects-bulk"), "list-checks"),)

    def more_tabs(self, viewer: Viewer, instance: Subject) -> Sequence[Action]:
        return (
            Action(_("档案"), reverse("registry:subject-file", args=[instance.pk]), "folder-open"),
            Action(_("时间线"), reverse("registry:subject-timeline", args=[instance.pk]), "milestone"),
        )

    def extra_actions(self, viewer: Viewer, instance: Subject) -> Sequence[Action]:
        return subject_page.actions(viewer, instance)

    def detail_values(self, viewer: Viewer, instance: Subject) -> Mapping[str, Any]:
        return subject_page.detail(viewer, instance)

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Subject:
        confirmed = cleaned.pop("warnings_confirmed", False)
        return services.enter_subject(actor=actor, values=cleaned, warnings_confirmed=confirmed)

    def update(self, actor: Viewer, instance: Subject, cleaned: dict[str, Any]) -> Subject:
        return services.change_subject(
            actor=actor,
            subject=instance,
            values=cleaned,
            warnings_confirmed=cleaned.pop("warnings_confirmed", False),
            seen_version=cleaned.pop("version", None),
            renamed_on=cleaned.pop("renamed_on", None),
            misspelt=cleaned.pop("misspelt", False),
        )
