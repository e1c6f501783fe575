"""A small model with one field of each kind, its services, its register. Exists in tests only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.html import format_html

from mingcha.base.events import Event, Thing
from mingcha.base.roles import Role
from mingcha.base.service import emit, service
from mingcha.base.viewers import Officer, Viewer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.kernel.refusal import Refusal, Refused
from mingcha.web.components import Action
from mingcha.web.forms import ModelForm
from mingcha.web.registers import Column, Register, Section


class TownQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.exclude(name="看不见的镇")


class Town(models.Model):
    name = models.CharField("乡镇", max_length=50)
    objects = TownQuerySet.as_manager()

    class Meta:
        app_label = "web"
        verbose_name = "乡镇"

    def __str__(self) -> str:
        return self.name


class FirmQuerySet(VisibleQuerySet):
    """Coordinators see all but the hidden; an officer with no role sees nothing."""

    def for_officer(self, officer: Officer) -> Self:
        return self.exclude(hidden=True) if officer.roles else self.none()


class Firm(models.Model):
    class Kind(models.TextChoices):
        FIRM = "firm", "企业"
        DISPATCH = "dispatch", "劳务派遣机构"

    name = models.CharField("单位名称", max_length=100)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices, default=Kind.FIRM)
    town = models.ForeignKey(Town, models.PROTECT, verbose_name="乡镇", null=True, blank=True)
    founded = models.DateField("设立日期", null=True, blank=True)
    active = models.BooleanField("在业", default=True)
    hidden = models.BooleanField(default=False)
    objects = FirmQuerySet.as_manager()

    class Meta:
        app_label = "web"
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class FirmAdded(Event):
    code: ClassVar[str] = "webtests.firm_added"
    label: ClassVar[str] = "新增单位"


@service
def add_firm(*, actor: Viewer, values: dict[str, Any]) -> Firm:
    if values["name"] == "重复的单位":
        raise Refused(Refusal("firm.twice", "已经有同名单位", "名录库唯一性规则", "请核对后改用原有记录"))
    firm = Firm.objects.create(**values)
    emit(FirmAdded(thing=Thing.of(firm)))
    return firm


@service
def change_firm(*, actor: Viewer, firm_id: int, values: dict[str, Any]) -> Firm:
    Firm.objects.filter(pk=firm_id).update(**values)
    return Firm.objects.get(pk=firm_id)


class FirmForm(ModelForm):
    class Meta:
        model = Firm
        fields = ("name", "code", "kind", "town", "founded", "active")


class FirmRegister(Register):
    model = Firm
    slug = "firm"
    title = "示例单位"
    namespace = "sample"
    read_roles = (Role.COORDINATOR, Role.INSPECTOR)
    write_roles = (Role.COORDINATOR,)
    columns = (
        "name",
        "code",
        Column(
            "kind", render=lambda firm: format_html("<b>{}</b>", firm.get_kind_display()), order_by=("kind",)
        ),
        "town",
        "founded",
        "active",
    )
    filters = ("kind", "town", "founded", "active")
    search_fields = ("name", "code")
    ordering = ("name",)
    form_class = FirmForm
    detail_sections = (Section("基本情况", ("name", "code", "kind", "town__name", "founded", "active")),)

    def status(self, instance: Firm) -> tuple[str, str]:
        return ("在业", "success") if instance.active else ("注销", "secondary")

    def create(self, actor: Viewer, cleaned: dict[str, Any]) -> Firm:
        return add_firm(actor=actor, values=cleaned)

    def update(self, actor: Viewer, instance: Firm, cleaned: dict[str, Any]) -> Firm:
        return change_firm(actor=actor, firm_id=instance.pk, values=cleaned)

    def extra_actions(self, viewer: Viewer, instance: Firm) -> list[Action]:
        no = Refusal("firm.cap", "今年已经检查过 2 次", "年度频次上限", "请改用非现场检查")
        return [Action("列入抽查", "#", post=True, refusals=(no,))]


class PersonalFirmRegister(FirmRegister):
    slug = "personal"
    holds_personal_data = True
