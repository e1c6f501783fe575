"""候补递补、更换、退出: what is asked for after a draw and what was changed (draw protocol §7.7)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from mingcha.accounts.models import User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.basics.models.requests import Asked
from mingcha.planning import lifecycle as draws
from mingcha.planning.dispatch import change_lifecycle as states
from mingcha.planning.models.dispatch import SECTION_TASKS, Dispatch, Task, joined_by
from mingcha.planning.models.public_register import RegisterLine
from mingcha.registry.models import Inspector, Recusal
from mingcha.registry.models.audience import RECUSAL_READERS

_STATES = [(state.code, state.label) for state in states.CHANGE.states]


class ChangeRequestQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        """One's own, and those about tasks that one sees; a recusal only with those who know recusals.

        Who may be sent to a sealed list sees no request about its firms either.
        """
        seen = Task.objects.visible_to(officer).filter(pk=OuterRef("task"))
        about_tasks: Q = Q(task=None) | Q(Exists(seen))
        if not officer.has(*RECUSAL_READERS):
            reached = reach_filter(officer, SECTION_TASKS, section="dispatch__unit_id")
            about_tasks &= reached | Q(dispatch__in=joined_by(officer))
            about_tasks &= ~Q(cause=ChangeRequest.Cause.RECUSAL)
        return self.filter(about_tasks | Q(asked_by=officer.id))


class ChangeRequest(Asked):
    """Somebody asks for a 候补 or a 更换, with reason and evidence; another person decides.

    A 候补 concerns a `task`; a 更换 a `task` and an `inspector`; who drops out, an `inspector` and all the
    tasks that he has in this dispatch. `asked_by` is empty where the platform proposes what follows from an
    approved `recusal`.
    """

    class Kind(models.TextChoices):
        RESERVE = "reserve", _("候补递补")
        REPLACE = "replace", _("更换检查人员")
        DROP_OUT = "drop_out", _("检查人员退出")

    class Cause(models.TextChoices):
        DEREGISTERED = "deregistered", _("已注销或吊销")
        CLOSED = "closed", _("已歇业、停业或关闭")
        MOVED_OUT = "moved_out", _("已迁出本辖区")
        NOT_OURS = "not_ours", _("不属本局监管")
        NOT_FOUND = "not_found", _("登记的住所查无下落")
        MEANWHILE = "meanwhile", _("抽取后已达年度入企频次上限")
        RECUSAL = "recusal", _("回避")
        CLASH = "clash", _("这一户的检查时间与其他公务冲突")
        ILL = "ill", _("病假、事假等长时间不能到岗")
        TRANSFERRED = "transferred", _("调离")
        SUSPENDED = "suspended", _("停职或暂停执法")
        CERTIFICATE = "certificate", _("执法证件失效")
        SECONDED = "seconded", _("借调、抽调、脱产培训")

    #: The causes of each kind.
    CAUSES = {
        Kind.RESERVE: (
            Cause.DEREGISTERED,
            Cause.CLOSED,
            Cause.MOVED_OUT,
            Cause.NOT_OURS,
            Cause.NOT_FOUND,
            Cause.MEANWHILE,
        ),
        Kind.REPLACE: (Cause.RECUSAL, Cause.CLASH),
        Kind.DROP_OUT: (
            Cause.ILL,
            Cause.TRANSFERRED,
            Cause.SUSPENDED,
            Cause.CERTIFICATE,
            Cause.SECONDED,
        ),
    }
    _SUBJECTS = gettext_noop("本局方案二（二）2：检查对象名录库；SSJ-1 §7.7 候补")
    _REGISTER = gettext_noop("本局方案二（二）3：执法检查人员名录库；SSJ-1 §7.7")
    _QUALIFIED = gettext_noop("行政处罚法第42条：由具有行政执法资格的执法人员实施，不得少于两人")
    #: What each cause rests on.
    BASES = {
        Cause.DEREGISTERED: _SUBJECTS,
        Cause.CLOSED: _SUBJECTS,
        Cause.MOVED_OUT: gettext_noop("国办发〔2024〕54号：属地管辖，严禁违规异地检查"),
        Cause.NOT_OURS: gettext_noop("国办发〔2024〕54号二：在法定职责范围内检查"),
        Cause.NOT_FOUND: _SUBJECTS,
        Cause.MEANWHILE: gettext_noop("国办发〔2024〕54号四：年度检查频次上限"),
        Cause.RECUSAL: gettext_noop("行政处罚法第43条；劳动保障监察条例第16条"),
        Cause.CLASH: _REGISTER,
        Cause.ILL: _REGISTER,
        Cause.TRANSFERRED: _QUALIFIED,
        Cause.SUSPENDED: _QUALIFIED,
        Cause.CERTIFICATE: _QUALIFIED,
        Cause.SECONDED: _REGISTER,
    }

    dispatch = models.ForeignKey(
        Dispatch, models.PROTECT, related_name="change_requests", verbose_name=_("派发")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, related_name="change_requests", verbose_name=_("检查任务")
    )
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, null=True, related_name="+", verbose_name=_("检查人员")
    )
    cause = models.CharField(_("事由"), max_length=14, choices=Cause)
    reason = models.CharField(_("说明"), max_length=300)
    recusal = models.ForeignKey(
        Recusal, models.PROTECT, null=True, related_name="change_requests", verbose_name=_("回避登记")
    )
    #: Whether this request entered `recusal`; one that stood already outlives it.
    recusal_declared = models.BooleanField(_("随申请登记回避"), default=False)
    #: The firm applied for it: the recusal of this kind is entered when, and only when, it is granted.
    applied_relation = models.CharField(
        _("当事人申请回避的情形"), max_length=20, choices=Recusal.Kind, blank=True, default=""
    )
    state = models.CharField(_("状态"), max_length=10, choices=_STATES, default=states.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("提出人"))

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("候补或更换")
        verbose_name_plural = _("候补和更换")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(kind="reserve", state=states.WAITING),
                name="reserve_asked_for_once",
            ),
            models.UniqueConstraint(
                fields=["task", "inspector"],
                condition=Q(kind="replace", state=states.WAITING),
                name="replacement_asked_for_once",
            ),
            models.UniqueConstraint(
                fields=["dispatch", "inspector"],
                condition=Q(kind="drop_out", state=states.WAITING),
                name="drop_out_asked_for_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="change_request_by_state")]

    def __str__(self) -> str:
        about = [str(one) for one in (self.task, self.inspector) if one is not None]
        return f"{self.get_kind_display()}：{'，'.join(about)}"


class DispatchChangeQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        seen = ChangeRequest.objects.visible_to(officer).values("pk")
        return self.filter(request__in=seen)

    def for_public(self) -> Self:
        """With the result: of a sealed draw once it is opened."""
        return self.filter(dispatch__draw__state=draws.DRAWN)


class DispatchChange(models.Model):
    """One 候补 or 更换 as it was carried out; `number` counts within a dispatch from 1. Never changed.

    `public` and `confidential` are the canonical lines of the bundle (`kernel.draw.changes`); applied in
    order to the draw, the confidential ones give the teams as they are.
    """

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField(_("次序"))
    request = models.OneToOneField(ChangeRequest, models.PROTECT, related_name="change")
    event = models.CharField(_("事项"), max_length=10)
    public = models.TextField()
    confidential = models.TextField()
    line = models.OneToOneField(RegisterLine, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("时间"))

    objects = DispatchChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("候补和更换的记录")
        verbose_name_plural = _("候补和更换的记录")
        ordering = ["dispatch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "number"], name="change_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"


#: Who may look at requests, each at those that he may see.
CHANGE_READERS = (
    Role.COORDINATOR,
    Role.OVERSEER,
    *SECTION_TASKS,
    Role.INSPECTOR,
)
