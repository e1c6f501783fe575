"""The register pages of people (执法检查人员名录库) and of their days of leave (plan 二（二）3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mingcha.base import clock
from mingcha.base.viewers import Viewer
from mingcha.registry import services
from mingcha.registry.forms import InspectorForm, LeaveForm
from mingcha.registry.models import REGISTER_READERS, Inspector, Leave
from mingcha.web.components import Action
from mingcha.web.providers import Tone
from mingcha.web.registers import Column, Register, Section

STATUS_TONES: dict[str, Tone] = {
    Inspector.Status.ACTIVE: "success",
    Inspector.Status.SUSPENDED: "warning",
    Inspector.Status.REVIEW: "warning",
    Inspector.Status.LEFT: "secondary",
}


def _specialties(person: Inspector) -> str:
    return "、".join(map(str, person.specialties.all()))


def _limit(person: Inspector) -> Any:
    return _("不限") if person.yearly_limit is None else person.yearly_limit


class InspectorRegister(Register):
    model = Inspector
    slug = "inspectors"
    title = _("执法检查人员名录库")
    description = _("持有行政执法证件、可以被随机选派的人员；专家和协助人员另列，不参加抽取")
    read_roles = REGISTER_READERS
    write_roles = services.INSPECTOR_KEEPERS
    columns = (
        "name",
        "kind",
        "unit",
        "certificate_number",
        "valid_until",
        Column("specialties", _("业务专长"), render=_specialties),
        "status",
    )
    filters = ("kind", "unit", "status", "specialties", "valid_until")
    search_fields = ("name", "certificate_number")
    search_hint = _("姓名或证件号码")
    ordering = ("name",)
    select_related = ("unit",)
    prefetch = ("specialties",)
    form_class = InspectorForm
    create_label = _("录入检查人员")
    detail_sections = (
        Section(
            _("人员"),
            ("name", "kind", "unit", "post", "duties", columns[5], "scope", "user"),
            icon="id-card",
        ),
        Section(
            _("执法证件"),
            ("certificate_number", "authority", "field", "territory", "valid_from", "valid_until"),
            icon="badge-check",
        ),
        Section(
            _("派遣"), (Column("yearly_limit", _("每年至多检查户次"), render=_limit), "status"), icon="route"
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Inspector:
        return services.enter_inspector(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Inspector, cleaned: dict[str, Any]) -> Inspector:
        return services.change_inspector(actor=actor, inspector=instance, values=cleaned)

    def status(self, instance: Inspector) -> tuple[str, Tone]:
        return instance.get_status_display(), STATUS_TONES[instance.status]

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        bring = Action(_("导入名单"), reverse("registry:imports-create"), icon="upload")
        return (
            *((bring,) if self.allows_writing(viewer) else ()),
            Action(_("今天谁可以抽"), reverse("registry:availability"), icon="user-check"),
            Action(_("离岗安排"), reverse("registry:leaves-list"), icon="calendar-off"),
        )


class LeaveRegister(Register):
    model = Leave
    slug = "leaves"
    title = _("离岗安排")
    description = _("休假、培训、借调的日子；整个检查时间都离岗的人不参加抽取")
    read_roles = REGISTER_READERS
    write_roles = services.LEAVE_KEEPERS
    columns = ("inspector", "inspector__unit__name", "kind", "first_day", "last_day", "cancelled_on")
    filters = ("kind", "inspector", "first_day")
    search_fields = ("inspector__name",)
    search_hint = _("姓名")
    ordering = ("-first_day",)
    form_class = LeaveForm
    create_label = _("登记离岗安排")
    detail_sections = (
        Section(
            _("离岗安排"),
            ("inspector", "kind", "first_day", "last_day", "cancelled_on"),
            icon="calendar-off",
        ),
    )

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Leave:
        return services.enter_leave(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Leave, cleaned: dict[str, Any]) -> Leave:
        return services.change_leave(actor=actor, leave=instance, values=cleaned)

    def list_actions(self, viewer: Viewer) -> Sequence[Action]:
        if not self.allows_writing(viewer):
            return ()
        return (Action(_("导入名单"), reverse("registry:imports-create"), icon="upload"),)

    def may_edit(self, viewer: Viewer, instance: Leave) -> bool:
        return instance.cancelled_on is None

    def status(self, instance: Leave) -> tuple[Any, Tone]:
        today = clock.today()
        if instance.cancelled_on:
            return _("已取消"), "secondary"
        if instance.last_day < today:
            return _("已结束"), "secondary"
        return (_("离岗中"), "warning") if instance.first_day <= today else (_("已安排"), "info")

    def extra_actions(self, viewer: Viewer, instance: Leave) -> Sequence[Action]:
        if not self.allows_writing(viewer) or instance.cancelled_on:
            return ()
        url = reverse("registry:leave-cancel", args=[instance.pk])
        return (Action(_("取消这次离岗"), url, icon="calendar-x", danger=True, post=True),)
