"""The register page of inspectors (执法检查人员名录库)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import InspectorForm
from mingcha.registry.models import REGISTER_READERS, Inspector
from mingcha.web.registers import Column, Register, Section


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
