"""The register page of visits to firms (入企记录), from this system or an earlier one (rule N6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import VisitForm
from mingcha.registry.models import REGISTER_READERS, Visit
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Register, Section


class VisitRegister(Register):
    model = Visit
    slug = "visits"
    title = _("入企记录")
    description = _("谁在哪天去过哪家企业；年度频次上限按这里的记录计算，联合检查算一次")
    read_roles = REGISTER_READERS
    write_roles = services.VISIT_KEEPERS
    columns = ("visited_on", "subject", "kind", "manner", "unit_name", "items", "outcome", "counts")
    filters = ("visited_on", "kind", "manner", "own_bureau", "counts")
    search_fields = ("subject__name", "subject__credit_code", "unit_name", "document_number")
    search_hint = _("企业名称、代码、部门或文书号")
    ordering = ("-visited_on",)
    form_class = VisitForm
    create_label = _("录入入企记录")
    detail_sections = (
        Section(
            _("检查"),
            ("subject", "visited_on", "kind", "manner", "unit_name", "own_bureau", "together"),
            icon="footprints",
        ),
        Section(
            _("事项与结果"),
            ("plan_task", "items", "outcome", "document_number"),
            icon="clipboard-list",
        ),
        Section(_("频次"), ("counts", "exempt_reason", "source", "recorded_at"), icon="gauge"),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Visit:
        return services.record_visit(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Visit, cleaned: dict[str, Any]) -> Visit:
        return services.change_visit(actor=actor, visit=instance, values=cleaned)

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (Action(_("导入名单"), reverse("registry:imports-create"), icon="upload"),)

    def status(self, instance: Visit) -> tuple[Any, Tone]:
        return (_("计入上限"), "info") if instance.counts else (_("不计入上限"), "secondary")
