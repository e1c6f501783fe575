"""Who approves what (data), and each approval with its steps (design §4.7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.heads import HEADS
from mingcha.base.roles import Reach, Role
from mingcha.base.viewers import Grant, Officer
from mingcha.base.visibility import NOTHING, VisibleQuerySet, reach_filter
from mingcha.basics.models.attachments import Attachment
from mingcha.basics.models.common import AboutThing, OfficersQuerySet
from mingcha.web.text import Text


def _person(label: Text) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class RouteQuerySet(OfficersQuerySet):
    """Routes are settings: open to every officer."""


class ApprovalRoute(models.Model):
    """Which steps a kind of decision takes. `emergency_rule` is the deadline rule of making up."""

    kind = models.CharField(_("代码"), max_length=40, unique=True)
    label = models.CharField(_("审批事项"), max_length=80)
    basis = models.CharField(_("依据"), max_length=300)
    emergency_allowed = models.BooleanField(_("允许紧急电话批准"), default=False)
    emergency_rule = models.CharField(_("补办期限规则"), max_length=40, blank=True, default="")
    active = models.BooleanField(_("启用"), default=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批路线")
        verbose_name_plural = _("审批路线")
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.label


class StepDefinition(models.Model):
    """Who takes a step: a role with a reach, in a fixed unit or the thing's own, and a named deputy."""

    order = models.PositiveSmallIntegerField(_("次序"))
    label = models.CharField(_("环节"), max_length=60)
    role = models.CharField(_("岗位"), max_length=20, choices=Role.choices)
    reach = models.CharField(_("范围"), max_length=10, choices=Reach.choices, default=Reach.BUREAU)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("固定股室"),
    )
    deputy = _person(_("指定代办人（AB 岗）"))

    class Meta:
        abstract = True


class RouteStep(StepDefinition):
    """One step of a route, as set now."""

    route = models.ForeignKey(ApprovalRoute, models.CASCADE, related_name="steps")

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批环节")
        verbose_name_plural = _("审批环节")
        ordering = ("route", "order")
        constraints = [models.UniqueConstraint(fields=("route", "order"), name="one_route_step_a_place")]

    def __str__(self) -> str:
        return self.label


class ApprovalState(models.TextChoices):
    """States of `lifecycles.APPROVAL`."""

    DRAFT = "draft", _("待提交")
    SUBMITTED = "submitted", _("待审批")
    BY_TELEPHONE = "by_telephone", _("电话批准待补办")
    APPROVED = "approved", _("已批准")
    RETURNED = "returned", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")


class StepState(models.TextChoices):
    WAITING = "waiting", _("未到")
    CURRENT = "current", _("待办")
    APPROVED = "approved", _("同意")
    RETURNED = "returned", _("退回")


class ApprovalQuerySet(VisibleQuerySet):
    """Who proposed it, whoever takes a step of it, and those who look over the bureau or the section."""

    def for_officer(self, officer: Officer) -> Self:
        mine = Q(proposed_by=officer.id) | Q(pk__in=steps_of(officer).values("approval_id"))
        over = reach_filter(
            officer, (Role.OVERSEER, Role.BUREAU_LEADER, Role.COORDINATOR, Role.SECTION_HEAD), section="unit"
        )
        return self.filter(mine | over)


class Approval(AboutThing):
    """One request for a decision on one thing. Its steps are copied: a changed route changes nothing."""

    route = models.ForeignKey(
        ApprovalRoute, models.PROTECT, related_name="approvals", verbose_name=_("审批事项")
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("提请股室"),
    )
    summary = models.TextField(_("提请内容"), blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=14, choices=ApprovalState.choices, default=ApprovalState.DRAFT
    )
    proposed_by = _person(_("提请人"))
    created_at = models.DateTimeField(_("登记时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    emergency = models.BooleanField(_("紧急电话批准"), default=False)
    telephoned_by = _person(_("电话批准人"))
    telephoned_at = models.DateTimeField(_("电话批准时间"), null=True, blank=True)
    emergency_why = models.CharField(_("紧急理由"), max_length=500, blank=True, default="")
    made_up_at = models.DateTimeField(_("补办时间"), null=True, blank=True)
    signed_paper = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签字原件")
    )
    signed_on = models.DateField(_("纸面签字日期"), null=True, blank=True)
    scanned_at = models.DateTimeField(_("扫描回传时间"), null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批")
        verbose_name_plural = _("审批")
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("route", "thing_type", "thing_id"),
                condition=~Q(state__in=("withdrawn",)),
                name="one_approval_of_a_kind_on_a_thing",
            ),
        ]
        indexes = [models.Index(fields=("thing_type", "thing_id"), name="approval_of_thing")]

    def __str__(self) -> str:
        return f"{self.route.label}：{self.thing_label}" if self.thing_label else self.route.label

    @property
    def current_step(self) -> ApprovalStep | None:
        """The step that waits to be taken."""
        return next((step for step in self.steps.all() if step.state == StepState.CURRENT), None)

    @property
    def came_back_why(self) -> str:
        """What whoever sent it back wrote; empty where nobody did."""
        return next((step.opinion for step in self.steps.all() if step.state == StepState.RETURNED), "")


def steps_of(officer: Officer) -> models.QuerySet[ApprovalStep]:
    """The steps that the officer may take by role and reach or as named deputy, taken or not."""
    return ApprovalStep.objects.filter(Q(deputy=officer.id) | _taken_with(officer.grants))


def steps_taken_with(grants: Iterable[Grant]) -> models.QuerySet[ApprovalStep]:
    """The steps that may be taken with one of these grants."""
    return ApprovalStep.objects.filter(_taken_with(grants))


def _taken_with(grants: Iterable[Grant]) -> Q:
    """The one rule of who may take a step: the grant has its role and reaches as far as it asks.

    A step of the bureau needs a grant over the bureau. A step of a section is taken with that, or with a
    grant over the fixed unit or, where none is fixed, over the section that proposes. In a department that
    joins in, its partner takes the step of a section's head.
    """
    found = NOTHING
    for grant in grants:
        may = Q(role=grant.role.value)
        if grant.role in HEADS and grant.reach == Reach.SECTION:
            may = Q(role__in=HEADS)
        if grant.reach == Reach.SECTION:
            here = Q(unit__in=grant.unit_ids) | Q(unit__isnull=True, approval__unit__in=grant.unit_ids)
            may &= Q(reach=Reach.SECTION) & here
        elif grant.reach != Reach.BUREAU:
            continue
        found |= may
    return found


class StepQuerySet(VisibleQuerySet):
    """As visible as the approval."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(approval__in=Approval.objects.visible_to(officer).values("pk"))


class ApprovalStep(StepDefinition):
    """One step of one approval, and who took it. On paper: who signed, and who recorded it."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="steps")
    state = models.CharField(_("状态"), max_length=10, choices=StepState.choices, default=StepState.WAITING)
    decided_by = _person(_("办理人"))
    decided_for = _person(_("代谁办理"))
    recorded_by = _person(_("登记人"))
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    on_paper = models.BooleanField(_("纸面签字"), default=False)
    opinion = models.CharField(_("意见"), max_length=1000, blank=True, default="")

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批环节")
        verbose_name_plural = _("审批环节")
        ordering = ("approval", "order")
        constraints = [
            models.UniqueConstraint(fields=("approval", "order"), name="one_approval_step_a_place")
        ]

    def __str__(self) -> str:
        return self.label
