"""派发: the tasks of a draw, who goes where, and who may know of it (domain §2.2; design §8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base import clock
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.items.models import ItemVersion
from mingcha.planning import lifecycle as draws
from mingcha.planning.dispatch import lifecycle as states
from mingcha.planning.models.campaigns import Campaign
from mingcha.planning.models.draws import Draw
from mingcha.planning.models.results import DrawPerson, DrawTarget
from mingcha.registry.models import Inspector, Subject

if TYPE_CHECKING:
    from mingcha.planning.models.visits import Companion

#: Who sees every task; who sees those of a section or department.
ALL_TASKS = (Role.COORDINATOR, Role.OVERSEER)
SECTION_TASKS = (Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.PARTNER)
#: Who confirms and arranges for the section or department that answers.
ANSWERING = (Role.SECTION_HEAD, Role.PARTNER)
ARRANGERS = (Role.COORDINATOR, *ANSWERING)
DISPATCH_READERS = (*ALL_TASKS, *SECTION_TASKS)
TASK_READERS = (*DISPATCH_READERS, Role.INSPECTOR)
_STATES = [(state.code, state.label) for state in states.TASK.states]


class DispatchQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(*ALL_TASKS):
            return self
        reached = reach_filter(officer, SECTION_TASKS, section="unit_id")
        return self.filter(reached | Q(pk__in=joined_by(officer)))

    def answered_by(self, officer: Officer) -> Self:
        """Those whose visits this officer arranges: the organiser, the head of the unit that answers."""
        if officer.has(Role.COORDINATOR):
            return self
        return self.filter(reach_filter(officer, ANSWERING, section="unit_id"))


class Dispatch(models.Model):
    """The tasks of one draw, or of one superior's list that names inspectors too, as they are handed on.

    `unit` answers for them: it compares and confirms in time. `item_versions` are those that were sealed.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="dispatches", verbose_name=_("抽查任务")
    )
    draw = models.OneToOneField(
        Draw, models.PROTECT, null=True, related_name="dispatch", verbose_name=_("抽取")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("负责股室或部门"))
    item_versions = models.ManyToManyField(ItemVersion, related_name="+", verbose_name=_("抽查事项"))
    visit_from = models.DateField(_("检查开始日期"))
    visit_until = models.DateField(_("检查结束日期"))
    state = models.CharField(_("状态"), max_length=10, choices=_STATES, default=states.PREPARED)
    prepared_at = models.DateTimeField(_("列出时间"))
    sent_at = models.DateTimeField(_("派发时间"), null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("派发人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("派发")
        verbose_name_plural = _("派发")
        ordering = ["-prepared_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(draw=None), name="dispatch_of_a_superior_list_once"
            ),
            models.CheckConstraint(
                condition=Q(visit_until__gte=F("visit_from")), name="dispatch_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.campaign.title


class DispatchPartQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(dispatch__in=Dispatch.objects.visible_to(officer).values("pk"))

    def confirmed_by(self, officer: Officer) -> Self:
        """Those that this officer confirms: of the own section or department."""
        return self.filter(reach_filter(officer, ANSWERING, section="unit_id"))


class DispatchPart(models.Model):
    """A section or department that joins a dispatch, and whether it has compared and confirmed its part.

    The firms are the same for all that join: a joint visit is one visit (54号四).
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="parts", verbose_name=_("派发"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("参与股室或部门"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )

    objects = DispatchPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("参与单位的部分")
        verbose_name_plural = _("参与单位的部分")
        ordering = ["dispatch", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "unit"], name="dispatch_part_of_a_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dispatch}（{self.unit}）"


def joined_by(officer: Officer) -> models.QuerySet[Any]:
    """The ids of the dispatches that the officer's section or department joins."""
    parts = DispatchPart.objects.filter(reach_filter(officer, SECTION_TASKS, section="unit_id"))
    return parts.values("dispatch")


class TaskQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """What an officer's roles reach, and what an inspector may know of by now."""
        return self.filter(tasks_seen_by(officer))

    def mine(self, officer: Officer) -> Self:
        """The officer's own tasks, once confirmed, from the day on which he may know of them."""
        return self.filter(tasks_told_to(officer))


def tasks_seen_by(officer: Officer, path: str = "") -> Q:
    """The condition of seeing a task; `path` leads from a row to its task ("task__").

    While a sealed result is kept, nobody who may be sent learns of firms before `known_from`, whatever
    else they are; the organiser and the overseer must (as `DrawTarget`). What is kept is little, and is
    looked up by itself: so the condition costs a list of a hundred thousand no more than its filters do.
    """
    if officer.has(*ALL_TASKS):
        return Q(**{f"{path}pk__isnull": False})
    reached = reach_filter(officer, SECTION_TASKS, section=f"{path}dispatch__unit_id")
    reached |= Q(**{f"{path}dispatch__in": joined_by(officer)})
    kept = Task.objects.filter(dispatch__draw__state=draws.KEPT, known_from__gt=clock.today())
    if not officer.has(Role.INSPECTOR):
        drawn_from = DrawPerson.objects.filter(inspector__user=officer.id).values("draw")
        kept = kept.filter(dispatch__draw__in=drawn_from)
    hidden = Q(**{f"{path}pk__in": kept.values("pk")})
    there = Q(**{f"{path}pk__isnull": False})
    return (there & reached & ~hidden) | tasks_told_to(officer, path)


def tasks_told_to(officer: Officer, path: str = "") -> Q:
    """The condition of being on a task's team, once it is confirmed and from the day of knowing on."""
    mine = TaskMember.objects.filter(inspector__user=officer.id, left_at=None).values("task")
    return Q(
        **{
            f"{path}pk__in": mine,
            f"{path}state__in": states.TOLD,
            f"{path}known_from__lte": clock.today(),
        }
    )


class Task(models.Model):
    """检查任务: one firm to be visited, when, and from which day those who go there may know of it.

    `seq` is its 抽取序号, or its row in a superior's list. `name` is the firm's at the draw.
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="tasks", verbose_name=_("派发"))
    seq = models.PositiveIntegerField(_("抽取序号"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="tasks", verbose_name=_("检查对象"))
    target = models.OneToOneField(DrawTarget, models.PROTECT, null=True, related_name="task")
    name = models.CharField(_("检查对象"), max_length=200)
    visit_from = models.DateField(_("检查开始日期"))
    visit_until = models.DateField(_("检查结束日期"))
    known_from = models.DateField(_("检查人员知悉日期"))
    state = models.CharField(_("状态"), max_length=10, choices=_STATES, default=states.PREPARED)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查任务")
        verbose_name_plural = _("检查任务")
        ordering = ["dispatch", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "subject"], name="task_of_a_firm_once"),
            models.CheckConstraint(
                condition=Q(visit_until__gte=F("visit_from")), name="task_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["dispatch", "state"], name="task_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def team(self) -> list[TaskMember]:
        """Who goes there now, 主检 first. From the rows fetched along, where they are."""
        return [member for member in self.members.all() if member.left_at is None]

    @property
    def helpers(self) -> list[Companion]:
        """Who goes along with the team now. From the rows fetched along, where they are."""
        return [companion for companion in self.companions.all() if companion.left_at is None]


class TaskMemberQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(task__in=Task.objects.visible_to(officer).values("pk"))


class TaskMember(models.Model):
    """A person on a task's team, while `left_at` is empty; position 1 is 主检. Who left stays to be seen.

    `code` is the fresh code of the draw (I001 …), empty where a superior named the person.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="members")
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("检查人员"))
    code = models.CharField(_("代号"), max_length=8, blank=True)
    position = models.PositiveIntegerField(_("次序"))
    joined_at = models.DateTimeField(_("加入时间"))
    left_at = models.DateTimeField(_("退出时间"), null=True)

    objects = TaskMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查组成员")
        verbose_name_plural = _("检查组成员")
        ordering = ["task", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "inspector"], condition=Q(left_at=None), name="task_member_once"
            ),
            models.UniqueConstraint(
                fields=["task", "position"], condition=Q(left_at=None), name="task_position_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.inspector)
