"""The register page of recusals (回避登记), seen by few."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import RecusalForm
from mingcha.registry.models import Recusal
from mingcha.web.registers import Register, Section


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
