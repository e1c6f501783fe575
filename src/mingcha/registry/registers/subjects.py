"""The register page of subjects (检查对象名录库)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import SubjectForm
from mingcha.registry.models import REGISTER_READERS, Subject
from mingcha.web.registers import Column, Register, Section


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
    )
    filters = ("kind", "registration", "town")
    search_fields = ("name", "credit_code", "public_number")
    search_hint = _("名称、统一社会信用代码或公开编号")
    ordering = ("name",)
    form_class = SubjectForm
    create_label = _("录入检查对象")
    detail_sections = (
        Section(
            _("登记信息"),
            ("name", "kind", "credit_code", "public_number", "code_warnings", "registration"),
            icon="building-2",
        ),
        Section(_("属地和行业"), ("division_code", "town", "industry_code", "created_at"), icon="map-pin"),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Subject:
        confirmed = cleaned.pop("warnings_confirmed", False)
        return services.enter_subject(actor=actor, values=cleaned, warnings_confirmed=confirmed)

    def update(self, actor: Viewer, instance: Subject, cleaned: dict[str, Any]) -> Subject:
        confirmed = cleaned.pop("warnings_confirmed", False)
        return services.change_subject(
            actor=actor, subject=instance, values=cleaned, warnings_confirmed=confirmed
        )
