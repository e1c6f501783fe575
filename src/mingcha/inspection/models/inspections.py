"""一企一表: one firm, one visit, one form, whoever brings items to it (54号四; domain §2.2)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.roles import Role
from mingcha.base.viewers import Capability, Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.inspection import lifecycle as states
from mingcha.inspection.recusal_lifecycle import GRANTED
from mingcha.items.models import ItemVersion
from mingcha.items.vocabulary import Result
from mingcha.leads.models import Lead
from mingcha.planning.models import Task, TaskMember, tasks_seen_by, tasks_told_to
from mingcha.registry.models import Inspector, Subject, Visit

#: Who sees every inspection; who sees those of a section or department.
ALL_INSPECTIONS = (Role.COORDINATOR, Role.OVERSEER)
SECTION_INSPECTIONS = (Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.PARTNER)
#: Who follows inspections at a desk; with those who make them.
DESK_READERS = (*ALL_INSPECTIONS, *SECTION_INSPECTIONS)
INSPECTION_READERS = (*DESK_READERS, Role.INSPECTOR)


def visit_at_the_door(capability: Capability) -> int | None:
    """The id of the inspection whose code is held; None for every other capability."""
    is_door = capability.purpose == "door" and capability.thing_type == Inspection._meta.label_lower
    return capability.thing_id if is_door else None


class InspectionQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """What an officer's roles reach. A drawn firm is not known before its task is (protocol §7.3)."""
        if officer.has(*ALL_INSPECTIONS):
            return self
        reached = reach_filter(officer, SECTION_INSPECTIONS, section="unit_id")
        brought = InspectionItem.objects.filter(reach_filter(officer, SECTION_INSPECTIONS, section="unit_id"))
        single = reached | Q(pk__in=brought.values("inspection")) | Q(created_by=officer.id)
        drawn = tasks_seen_by(officer, "task__")
        return self.filter(drawn | (Q(task=None) & single) | self.of_person(officer))

    def for_capability(self, capability: Capability) -> Self:
        """The one visit whose code is held (design §4.4: a door code shows the public facts of one visit)."""
        return self.filter(pk=visit_at_the_door(capability))

    def of_person(self, officer: Officer) -> Q:
        """The condition of being on the team of a single inspection; of a drawn one the task says it."""
        mine = InspectionMember.objects.filter(inspector__user=officer.id, left_at=None)
        return Q(task=None, pk__in=mine.values("inspection"))

    def mine(self, officer: Officer) -> Self:
        """Those to which this officer goes, and may know of by now; not where the firm's application that
        they stay away was granted."""
        stays_away = self.model._default_manager.filter(
            recusal_applications__state=GRANTED, recusal_applications__inspector__user=officer.id
        )
        goes = self.filter(tasks_told_to(officer, "task__") | self.of_person(officer))
        return goes.exclude(pk__in=stays_away.values("pk"))


