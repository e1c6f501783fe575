"""The register pages of 一单两库."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import InspectorForm, RecusalForm, SubjectForm
from mingcha.registry.models import REGISTER_READERS, Inspector, Recusal, Subject
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


class InspectorRegister(Register):
    model = Inspector
    slug = "inspectors"
    title = _("执法检查人员名录库")
    description = _("持有行政执法证件、可以被随机选派的人员")
    read_roles = REGISTER_READERS
    write_roles = services.INSPECTOR_KEEPERS
    columns = (
        "name",
        "unit",
        "certificate_number",
        "valid_until",
        Column(
            "specialties", _("业务专长"), render=lambda person: "、".join(map(str, person.specialties.all()))
        ),
        "status",
    )
    filters = ("unit", "status", "specialties")
    search_fields = ("name", "certificate_number")
    search_hint = _("姓名或证件号码")
    ordering = ("name",)
    select_related = ("unit",)
    prefetch = ("specialties",)
    form_class = InspectorForm
    create_label = _("录入执法人员")
    detail_sections = (
        Section(_("人员"), ("name", "unit", "status", columns[4], "user"), icon="id-card"),
        Section(
            _("执法证件"),
            ("certificate_number", "authority", "valid_from", "valid_until"),
            icon="badge-check",
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Inspector:
        return services.enter_inspector(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Inspector, cleaned: dict[str, Any]) -> Inspector:
        return services.change_inspector(actor=actor, inspector=instance, values=cleaned)


class RecusalRegister(Register):
    model = Recusal
    slug = "recusals"
    title = _("回避登记")
    description = _("谁不得检查谁；只有综合经办和督导员可见，从不公开")
    read_roles = (Role.COORDINATOR, Role.OVERSEER)
    write_roles = services.INSPECTOR_KEEPERS
    columns = ("subject", "inspector", "kind", "valid_from", "valid_until")
    filters = ("kind",)
    search_fields = ("subject__name", "inspector__name")
    ordering = ("-valid_from",)
    form_class = RecusalForm
    create_label = _("登记回避")
    holds_personal_data = True
    detail_sections = (
        Section(
            _("回避关系"),
            ("subject", "inspector", "kind", "basis", "valid_from", "valid_until"),
            icon="shield-off",
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Recusal:
        return services.declare_recusal(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Recusal, cleaned: dict[str, Any]) -> Recusal:
        return services.change_recusal(actor=actor, recusal=instance, values=cleaned)
