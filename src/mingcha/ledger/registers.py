"""The ledger's own register: every record, for those who oversee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.events import catalogue
from mingcha.base.viewers import Viewer
from mingcha.ledger.models import READERS, Record
from mingcha.ledger.selectors import changes_of
from mingcha.ledger.words import event_label
from mingcha.web.components import Action
from mingcha.web.forms import DateInput
from mingcha.web.registers import Column, Register
from mingcha.web.registers.filters import RegisterFilterSet


def _event_choices() -> list[tuple[str, str]]:
    return sorted(((code, event_label(code)) for code in catalogue), key=lambda choice: choice[1])


class RecordFilters(RegisterFilterSet):
    """By event and by day, in ways that an index serves."""

    event = django_filters.ChoiceFilter(label=_("事项"), choices=_event_choices, empty_label=_("全部"))
    since = django_filters.DateFilter(label=_("时间从"), method="filter_since", widget=DateInput())
    until = django_filters.DateFilter(label=_("时间到"), method="filter_until", widget=DateInput())

    def filter_since(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__gte=clock.start_of(day))

    def filter_until(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__lt=clock.start_of(day + timedelta(days=1)))


class RecordRegister(Register):
    model = Record
    slug = "records"
    title = _("存证链")
    description = _("系统里发生的每一件事：谁、何时、对什么、改了什么、为什么。只能追加，不能修改或删除。")
    read_roles = READERS
    columns = (
        Column("seq", numeric=True),
        "at",
        Column("event", label=_("事项"), render=lambda record: record.event_label),
        Column("thing", label=_("对象"), render=lambda record: record.thing_text),
        "actor_name",
        Column("why", sortable=False),
    )
    filterset_class = RecordFilters
    search_fields = ("thing_label", "actor_name", "why")
    search_hint = _("对象、经手人、理由")
    ordering = ("-seq",)
    detail_template = "ledger/record.html"
    #: Names of people stand in it, so taking it out is itself put on record.
    holds_personal_data = True
    empty_title = _("存证链还是空的")
    empty_text = _("第一件事发生后会出现在这里")

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        return [Action(label=_("日终摘要"), url=reverse("ledger:heads"), icon="calendar-check")]

    def detail_values(self, viewer: Viewer, instance: Record) -> Mapping[str, Any]:
        nearby = Record.objects.visible_to(viewer)
        return {
            "changes": changes_of(instance, viewer),
            "previous": nearby.filter(seq=instance.seq - 1).first(),
            "next": nearby.filter(seq=instance.seq + 1).first(),
        }