class Inspection(models.Model):
    """One visit to one subject, with everything that is looked at there.

    Its source (N1) is a task of a draw or of a superior's list, or a lead; `kind` is what that makes of it.
    `unit` leads and answers for it. `name` is the firm's when the inspection was set up. The team of a drawn
    one is its task's: only the rule changes it (draw protocol §7.7). Once somebody has come in, the rule
    names nobody any more: whom the firm had kept away leaves, and those who are left go on (`team`).
    """

    Kind = Visit.Kind

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="inspections", verbose_name=_("检查对象")
    )
    name = models.CharField(_("检查对象"), max_length=200)
    kind = models.CharField(_("检查类型"), max_length=10, choices=Kind, default=Kind.ROUTINE)
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, related_name="inspection", verbose_name=_("检查任务")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("承办股室或部门"))
    #: What a single inspection comes from; or what was added to a drawn one (54号四: 能合并的不得重复).
    leads = models.ManyToManyField(Lead, related_name="inspections", blank=True, verbose_name=_("线索"))
    joins = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("并入哪一次检查"),
    )
    apart_reason = models.CharField(_("不一并检查的理由"), max_length=300, blank=True)
    asked_by = models.CharField(_("谁提出的"), max_length=100, blank=True)
    purpose = models.CharField(_("事由"), max_length=500, blank=True)
    why_on_site = models.CharField(_("为何必须入企"), max_length=500, blank=True)
    exempt_reason = models.CharField(_("不计入频次上限的理由"), max_length=100, blank=True)
    visit_from = models.DateField(_("检查开始日期"))
    visit_until = models.DateField(_("检查结束日期"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in states.INSPECTION.states],
        default=states.DRAFT,
        editable=False,
    )
    approval_number = models.CharField(_("审批表文号"), max_length=80, blank=True, editable=False)
    notice_number = models.CharField(_("检查通知书文号"), max_length=80, blank=True, editable=False)
    entered_at = models.DateTimeField(_("入企时间"), null=True, editable=False)
    left_at = models.DateTimeField(_("离开时间"), null=True, editable=False)
    #: domain §2.5; empty until somebody enters it (N7), and then never changed but by a correction.
    result = models.CharField(_("检查结果"), max_length=4, choices=Result, blank=True, editable=False)
    #: The words of the dictionaries that were chosen, joined by "、": for lists and counts.
    result_reasons = models.CharField(_("结果的情形"), max_length=500, blank=True, editable=False)
    result_reason = models.CharField(_("结果的具体情形"), max_length=500, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, editable=False)
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, editable=False)
    #: When the firm was told in writing of the result that holds (`ResultNotice`); empty after a correction.
    told_on = models.DateField(_("告知日期"), null=True, editable=False)
    published_on = models.DateField(_("公示日期"), null=True, editable=False)
    created_at = models.DateTimeField(_("列出时间"), editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("拟定人")
    )
    ended_why = models.CharField(_("没有检查的原因"), max_length=300, blank=True, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("现场检查")
        verbose_name_plural = _("现场检查")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit_until__gte=F("visit_from")), name="inspection_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*states.SUBMITTED,)) | Q(result=""),
                name="inspection_result_only_when_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="inspection_newest"),
            models.Index(fields=["state", "visit_until"], name="inspection_by_state"),
            models.Index(fields=["subject", "-entered_at"], name="inspection_by_subject"),
            models.Index(fields=["-published_on"], name="inspection_by_published"),
            models.Index(fields=["-submitted_at"], name="inspection_by_submitted"),
            # Few of all that ever were: what is not yet told.
            models.Index(fields=["told_on", "state"], name="inspection_by_told"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def enforcing(self) -> bool:
        """Whether it is an inspection at all: 调研、督导、观摩 are counted apart (54号: 变相检查)."""
        return self.kind != self.Kind.OTHER

    @property
    def team(self) -> list[Inspector]:
        """Who goes there now, 主检 first; without those who must stay away since the firm applied for it.
        From the rows of `with_people`, where they are."""
        rows: list[TaskMember] | list[InspectionMember]
        if self.task is not None:
            rows = self.task.team
        else:
            rows = [member for member in self.members.all() if member.left_at is None]
        away = self.kept_away
        return [member.inspector for member in rows if member.inspector_id not in away]

    @property
    def kept_away(self) -> set[int]:
        """Ids of the inspectors against whom an application of the firm about this visit was granted."""
        asked = self.recusal_applications.all()
        return {one.inspector_id for one in asked if one.state == GRANTED}


class OfInspectionQuerySet(VisibleQuerySet):
    """Rows of an inspection: whoever may know of it may know of them."""

    def for_officer(self, officer: Officer) -> Self:
        seen = Inspection.objects.visible_to(officer).filter(pk=OuterRef("inspection"))
        return self.filter(Exists(seen))


class AtTheDoorQuerySet(OfInspectionQuerySet):
    """Rows of an inspection that the firm sees too, by the code of that visit."""

    def for_capability(self, capability: Capability) -> Self:
        return self.filter(inspection=visit_at_the_door(capability))


class InspectionItem(models.Model):
    """An item on the form; `unit` is the section or department that brought it and answers for it.

    `result` is this item's own, empty until entered (N7).
    """

    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="items", verbose_name=_("现场检查")
    )
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name=_("检查事项"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("股室或部门"))
    result = models.CharField(_("检查结果"), max_length=4, choices=Result, blank=True)

    objects = AtTheDoorQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查事项")
        verbose_name_plural = _("检查事项")
        ordering = ["inspection", "version__item__code"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "version"], name="inspection_item_once"),
        ]

    def __str__(self) -> str:
        return str(self.version)


class InspectionMember(models.Model):
    """Who goes to a single inspection while `left_at` is empty; position 1 is 主检. A drawn one has none."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("检查人员"))
    position = models.PositiveIntegerField(_("次序"))
    joined_at = models.DateTimeField(_("加入时间"))
    left_at = models.DateTimeField(_("退出时间"), null=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查人员")
        verbose_name_plural = _("检查人员")
        ordering = ["inspection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "inspector"],
                condition=Q(left_at=None),
                name="inspection_member_once",
            ),
            models.UniqueConstraint(
                fields=["inspection", "position"],
                condition=Q(left_at=None),
                name="inspection_position_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.inspector)
