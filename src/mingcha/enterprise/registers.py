"""The overseer's list of what firms complain of."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Viewer
from mingcha.enterprise import complaint_lifecycle as states
from mingcha.enterprise.models import VisitComplaint
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text


class ComplaintRegister(Register):
    model = VisitComplaint
    slug = "complaints"
    prefix = "office/complaints"
    title = _("企业投诉")
    description = _("企业凭检查码对一次检查的投诉，只有督导员看得到")
    read_roles = (Role.OVERSEER,)
    columns = (
        Column("inspection__name", _("检查对象")),
        "state",
        "received_at",
        Column("inspection__unit", _("承办股室或部门")),
        "handled_at",
    )
    filters = ("state",)
    search_fields = ("inspection__name",)
    search_hint = _("检查对象")
    ordering = ("-received_at",)
    select_related = ("inspection__unit", "handled_by")
    detail_sections = (
        Section(
            _("投诉"),
            ("text", "contact", "received_at", "handling", "handled_at", "handled_by"),
            icon="message-square-warning",
        ),
    )
    exportable = False
    empty_title = _("没有企业投诉")
    empty_text = _("企业扫检查码可以投诉，收到的列在这里。")

    def status(self, instance: VisitComplaint) -> tuple[Text, Tone]:
        waits = instance.state == states.OPEN
        return instance.get_state_display(), "danger" if waits else "success"

    def extra_actions(self, viewer: Viewer, instance: VisitComplaint) -> Sequence[Action]:
        visit = reverse("inspection:inspections-detail", args=[instance.inspection_id])
        actions = [Action(_("这次检查"), visit, "clipboard-check")]
        if instance.state == states.OPEN:
            address = reverse("enterprise:complaint-handle", args=[instance.pk])
            actions.insert(0, Action(_("记录处理情况"), address, "check", primary=True))
        return actions
