"""The register page of recusals (回避登记), seen by few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import RecusalForm
from mingcha.registry.models import Recusal
from mingcha.registry.models.audience import RECUSAL_READERS
from mingcha.registry.recusal_lifecycle import APPROVED, DECLARED, RECUSAL, REJECTED, REPLACED, RecusalFacts
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Register, Section

STATE_TONES: dict[str, Tone] = {
    DECLARED: "warning",
    APPROVED: "success",
    REJECTED: "secondary",
    REPLACED: "secondary",
}
#: The verbs that have a button of their own; declaring again is what editing does.
VERB_PAGES = {"approve": "registry:recusal-approve", "reject": "registry:recusal-reject"}


class RecusalRegister(Register):
    model = Recusal
    slug = "recusals"
    title = _("回避登记")
    description = _("谁不得检查谁；只有综合经办、局领导和督导员可见，从不公开")
    read_roles = RECUSAL_READERS
    write_roles = services.INSPECTOR_KEEPERS
    columns = ("subject", "inspector", "kind", "valid_from", "valid_until", "state")
    filters = ("kind", "state", "inspector")
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
        Section(
            _("申报与批准"),
            ("declared_by", "declared_on", "state", "decided_by", "decided_at"),
            icon="stamp",
        ),
    )
    detail_template = "registry/recusal_detail.html"

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Recusal:
        return services.declare_recusal(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Recusal, cleaned: dict[str, Any]) -> Recusal:
        return services.change_recusal(actor=actor, recusal=instance, values=cleaned)

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (Action(_("导入名单"), reverse("registry:imports-create"), icon="upload"),)

    def may_edit(self, viewer: Viewer, instance: Recusal) -> bool:
        return instance.state != REPLACED and not self._changes(viewer, instance)

    def _changes(self, viewer: Viewer, instance: Recusal) -> list[Recusal]:
        """The declared changes of an approved recusal that the head has not decided yet."""
        rows = Recusal.objects.visible_to(viewer).filter(replaces=instance.pk, state=DECLARED)
        return list(rows)

    def detail_values(self, viewer: Viewer, instance: Recusal) -> Mapping[str, Any]:
        waiting = self._changes(viewer, instance)
        rows = Recusal.objects.visible_to(viewer)
        return {
            "former": rows.filter(pk=instance.replaces_id).first(),
            "waiting": waiting[0] if waiting else None,
            "later": rows.filter(replaces=instance.pk, state__in=(APPROVED, REPLACED)).first(),
        }

    def status(self, instance: Recusal) -> tuple[str, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Recusal) -> Sequence[Action]:
        actions = verb_actions(
            RECUSAL,
            state=instance.state,
            roles=viewer.roles,
            facts=RecusalFacts(),
            url_for=lambda row: (
                reverse(VERB_PAGES[row.verb], args=[instance.pk]) if row.verb in VERB_PAGES else ""
            ),
            icons={"approve": "check", "reject": "x"},
            danger=("reject",),
        )
        return [action for action in actions if action.url]
