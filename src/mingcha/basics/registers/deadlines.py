"""The table of legal terms, and the deadlines that run by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.events import Thing
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.entries import READERS
from mingcha.basics.forms import RuleForm
from mingcha.basics.lifecycles import DEADLINE
from mingcha.basics.models import Deadline, DeadlineRule
from mingcha.basics.models.deadlines import OPEN_STATES
from mingcha.basics.registers.common import TONES, confirm_action, confirmation, state_badge, thing_link
from mingcha.basics.rules import KEEPERS
from mingcha.basics.selectors import approvals, deadlines
from mingcha.basics.services import deadline_rules
from mingcha.kernel.workdays import PROVISIONAL_NOTICE
from mingcha.web.components import Action, days_left
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section
from mingcha.web.templatetags.mingcha import status


def _warnings(rule: DeadlineRule) -> str:
    return "、".join(str(days) for days in rule.warn_at)


class RuleRegister(Register):
    """The table of legal terms."""

    model = DeadlineRule
    slug = "rules"
    title = _("期限规则")
    description = _("法定和本局期限；修改后从起始日期起适用，已经开始计时的期限不变")
    read_roles = READERS
    write_roles = KEEPERS
    columns = (
        "code",
        "label",
        "trigger",
        Column("term", _("期限"), render=lambda row: row.term_label),
        "source",
        Column("confirmed", _("核实"), render=confirmation),
    )
    filters = ("form", "trust", "confirmed")
    search_fields = ("code", "label", "trigger", "source")
    ordering = ("code", "-effective_from")
    form_class = RuleForm
    detail_sections = (
        Section(
            _("期限规则"),
            (
                "code",
                "label",
                "trigger",
                "form",
                Column("term", _("期限"), render=lambda row: row.term_label),
                "extends",
                "roll",
                Column("warn_at", _("提醒（剩余工作日）"), render=_warnings),
                "source",
                "trust",
                Column("confirmed", _("核实"), render=confirmation),
                "effective_from",
                "effective_to",
                "note",
            ),
            "timer",
        ),
    )

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        return super().queryset(viewer).filter(withdrawn_at__isnull=True)

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> DeadlineRule:
        return deadline_rules.set_rule(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: DeadlineRule, cleaned: dict[str, Any]) -> DeadlineRule:
        return deadline_rules.set_rule(actor=actor, **{**cleaned, "code": instance.code})

    def initial(self, instance: DeadlineRule) -> dict[str, Any]:
        shown = super().initial(instance)
        shown["warn_at"] = ",".join(str(days) for days in instance.warn_at)
        shown["effective_from"] = clock.today()
        return shown

    def may_edit(self, viewer: Viewer, instance: DeadlineRule) -> bool:
        return instance.effective_to is None

    def extra_actions(self, viewer: Viewer, instance: DeadlineRule) -> Sequence[Action]:
        return confirm_action(viewer, instance, reverse("basics:rules-confirm", args=[instance.pk]))


def _due(deadline: Deadline) -> SafeString | str:
    if not deadline.provisional:
        return deadline.due_on.isoformat()
    return format_html(
        '{} <span class="text-secondary" title="{}">{}</span>',
        deadline.due_on.isoformat(),
        gettext(PROVISIONAL_NOTICE),
        gettext("（暂定）"),
    )


def _left(deadline: Deadline) -> SafeString | str:
    """How long until the date, in calendar days: a list asks no calendar for each of its rows."""
    if deadline.state not in OPEN_STATES:
        return ""
    words, tone = days_left(deadline.due_on, clock.today())
    return status(words, tone)


def _left_exactly(deadline: Deadline) -> SafeString | str:
    """The same in work days, as warnings count."""
    if deadline.state not in OPEN_STATES:
        return ""
    return status(gettext(deadlines.stage_of(deadline).label), "info")


def _owner(deadline: Deadline) -> str:
    role = deadline.get_owner_role_display() if deadline.owner_role else ""
    return "、".join(str(part) for part in (deadline.owner_user, deadline.owner_unit, role) if part)


class DeadlineRegister(Register):
    """Deadlines: own, the section's, the bureau's, as far as the officer reaches."""

    model = Deadline
    slug = "deadlines"
    title = _("期限")
    description = _("正在计时和已经结束的期限，按到期日排列")
    columns = (
        Column("rule__label", _("应办事项")),
        Column("thing_label", _("对象"), render=thing_link),
        Column("due_on", _("到期日"), render=_due),
        Column("left", _("还剩"), render=_left, sortable=False),
        Column("owner", _("责任人"), render=_owner, sortable=False),
        Column("state", _("状态"), render=state_badge),
    )
    filters = ("state", "due_on", "provisional", "owner_unit")
    search_fields = ("thing_label", "rule__label", "rule__code")
    ordering = ("due_on",)
    select_related = ("rule", "owner_user", "owner_unit")
    detail_sections = (
        Section(
            _("期限"),
            (
                Column("rule__code", _("规则")),
                Column("rule__label", _("应办事项")),
                Column("rule__source", _("依据")),
                Column("thing_label", _("对象"), render=thing_link),
                "started_on",
                Column("due_on", _("到期日"), render=_due),
                Column("left", _("还剩"), render=_left_exactly),
                "extended_from",
                Column("owner", _("责任人"), render=_owner),
                Column("state", _("状态"), render=state_badge),
                "met_on",
                "ended_why",
            ),
            "alarm-clock",
        ),
    )
    detail_template = "basics/deadline_detail.html"
    empty_title = _("没有期限")
    empty_text = _("您能看到的范围内没有正在计时或已结束的期限。")

    def status(self, instance: Deadline) -> tuple[str, Tone]:
        return str(instance.get_state_display()), TONES[instance.state]

    def detail_values(self, viewer: Viewer, instance: Deadline) -> Mapping[str, Any]:
        notice = PROVISIONAL_NOTICE if instance.provisional else ""
        return {"moves": instance.moves.all(), "notice": gettext(notice) if notice else ""}

    def extra_actions(self, viewer: Viewer, instance: Deadline) -> Sequence[Action]:
        open_verbs = deadlines.verbs(instance, viewer)
        actions: list[Action] = []
        if instance.state == "running" and isinstance(viewer, Officer):
            actions += self._extension(instance)
        if "cancel" in open_verbs:
            row = next(row for row in DEADLINE.leaving(instance.state) if row.verb == "cancel")
            actions.append(
                Action(
                    label=gettext(row.label),
                    url=reverse("basics:deadlines-cancel", args=[instance.pk]),
                    icon="circle-x",
                    danger=True,
                    post=True,
                    needs_reason=True,
                )
            )
        return actions

    def _extension(self, instance: Deadline) -> list[Action]:
        """Propose an extension where the law knows one and none was granted yet."""
        standing = approvals.of_thing(deadlines.EXTENSION_KIND, Thing.of(instance))
        if standing is not None:
            url = reverse("basics:approvals-detail", args=[standing.pk])
            return [Action(label=gettext("查看延期审批"), url=url, icon="stamp")]
        extension = deadlines.extension_of(instance.rule, instance.started_on)
        if extension is None:
            return []
        return [
            Action(
                label=gettext("提请延期"),
                url=reverse("basics:deadlines-extend", args=[instance.pk]),
                icon="calendar-plus",
                post=True,
                needs_reason=True,
                hint=gettext("%(term)s；%(basis)s")
                % {"term": extension.term_label, "basis": extension.source},
            )
        ]
