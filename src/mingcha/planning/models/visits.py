"""检查安排: when a task is visited, and who goes along without being one of the two (N3; 54号五)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.kernel.rounds import Half, half_of
from mingcha.planning.models.dispatch import Task
from mingcha.registry.models import Inspector


class OfTaskQuerySet(VisibleQuerySet):
    """Rows of a task: whoever may know of the task may know of them, and nobody earlier."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(task__in=Task.objects.visible_to(officer).values("pk"))


class VisitSlot(models.Model):
    """The half-day on which a task's team goes there. Who goes was drawn; only when is arranged."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="slot", verbose_name=_("检查任务"))
    day = models.DateField(_("计划日期"), db_index=True)
    morning = models.BooleanField(_("上午"), default=True)
    set_at = models.DateTimeField(_("安排时间"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("安排人"))

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查安排")
        verbose_name_plural = _("检查安排")
        ordering = ["day", "-morning", "id"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.half_text}"

    @property
    def half(self) -> Half:
        return half_of(self.day, morning=self.morning)

    @property
    def half_text(self) -> str:
        return str(_("上午") if self.morning else _("下午"))


class Companion(models.Model):
    """协助人员、专家: goes along for a purpose while `left_at` is empty; never counted as one of the team."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="companions", verbose_name=_("检查任务"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("协助人员"))
    purpose = models.CharField(_("协助什么"), max_length=200)
    joined_at = models.DateTimeField(_("列入时间"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("列入人"))
    left_at = models.DateTimeField(_("退出时间"), null=True)

    objects = OfTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("协助人员")
        verbose_name_plural = _("协助人员")
        ordering = ["task", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "inspector"], condition=Q(left_at=None), name="companion_of_a_task_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.inspector)
