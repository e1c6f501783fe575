"""What was changed for many subjects at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer, Viewer
from mingcha.registry.models import REGISTER_READERS, BulkChange
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Register, Section
from mingcha.web.text import Text

SAMPLE = 50


class BulkChangeRegister(Register):
    model = BulkChange
    slug = "bulkchanges"
    title = _("批量办理记录")
    description = _("一次改了许多户的办理：谁办的，改了什么，多少户；可以撤销")
    read_roles = REGISTER_READERS
    columns = ("verb", "what", "changed", "why", "done_by", "done_at", "undone_at")
    filters = ("verb", "done_at")
    ordering = ("-done_at",)
    detail_template = "registry/bulk_detail.html"
    detail_sections = (
        Section(
            _("办理"),
            ("verb", "what", "changed", "passed_over", "why", "done_by", "done_at"),
            icon="list-checks",
        ),
        Section(_("撤销"), ("undone_at", "undone_why", "left_alone"), icon="undo-2"),
    )

    def status(self, instance: BulkChange) -> tuple[Text, Tone]:
        return (_("已撤销"), "secondary") if instance.undone_at else (_("已办理"), "success")

    def detail_values(self, viewer: Viewer, instance: BulkChange) -> Mapping[str, Any]:
        rows = instance.rows.visible_to(viewer).select_related("subject").order_by("pk")
        return {"rows": rows[:SAMPLE], "sample": SAMPLE}

    def extra_actions(self, viewer: Viewer, instance: BulkChange) -> Sequence[Action]:
        may = isinstance(viewer, Officer) and viewer.has(*SUBJECT_KEEPERS)
        if not may or instance.undone_at is not None or instance.verb == BulkChange.Verb.CLAIM:
            return ()
        return (
            Action(
                _("撤销这次办理"),
                reverse("registry:bulkchange-undo", args=[instance.pk]),
                "undo-2",
                danger=True,
                post=True,
                needs_reason=True,
                hint=_("此后又改过的户保持现在的样子"),
            ),
        )
