"""疑似重复, and what was merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer, Viewer
from mingcha.registry import comparison
from mingcha.registry.models import REGISTER_READERS, Merge, Suspicion
from mingcha.registry.selectors.duplicates import REASONS
from mingcha.registry.services.subjects import SUBJECT_KEEPERS
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

TONES: dict[str, Tone] = {"open": "warning", "merged": "success", "distinct": "secondary"}


def _keeps(viewer: Viewer) -> bool:
    return isinstance(viewer, Officer) and viewer.has(*SUBJECT_KEEPERS)


def reasons_of(suspicion: Suspicion) -> str:
    """The signs in words."""
    return "、".join(str(REASONS[code]) for code in suspicion.reasons.split(",") if code in REASONS)


class SuspicionRegister(Register):
    model = Suspicion
    slug = "suspicions"
    title = _("疑似重复")
    description = _("名称、原注册号或电话相同，或者代码只差一位的条目；核对后合并，或记为不是同一户")
    read_roles = REGISTER_READERS
    columns = (
        Column("pair", _("两户"), render=str, sortable=False),
        Column("first_code", _("先录入的代码"), render=lambda row: row.first.roster_id, sortable=False),
        Column("second_code", _("后录入的代码"), render=lambda row: row.second.roster_id, sortable=False),
        Column("reasons", _("相似之处"), render=reasons_of, sortable=False),
        "found_at",
        "state",
    )
    filters = ("state",)
    search_fields = ("first__name", "second__name", "first__credit_code", "second__credit_code")
    ordering = ("-state", "-found_at")
    select_related = ("first", "second")
    detail_template = "registry/comparison.html"
    detail_sections = (
        Section(
            _("核对"),
            (
                Column("reasons", _("相似之处"), render=reasons_of),
                "found_at",
                "decided_by",
                "decided_at",
                "decision",
            ),
            icon="copy",
        ),
    )
    empty_title = _("没有疑似重复的检查对象")
    empty_text = _("每天夜里自动查找一次，也可以现在查找。")

    def status(self, instance: Suspicion) -> tuple[Text, Tone]:
        return instance.get_state_display(), TONES[instance.state]

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        looking = (Action(_("现在查找"), reverse("registry:duplicates-look"), "search"),)
        merges = Action(_("合并记录"), reverse("registry:merges-list"), "history")
        return (*(looking if _keeps(viewer) else ()), merges)

    def extra_actions(self, viewer: Viewer, instance: Suspicion) -> Sequence[Action]:
        if not _keeps(viewer) or instance.state != Suspicion.State.OPEN:
            return ()
        return comparison.actions(instance.first, instance.second, instance)

    def detail_values(self, viewer: Viewer, instance: Suspicion) -> Mapping[str, Any]:
        return comparison.values(viewer, instance.first, instance.second)


class MergeRegister(Register):
    model = Merge
    slug = "merges"
    title = _("合并记录")
    description = _("哪两户合并成一户，谁办的，为什么；合错了可以撤销")
    read_roles = REGISTER_READERS
    columns = (
        Column("pair", _("合并"), render=str, sortable=False),
        "reason",
        "merged_by",
        "merged_at",
        "undone_at",
    )
    search_fields = ("kept__name", "gone__name", "reason")
    ordering = ("-merged_at",)
    select_related = ("kept", "gone")
    detail_sections = (
        Section(
            _("合并"),
            (
                "kept",
                "gone",
                "reason",
                "merged_by",
                "merged_at",
                Column("moved", _("移动的条目"), render=comparison.moved_words),
                "undone_at",
                "undone_reason",
            ),
            icon="git-merge",
        ),
    )

    def status(self, instance: Merge) -> tuple[Text, Tone]:
        return (_("已撤销"), "secondary") if instance.undone_at else (_("已合并"), "success")

    def extra_actions(self, viewer: Viewer, instance: Merge) -> Sequence[Action]:
        page = reverse("registry:subjects-detail", args=[instance.kept_id])
        undo = Action(
            _("撤销合并"),
            reverse("registry:merge-undo", args=[instance.pk]),
            "undo-2",
            danger=True,
            post=True,
            needs_reason=True,
            hint=_("移走的条目退回；此后改过的栏目保持现在的值"),
        )
        may = _keeps(viewer) and instance.undone_at is None
        return [*((undo,) if may else ()), Action(_("打开保留的一户"), page, "building-2")]
