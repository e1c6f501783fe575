"""The list of inspections, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Viewer
from mingcha.inspection import late
from mingcha.inspection import lifecycle as states
from mingcha.inspection.models import INSPECTION_READERS, Inspection
from mingcha.inspection.pages import actions_of, values_of
from mingcha.inspection.selectors import result_said, with_correction, with_people
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.registers.filters import RegisterFilterSet
from mingcha.web.text import Text

#: Who finds the firm to be inspected by looking it up; whoever handles a lead begins from its page.
FINDERS = (Role.COORDINATOR, Role.SECTION_HEAD)
STATE_TONES: dict[str, Tone] = {
    states.DRAFT: "secondary",
    states.PROPOSED: "warning",
    states.READY: "info",
    states.ON_SITE: "info",
    states.RECORDING: "warning",
    states.TO_REVIEW: "warning",
    states.REVIEWED: "info",
    states.PUBLISHED: "success",
    states.NOTED: "secondary",
    states.UNVISITED: "secondary",
    states.CANCELLED: "danger",
}


class InspectionFilters(RegisterFilterSet):
    """Which inspections are late, and how: the filter that the next steps lead to."""

    term = django_filters.ChoiceFilter(
        label=_("期限"), choices=late.CHOICES, empty_label=_("全部"), method="by_term"
    )

    def by_term(self, rows: QuerySet[Any], name: str, asked: str) -> QuerySet[Any]:
        return late.asked_for(rows, asked)


class InspectionRegister(Register):
    model = Inspection
    slug = "inspections"
    title = _("现场检查")
    description = _("每户一次入企、一张检查表：查到哪一步、结果怎样")
    read_roles = INSPECTION_READERS
    columns = (
        "name",
        "state",
        "kind",
        Column("subject__town", _("乡镇街道")),
        Column("team", _("检查人员（首位主检）"), render=lambda one: names_of(one), sortable=False),
        "visit_until",
        "entered_at",
        Column("result", _("检查结果"), render=result_said),
        "unit",
    )
    filters = ("state", "kind", "result", "unit")
    filterset_class = InspectionFilters
    search_fields = ("name", "subject__credit_code", "purpose", "notice_number")
    search_hint = _("检查对象、统一社会信用代码、事由或文号")
    ordering = ("-created_at",)
    select_related = ("subject", "unit", "task__dispatch__campaign")
    detail_template = "inspection/inspection_detail.html"
    detail_sections = (
        Section(
            _("检查"),
            (
                "kind",
                "purpose",
                "why_on_site",
                "approval_number",
                "exempt_reason",
                Column("team", _("检查人员（首位主检）"), render=lambda one: names_of(one)),
                "unit",
                "visit_from",
                "visit_until",
                "notice_number",
                "entered_at",
                "left_at",
                "result",
                "result_reasons",
                "result_reason",
                "submitted_at",
                "reviewed_at",
                "published_on",
                "ended_why",
            ),
            icon="clipboard-check",
            only_said=True,
        ),
    )
    empty_title = _("没有现场检查")
    empty_text = _("检查任务确认以后，或单项检查批准以后，列在这里。")

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return with_correction(with_people(super().queryset(viewer)))

    def status(self, instance: Inspection) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def extra_actions(self, viewer: Viewer, instance: Inspection) -> Sequence[Action]:
        return actions_of(viewer, instance)

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not viewer.roles & {*map(str, FINDERS)}:
            return ()
        return (
            Action(_("拟定检查"), reverse("inspection:start"), "plus", primary=True),
            Action(_("登记调研、督导、观摩"), reverse("inspection:other-visit"), "map-pin"),
        )

    def detail_values(self, viewer: Viewer, instance: Inspection) -> Mapping[str, Any]:
        return values_of(viewer, instance)


def names_of(inspection: Inspection) -> str:
    """Who goes there, 主检 first."""
    return "、".join(str(one) for one in inspection.team)
