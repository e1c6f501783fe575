"""The lists of corrections and of letters to others, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.events import Thing
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import user_id_of
from mingcha.basics.selectors import approvals, attachments
from mingcha.inspection.models import INSPECTION_READERS, Correction, Referral
from mingcha.inspection.results import lifecycles
from mingcha.inspection.results.lifecycles import REFERRAL
from mingcha.inspection.results.record import changes, record_of
from mingcha.inspection.services.correcting import ROUTE, proposed_by
from mingcha.publication.difference import Difference
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

CORRECTION_TONES: dict[str, Tone] = {
    lifecycles.ASKED: "warning",
    lifecycles.APPROVED: "success",
    lifecycles.REJECTED: "danger",
    lifecycles.WITHDRAWN: "secondary",
}
REFERRAL_TONES: dict[str, Tone] = {
    lifecycles.DRAFTED: "warning",
    lifecycles.SENT: "info",
    lifecycles.ANSWERED: "success",
    lifecycles.DROPPED: "secondary",
    lifecycles.REPLACED: "secondary",
}


def difference_of(correction: Correction) -> Difference:
    """What reads otherwise, or would."""
    before = record_of(correction.of)
    return changes(before, before.corrected(proposed_by(correction)))


class CorrectionRegister(Register):
    model = Correction
    slug = "corrections"
    title = _("检查结果更正")
    description = _("提交以后的检查记录只能这样改：谁提出、改什么、为什么、谁决定")
    read_roles = INSPECTION_READERS
    columns = (
        Column("inspection__name", _("检查对象")),
        "state",
        "reason",
        "asked_by",
        "asked_at",
        "decided_by",
        "decided_at",
    )
    filters = ("state",)
    search_fields = ("inspection__name", "reason")
    search_hint = _("检查对象或理由")
    ordering = ("-asked_at",)
    select_related = ("inspection", "of", "asked_by", "decided_by")
    detail_template = "inspection/results/correction_detail.html"
    detail_sections = (
        Section(
            _("申请"),
            ("inspection", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "decision"),
            icon="pencil",
        ),
    )
    empty_title = _("没有更正")
    empty_text = _("审核通过以后发现记录有误的，在那次检查的页面上申请更正。")

    def status(self, instance: Correction) -> tuple[Text, Tone]:
        return instance.get_state_display(), CORRECTION_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Correction) -> Sequence[Action]:
        if instance.state != lifecycles.ASKED:
            return ()
        actions = []
        asked = approvals.of_thing(ROUTE, Thing.of(instance))
        if asked is not None:
            actions.append(
                Action(_("审批"), reverse("basics:approvals-detail", args=[asked.pk]), "stamp", primary=True)
            )
        if instance.asked_by_id == user_id_of(viewer):
            actions.append(
                Action(
                    _("撤回"),
                    reverse("inspection:withdraw-correction", args=[instance.pk]),
                    "undo-2",
                    post=True,
                    needs_reason=True,
                )
            )
        return actions

    def detail_values(self, viewer: Viewer, instance: Correction) -> Mapping[str, Any]:
        return {
            "correction": instance,
            "difference": difference_of(instance),
            "evidence": attachments.of_thing(Thing.of(instance), viewer),
        }


class ReferralRegister(Register):
    model = Referral
    slug = "referrals"
    title = _("抄告")
    description = _("检查结果涉及其他部门职责的，发了什么函、什么时候反馈、怎么说")
    read_roles = INSPECTION_READERS
    columns = (
        "number",
        "to_name",
        Column("inspection__name", _("检查对象")),
        "state",
        "sent_on",
        "answered_on",
    )
    filters = ("state", "to")
    search_fields = ("number", "to_name", "inspection__name")
    search_hint = _("文号、部门或检查对象")
    ordering = ("-made_at",)
    select_related = ("inspection", "follows")
    detail_template = "inspection/results/referral_detail.html"
    detail_sections = (
        Section(
            _("抄告"),
            (
                "number",
                "to",
                "to_name",
                "inspection",
                "follows",
                "matter",
                "made_at",
                "sent_on",
                "sent_how",
                "answered_on",
                "answer",
            ),
            icon="send",
        ),
    )
    empty_title = _("没有抄告")
    empty_text = _("结果涉及市场监管、税务等部门职责的，审核通过以后自动拟制抄告函。")

    def status(self, instance: Referral) -> tuple[Text, Tone]:
        return instance.get_state_display(), REFERRAL_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Referral) -> Sequence[Action]:
        pages = {
            "send": ("inspection:send-referral", "send"),
            "answer": ("inspection:answer-referral", "reply"),
        }
        rows = [row for row in REFERRAL.verbs(instance.state, viewer.roles) if row.verb in pages]
        found = []
        for row in rows:
            name, icon = pages[row.verb]
            found.append(Action(row.label, reverse(name, args=[instance.pk]), icon, primary=True))
        return [
            *found,
            Action(_("打印抄告函"), reverse("inspection:referral-letter", args=[instance.pk]), "printer"),
        ]

    def detail_values(self, viewer: Viewer, instance: Referral) -> Mapping[str, Any]:
        return {"referral": instance}
