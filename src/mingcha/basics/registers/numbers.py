"""Number series, and every number that was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer, Viewer
from mingcha.basics.entries import READERS
from mingcha.basics.forms import SeriesForm
from mingcha.basics.models import DocumentNumber, NumberSeries
from mingcha.basics.models.numbers import NumberState
from mingcha.basics.registers.common import confirmation, thing_link
from mingcha.basics.rules import KEEPERS
from mingcha.basics.services import numbers
from mingcha.web.components import Action
from mingcha.web.registers import Column, Register, Section
from mingcha.web.templatetags.mingcha import status


class SeriesRegister(Register):
    """Number series."""

    model = NumberSeries
    slug = "series"
    title = _("文号序列")
    description = _("每种文书一个序列；号码不重用，作废的号码仍然保留")
    read_roles = READERS
    write_roles = (Role.ADMINISTRATOR,)
    columns = (
        "code",
        "label",
        "issuer",
        "pattern",
        "yearly",
        "active",
        Column("confirmed", _("核实"), render=confirmation),
    )
    filters = ("active", "confirmed")
    search_fields = ("code", "label", "issuer")
    ordering = ("code",)
    form_class = SeriesForm
    detail_sections = (
        Section(
            _("文号序列"),
            ("code", "label", "issuer", "unit", "pattern", "yearly", "active", "source", "confirmed"),
            "list-ordered",
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> NumberSeries:
        return numbers.set_series(actor=actor, **cleaned)

    def update(self, actor: Viewer, instance: NumberSeries, cleaned: dict[str, Any]) -> NumberSeries:
        return numbers.set_series(actor=actor, **{**cleaned, "code": instance.code})

    def initial(self, instance: NumberSeries) -> dict[str, Any]:
        return {**super().initial(instance), "unit_id": instance.unit_id}


def _number_state(number: DocumentNumber) -> SafeString:
    return status(number.get_state_display(), "danger" if number.state == NumberState.VOID else "success")


class NumberRegister(Register):
    """Every number that was given."""

    model = DocumentNumber
    slug = "numbers"
    title = _("文号登记")
    description = _("取用过的文号；作废的也在这里")
    read_roles = READERS
    columns = (
        "text",
        "series",
        Column("thing_label", _("对象"), render=thing_link),
        "issued_at",
        "issued_by",
        Column("state", _("状态"), render=_number_state),
        "void_why",
    )
    filters = ("series", "state", "issued_at")
    search_fields = ("text", "thing_label")
    ordering = ("-issued_at",)

    def extra_actions(self, viewer: Viewer, instance: DocumentNumber) -> Sequence[Action]:
        if instance.state == NumberState.VOID or not isinstance(viewer, Officer) or not viewer.has(*KEEPERS):
            return ()
        return (
            Action(
                label=gettext("作废文号"),
                url=reverse("basics:numbers-void", args=[instance.pk]),
                icon="ban",
                danger=True,
                post=True,
                needs_reason=True,
                hint=gettext("作废的文号不再使用，仍保留在登记中"),
            ),
        )
