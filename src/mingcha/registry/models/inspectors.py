"""执法检查人员名录库 (plan 二（二）3, domain S5, §8.6; 54号 E1–E2, E8)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.registry.models.audience import REGISTER_READERS, CommonKnowledgeQuerySet


class Specialty(models.Model):
    """A specialty (业务专长) of inspectors that an inspection item can ask for."""

    code = models.SlugField(_("代码"), max_length=32, unique=True)
    label = models.CharField(_("名称"), max_length=50)

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("业务专长")
        verbose_name_plural = _("业务专长")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


class InspectorQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        # A department that takes part names its own people (协助人员): its reach is its section.
        reached = reach_filter(officer, (*REGISTER_READERS, Role.PARTNER), section="unit_id", own="user_id")
        return self.filter(reached | Q(user_id=officer.id))


class Inspector(models.Model):
    """A person who takes part in inspections.

    Only 执法人员 with a valid certificate can be drawn. Experts and 协助人员 stand apart: they go along,
    never in an inspector's place (rule N3, 54号 E8).
    """

    class Kind(models.TextChoices):
        CERTIFIED = "certified", _("执法人员")
        EXPERT = "expert", _("专家")
        HELPER = "helper", _("协助人员")

    class Status(models.TextChoices):
        """年审与在岗状态; only `active` can be drawn."""

        ACTIVE = "active", _("在岗")
        SUSPENDED = "suspended", _("暂停执法")
        REVIEW = "review", _("证件年审未过")
        LEFT = "left", _("离岗")

    name = models.CharField(_("姓名"), max_length=50)
    kind = models.CharField(_("人员类别"), max_length=10, choices=Kind, default=Kind.CERTIFIED)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("所在股室"))
    post = models.CharField(_("职务"), max_length=50, blank=True)
    duties = models.CharField(_("岗位职责"), max_length=200, blank=True)
    certificate_number = models.CharField(
        _("执法证件号码"), max_length=40, blank=True, help_text=_("专家和协助人员没有的留空")
    )
    authority = models.CharField(_("发证机关"), max_length=100, blank=True)
    field = models.CharField(_("执法类别"), max_length=100, blank=True, help_text=_("证件载明的类别"))
    territory = models.CharField(_("执法区域"), max_length=100, blank=True, help_text=_("证件载明的区域"))
    valid_from = models.DateField(_("证件有效期自"), null=True, blank=True)
    valid_until = models.DateField(_("证件有效期至"), null=True, blank=True)
    specialties = models.ManyToManyField(Specialty, blank=True, verbose_name=_("业务专长"))
    #: What this person may do (岗位权限); with none named, everything the certificate's field allows.
    scope = models.CharField(_("岗位权限"), max_length=200, blank=True, help_text=_("可以检查的事项或行业"))
    yearly_limit = models.PositiveIntegerField(
        _("每年至多检查户次"), null=True, blank=True, help_text=_("不限的留空")
    )
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.ACTIVE)
    user = models.OneToOneField(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspector",
        verbose_name=_("登录账号"),
    )

    objects = InspectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查人员")
        verbose_name_plural = _("检查人员")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate_number"],
                condition=~Q(certificate_number=""),
                name="inspector_certificate_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="inspector_certificate_period",
            ),
            models.CheckConstraint(
                condition=~Q(kind="certified")
                | (~Q(certificate_number="") & Q(valid_from__isnull=False) & Q(valid_until__isnull=False)),
                name="inspector_certified_has_certificate",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        """Whether this person works at present."""
        return self.status == self.Status.ACTIVE


class LeaveQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        reached = reach_filter(
            officer, REGISTER_READERS, section="inspector__unit_id", own="inspector__user_id"
        )
        return self.filter(reached | Q(inspector__user_id=officer.id))

    def touching(self, first: date, last: date) -> Self:
        """Those that stand, with at least one day in a period."""
        return self.filter(cancelled_on__isnull=True, first_day__lte=last, last_day__gte=first)


class Leave(models.Model):
    """Days on which a person cannot inspect. Why is nobody's business beyond the kind."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("休假")
        TRAINING = "training", _("培训学习")
        SECONDED = "seconded", _("借调、抽调")
        OTHER = "other", _("其他")

    inspector = models.ForeignKey(
        Inspector, models.PROTECT, related_name="leaves", verbose_name=_("检查人员")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.LEAVE)
    first_day = models.DateField(_("自"))
    last_day = models.DateField(_("至"))
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("离岗安排")
        verbose_name_plural = _("离岗安排")
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="leave_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspector} {self.first_day}—{self.last_day}"
