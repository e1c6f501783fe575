"""The history of the list: every change, what it brought and from which approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.basics import things
from mingcha.items import lifecycle, selectors
from mingcha.items.models import LIST_WORKERS, ListRevision
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.templatetags.mingcha import status

REVISION_TONES: dict[str, Tone] = {
    lifecycle.UNDER_WAY: "info",
    lifecycle.SENT_BACK: "warning",
    lifecycle.ISSUED: "success",
    lifecycle.WITHDRAWN: "secondary",
}


def _contents(revision: ListRevision) -> str:
    named = [f"{row.item.code} {row.name}" for row in revision.versions.all()]
    stopped = [f"{row.item.code} {row.name}（{_('停用')}）" for row in revision.stopped.all()]
    rows = [*named, *stopped]
    more = f"…（{len(rows)}）" if len(rows) > 3 else ""
    return "；".join(rows[:3]) + more


class RevisionRegister(Register):
    model = ListRevision
    slug = "revisions"
    title = _("清单沿革")
    description = _("清单的每一次调整：什么时候、调整了什么、凭哪一次审批")
    read_roles = LIST_WORKERS
    columns = (
        "title",
        "number",
        Column(
            "state",
            _("状态"),
            render=lambda row: status(str(row.get_state_display()), REVISION_TONES[row.state]),
        ),
        "effective_from",
        "issued_at",
        Column("contents", _("调整的事项"), render=_contents, sortable=False),
    )
    filters = ("state",)
    search_fields = ("title", "summary")
    ordering = ("-proposed_at",)
    prefetch = ("versions__item", "stopped__item")
    detail_template = "items/revision_detail.html"
    detail_sections = (
        Section(
            _("这次调整"),
            ("number", "effective_from", "summary", "proposed_at", "proposed_by", "issued_at"),
            icon="history",
        ),
    )
    empty_title = _("清单还没有调整过")

    def status(self, instance: ListRevision) -> tuple[str, Tone]:
        return str(instance.get_state_display()), REVISION_TONES[instance.state]

    def detail_values(self, viewer: Viewer, instance: ListRevision) -> Mapping[str, Any]:
        approval = instance.approval_id
        can_open = approval is not None and things.thing_visible("basics.approval", viewer, approval)
        return {
            "changes": selectors.changes_of(instance),
            "stopped": instance.stopped.select_related("item"),
            "approval_url": reverse("basics:approvals-detail", args=[approval]) if can_open else "",
        }
