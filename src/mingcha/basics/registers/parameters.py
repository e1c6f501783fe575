"""Parameters and what of them awaits confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics import uses
from mingcha.basics.entries import READERS
from mingcha.basics.models import Parameter, ParameterValue
from mingcha.basics.registers.common import confirm_action, confirmation
from mingcha.basics.rules import KEEPERS
from mingcha.basics.selectors import parameters as reading
from mingcha.web.components import Action
from mingcha.web.registers import Column, Register, Section
from mingcha.web.registers.filters import RegisterFilterSet


def _current(parameter: Parameter) -> ParameterValue | None:
    today = clock.today()
    for row in parameter.values.all():
        ended = row.effective_to is not None and row.effective_to < today
        if row.withdrawn_at is None and row.effective_from <= today and not ended:
            return row
    return None


def _current_value(parameter: Parameter) -> str:
    row = _current(parameter)
    return row.shown if row is not None else gettext("没有生效的取值")


def _current_state(parameter: Parameter) -> SafeString | str:
    row = _current(parameter)
    return confirmation(row) if row is not None else ""


def _current_source(parameter: Parameter) -> str:
    row = _current(parameter)
    return row.source if row is not None else ""


class ParameterRegister(Register):
    """What can be set, with the value that applies today."""

    model = Parameter
    slug = "parameters"
    title = _("参数")
    description = _("上级或本局可能调整的数字，按日期保存，过去的取值不会丢失")
    read_roles = READERS
    columns = (
        "code",
        "label",
        Column("value", _("现行取值"), render=_current_value, sortable=False),
        Column("state", _("核实"), render=_current_state, sortable=False),
        Column("source", _("来源"), render=_current_source, sortable=False),
        "section",
    )
    filters = ("section", "keeper")
    search_fields = ("code", "label", "meaning")
    ordering = ("section", "code")
    prefetch = ("values__confirmed_by", "values__entered_by", "values__parameter")
    detail_sections = (
        Section(
            _("参数"),
            ("code", "label", "kind", "unit", "section", "keeper", "confirm_with", "meaning"),
            "sliders-horizontal",
        ),
    )
    detail_template = "basics/parameter_detail.html"

    def extra_actions(self, viewer: Viewer, instance: Parameter) -> Sequence[Action]:
        if not isinstance(viewer, Officer) or not viewer.has(*KEEPERS):
            return ()
        url = reverse("basics:parameters-set", args=[instance.pk])
        return (Action(label=gettext("录入新的取值"), url=url, icon="pencil", primary=True),)

    def detail_values(self, viewer: Viewer, instance: Parameter) -> Mapping[str, Any]:
        return {"values": instance.values.all(), "uses": reading.uses_of(instance.code)}


def _depends(row: ParameterValue) -> str:
    """What the value decides: pages that use it, and the rule of terms that takes it."""
    labels = [str(use.label) for use in uses.of(row.parameter.code)]
    rule = getattr(row, "rule_label", None)
    if rule:
        labels.append(gettext("期限规则：%(rule)s") % {"rule": rule})
    return "；".join(labels)


def _who() -> list[tuple[str, str]]:
    """Everybody who must confirm something."""
    return [(name, name) for name in reading.confirmers()]


class UnconfirmedFilters(RegisterFilterSet):
    """By who must confirm it."""

    confirm_with = django_filters.ChoiceFilter(
        field_name="parameter__confirm_with", label=_("由谁确认"), choices=_who, empty_label=_("全部")
    )


class UnconfirmedRegister(Register):
    """Values that nobody of the bureau has confirmed, who must confirm them, and what depends on them."""

    model = ParameterValue
    slug = "unconfirmed"
    title = _("待确认参数")
    description = _("原文未见、部分核实或建议的取值；未确认前照此执行，并在用到的页面标明")
    read_roles = READERS
    columns = (
        Column("parameter__label", _("参数")),
        Column("shown", _("取值"), render=lambda row: row.shown, sortable=False),
        Column("parameter__confirm_with", _("由谁确认")),
        Column("depends", _("用在哪里"), render=_depends, sortable=False),
        "trust",
        "source",
    )
    filters = ("trust", "parameter__section")
    filterset_class = UnconfirmedFilters
    search_fields = ("parameter__label", "parameter__code", "source")
    ordering = ("parameter__confirm_with", "parameter__section", "parameter__code")
    select_related = ("parameter",)
    detail_sections = (
        Section(
            _("取值"),
            (
                Column("parameter__label", _("参数")),
                Column("parameter__code", _("代码")),
                Column("shown", _("取值"), render=lambda row: row.shown),
                Column("parameter__confirm_with", _("由谁确认")),
                Column("depends", _("用在哪里"), render=_depends),
                "effective_from",
                "effective_to",
                "source",
                "trust",
                Column("confirmed", _("核实"), render=confirmation),
                "confirmed_by",
                "entered_by",
                "entered_at",
                "note",
            ),
            "badge-question-mark",
        ),
    )
    empty_title = _("没有待确认的参数")

    def queryset(self, viewer: Viewer) -> models.QuerySet[Any]:
        rows: Any = super().queryset(viewer)
        return reading.with_rule(rows.awaiting_confirmation(clock.today()))

    def extra_actions(self, viewer: Viewer, instance: ParameterValue) -> Sequence[Action]:
        actions = confirm_action(viewer, instance, reverse("basics:unconfirmed-confirm", args=[instance.pk]))
        if isinstance(viewer, Officer) and viewer.has(*KEEPERS):
            url = reverse("basics:parameters-set", args=[instance.parameter_id])
            actions.append(Action(label=gettext("改正取值"), url=url, icon="pencil"))
        return actions
