"""The list of what was handed on, the list of tasks, and the page of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Viewer
from mingcha.basics.selectors import deadlines
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.dispatch.change_links import actions_of, story_of
from mingcha.planning.dispatch.clashes import clashes_in, clashes_of
from mingcha.planning.dispatch.diary import TEAMS, given, in_full, slot_of
from mingcha.planning.dispatch.facts import answers_for, facts_of
from mingcha.planning.dispatch.links import extensions_of
from mingcha.planning.dispatch.shares import nobody_answers, shares_with_people
from mingcha.planning.models import (
    ANSWERING,
    ARRANGERS,
    DISPATCH_READERS,
    TASK_READERS,
    Companion,
    Dispatch,
    Task,
)
from mingcha.planning.services.dispatch.extending import may_ask
from mingcha.registry.models import Subject
from mingcha.web.components import Action, verb_actions
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.text import Text

STATE_TONES: dict[str, Tone] = {
    states.PREPARED: "secondary",
    states.SENT: "warning",
    states.CONFIRMED: "info",
    states.BEGUN: "warning",
    states.DONE: "success",
    states.UNVISITED: "secondary",
    states.CANCELLED: "danger",
}
_ICONS = {"dispatch": "send", "confirm": "check-check"}
#: Tasks on the page of a batch; the register of tasks shows all.
SHOWN = 100


class DispatchRegister(Register):
    model = Dispatch
    slug = "dispatches"
    title = _("派发")
    description = _("每次抽取的检查任务派给谁，是否在期限内确认")
    read_roles = DISPATCH_READERS
    columns = (
        Column("campaign__title", _("抽查任务")),
        "state",
        "unit",
        Column("draw__number", _("抽取编号")),
        Column("firms", _("户数"), render=lambda one: one.firms, numeric=True, sortable=False),
        Column("visited", _("已去"), render=lambda one: one.visited, numeric=True, sortable=False),
        Column("done", _("已完成"), render=lambda one: one.done, numeric=True, sortable=False),
        Column("unvisited", _("未检查"), render=lambda one: one.unvisited, numeric=True, sortable=False),
        "visit_from",
        "visit_until",
        "sent_at",
        "confirmed_at",
    )
    filters = ("state", "unit")
    search_fields = ("campaign__title", "draw__number")
    search_hint = _("任务名称或抽取编号")
    ordering = ("-prepared_at",)
    select_related = ("campaign", "unit", "draw", "sent_by", "confirmed_by")
    detail_template = "planning/dispatch_detail.html"
    detail_sections = (
        Section(
            _("派发"),
            (
                Column("campaign__title", _("抽查任务")),
                Column("draw__number", _("抽取编号")),
                "unit",
                Column("firms", _("户数"), render=lambda one: one.firms),
                Column("visited", _("已去的户数"), render=lambda one: one.visited),
                Column("done", _("已完成的户数"), render=lambda one: one.done),
                Column("unvisited", _("未检查的户数"), render=lambda one: one.unvisited),
                "visit_from",
                "visit_until",
                "sent_at",
                "sent_by",
                "confirmed_at",
                "confirmed_by",
            ),
            icon="send",
        ),
    )
    empty_title = _("还没有要派发的任务")
    empty_text = _("抽取完成，或上级名单批准以后，检查任务列在这里。")

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return (
            super()
            .queryset(viewer)
            .annotate(
                firms=Count("tasks", filter=~Q(tasks__state=states.CANCELLED)),
                visited=Count("tasks", filter=Q(tasks__state__in=states.VISITED)),
                done=Count("tasks", filter=Q(tasks__state=states.DONE)),
                unvisited=Count("tasks", filter=Q(tasks__state=states.UNVISITED)),
            )
        )

    def status(self, instance: Dispatch) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def more_tabs(self, viewer: Viewer, instance: Dispatch) -> Sequence[Action]:
        if instance.state not in states.GIVEN:
            return ()
        weeks = reverse("planning:dispatch-visits", args=[instance.pk])
        tabs = [Action(_("各周安排"), weeks, "calendar-check")]
        if viewer.roles & {*map(str, ARRANGERS)}:
            load = reverse("planning:dispatch-workload", args=[instance.pk])
            tabs.append(Action(_("工作量"), load, "users"))
        return tabs

    def extra_actions(self, viewer: Viewer, instance: Dispatch) -> Sequence[Action]:
        answers = answers_for(viewer, instance.pk)
        made = verb_actions(
            states.TASK,
            state=instance.state,
            # Who only joins confirms a part of it, not the whole.
            roles=viewer.roles if answers else viewer.roles - {*map(str, ANSWERING)},
            facts=facts_of(instance),
            url_for=lambda row: reverse("planning:dispatch-verb", args=[instance.pk, row.verb]),
            icons=_ICONS,
        )
        if may_ask(viewer, instance):
            address = reverse("planning:dispatch-extend", args=[instance.pk])
            made.append(Action(_("申请延长检查期限"), address, "calendar-plus"))
        return made

    def detail_values(self, viewer: Viewer, instance: Dispatch) -> Mapping[str, Any]:
        rows = Task.objects.visible_to(viewer).filter(dispatch=instance)
        seen, listed = rows.count(), instance.tasks.count()
        terms = deadlines.of_thing(Thing.of(instance), viewer)
        return {
            "batch": instance,
            "tasks": with_teams(rows).order_by("seq")[:SHOWN],
            "hidden": listed - seen,
            "more": seen > SHOWN,
            "staying": rows.filter(state=states.PREPARED).count() if instance.sent_at else 0,
            "team_size": instance.campaign.team_size,
            "items": instance.item_versions.select_related("item").order_by("item__code"),
            "clashing": len(clashes_in(rows)),
            # Whoever hands the list on sees before that who goes.
            "shares": shares_with_people(
                viewer, instance, given(rows) if instance.sent_at else in_full(rows)
            ),
            "unanswered": nobody_answers(instance),
            "terms": [deadlines.shown(term) for term in terms],
            "extensions": extensions_of(viewer, Q(dispatch=instance)),
        }


class TaskRegister(Register):
    model = Task
    slug = "tasks"
    title = _("检查任务")
    description = _("每户一项：什么时候、由谁、查什么")
    read_roles = TASK_READERS
    columns = (
        "name",
        "state",
        Column("subject__town", _("乡镇街道")),
        Column("team", _("检查组（首位主检）"), render=lambda one: names_of(one), sortable=False),
        Column("slot__day", _("计划日期"), render=lambda one: slot_of(one) or ""),
        "visit_from",
        "visit_until",
        Column("dispatch__campaign__title", _("抽查任务")),
        Column("dispatch__unit__name", _("负责股室或部门")),
    )
    filters = ("state", "dispatch")
    search_fields = ("name", "subject__credit_code", "dispatch__campaign__title")
    search_hint = _("检查对象、统一社会信用代码或抽查任务")
    ordering = ("visit_until", "dispatch", "seq")
    select_related = ("subject", "slot", "dispatch__campaign", "dispatch__unit", "dispatch__draw")
    prefetch = (TEAMS,)
    detail_template = "planning/task_detail.html"
    detail_sections = (
        Section(
            _("任务"),
            (
                Column("dispatch__campaign__title", _("抽查任务")),
                "seq",
                Column("subject__town", _("乡镇街道")),
                Column("subject__address", _("地址")),
                Column("slot__day", _("计划检查时间"), render=lambda one: slot_of(one) or ""),
                "visit_from",
                "visit_until",
                Column("dispatch__unit__name", _("负责股室或部门")),
            ),
            icon="clipboard-list",
        ),
    )
    empty_title = _("没有检查任务")
    empty_text = _("派发并确认以后，任务列在这里；封存的名单到了可以知悉的日期才显示。")

    def status(self, instance: Task) -> tuple[Text, Tone]:
        return instance.get_state_display(), STATE_TONES[instance.state]

    def detail_values(self, viewer: Viewer, instance: Task) -> Mapping[str, Any]:
        going = _given(viewer, instance)
        return {
            "task": instance,
            "shares": shares_with_people(viewer, instance.dispatch, going),
            "items": instance.dispatch.item_versions.select_related("item").order_by("item__code"),
            "may_see_batch": bool(viewer.roles & {*DISPATCH_READERS}),
            "may_see_firm": Subject.objects.visible_to(viewer).filter(pk=instance.subject_id).exists(),
            "out_of_time": instance.state in states.AHEAD and instance.visit_until < clock.today(),
            "companions": _companions(viewer, instance),
            "may_add_companion": instance.state in states.GIVEN and bool(viewer.roles & {*ARRANGERS}),
            **story_of(viewer, instance),
            "clashes": clashes_of(going).get(instance.pk, ()),
        }

    def extra_actions(self, viewer: Viewer, instance: Task) -> Sequence[Action]:
        return actions_of(viewer, instance)


def _given(viewer: Viewer, task: Task) -> list[Task]:
    """The task with all that its clashes depend on, if somebody has been given it."""
    return list(given(Task.objects.visible_to(viewer).filter(pk=task.pk)))


def _companions(viewer: Viewer, task: Task) -> QuerySet[Companion]:
    rows: QuerySet[Companion] = Companion.objects.visible_to(viewer).filter(task=task, left_at=None)
    return rows.select_related("inspector__unit")


def with_teams(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The rows with everybody who is or was on their teams, in a bounded number of queries."""
    return rows.select_related("subject").prefetch_related(TEAMS)


def names_of(task: Task) -> str:
    """Who goes there, 主检 first."""
    return "、".join(str(member) for member in task.team)
