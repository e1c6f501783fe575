"""The list of 候补 and 更换, asked for and carried out, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.memo import once
from mingcha.base.viewers import Viewer
from mingcha.basics.rules import user_id_of
from mingcha.basics.selectors import attachments
from mingcha.kernel.refusal import Refusal, Refused
from mingcha.planning.dispatch import change_lifecycle as states
from mingcha.planning.dispatch.change_rules import foresee
from mingcha.planning.dispatch.change_shown import Shown, change_of, shown
from mingcha.planning.dispatch.changes import carried_out
from mingcha.planning.models import CHANGE_READERS, ChangeRequest, Task
from mingcha.planning.services.dispatch.asking import confidential
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {
    states.WAITING: "warning",
    states.APPROVED: "success",
    states.REJECTED: "danger",
    states.WITHDRAWN: "secondary",
    states.LAPSED: "secondary",
}
_ICONS = {"approve": "check-check", "reject": "x", "withdraw": "undo-2"}


class ChangeRegister(Register):
    model = ChangeRequest
    slug = "changes"
    title = _("候补和更换")
    description = _("抽取以后哪些对象由候补递补、哪些检查人员更换，谁提出、谁决定")
    read_roles = CHANGE_READERS
    holds_personal_data = True
    columns = (
        "kind",
        Column("task__name", _("检查对象")),
        Column("inspector__name", _("检查人员")),
        "cause",
        "state",
        "asked_at",
        Column("dispatch__campaign__title", _("抽查任务")),
    )
    filters = ("state", "kind")
    search_fields = ("task__name", "inspector__name", "dispatch__campaign__title")
    search_hint = _("检查对象、检查人员或抽查任务")
    ordering = ("-asked_at",)
    select_related = (
        "dispatch__campaign",
        "dispatch__draw",
        "task__target",
        "inspector",
        "asked_by",
        "decided_by",
    )
    detail_template = "planning/change_detail.html"
    detail_sections = (
        Section(
            _("申请"),
            (
                "kind",
                "task",
                "inspector",
                "cause",
                Column("basis", _("依据"), render=lambda one: ChangeRequest.BASES[one.cause]),
                "reason",
                Column("dispatch__campaign__title", _("抽查任务")),
                Column("asked_by", _("提出人"), render=lambda one: one.asked_by or _("系统（回避已批准）")),
                "asked_at",
                "decided_by",
                "decided_at",
                "decision",
            ),
            icon="arrow-left-right",
        ),
    )
    empty_title = _("没有候补和更换")
    empty_text = _("检查对象查不了、检查人员不能去的，在检查任务的页面上提出。")

    def status(self, instance: ChangeRequest) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: ChangeRequest) -> Sequence[Action]:
        found, why_not = _foreseen(viewer, instance)
        actions = verb_actions(
            states.CHANGE,
            state=instance.state,
            roles=viewer.roles,
            facts=states.ChangeFacts(own=instance.asked_by_id == user_id_of(viewer)),
            url_for=lambda row: _address(instance, row.verb),
            icons=_ICONS,
            danger=("reject",),
        )
        seen = (("seen", found.digest),) if found else ()
        actions = [action for action in actions if action.verb != "withdraw" or not action.refusals]
        return [
            replace(action, values=seen, refusals=(*action.refusals, *why_not))
            if action.verb == "approve"
            else action
            for action in actions
        ]

    def detail_values(self, viewer: Viewer, instance: ChangeRequest) -> Mapping[str, Any]:
        found, why_not = _foreseen(viewer, instance)
        made = change_of(instance, viewer)
        task = instance.task_id
        return {
            "asked": instance,
            "outcome": found,
            "why_not": why_not,
            "made": made,
            "evidence": attachments.of_thing(confidential(instance), viewer),
            "task_seen": task and Task.objects.visible_to(viewer).filter(pk=task).exists(),
        }


def _address(instance: ChangeRequest, verb: str) -> str:
    if verb == "approve":
        return reverse("planning:change-approve", args=[instance.pk])
    return reverse("planning:change-verb", args=[instance.pk, verb])


def _foreseen(viewer: Viewer, asked: ChangeRequest) -> tuple[Shown | None, tuple[Refusal, ...]]:
    """What would follow, or what did, and why nothing can."""
    return once(asked, "foreseen", lambda: _work_out(viewer, asked))


def _work_out(viewer: Viewer, asked: ChangeRequest) -> tuple[Shown | None, tuple[Refusal, ...]]:
    made = change_of(asked, viewer)
    if made is not None:
        return shown(carried_out(made), asked.dispatch, viewer), ()
    if asked.state != states.WAITING:
        return None, ()
    try:
        found = foresee(asked.dispatch, asked.kind, task=asked.task, inspector=asked.inspector)
    except Refused as refused:
        return None, refused.refusals
    return shown(found, asked.dispatch, viewer), ()
