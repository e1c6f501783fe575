"""Deadlines: a dated rule bound to a thing (design §4.5, domain §3.2)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.basics.models.common import AboutThing, DatedManager, DatedRow
from mingcha.kernel.terms import Term

#: Roles whose reach opens deadlines; what each sees follows from the grant's reach.
WATCHING = (
    Role.COORDINATOR,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.INSPECTOR,
    Role.OVERSEER,
    Role.PARTNER,
)


class Form(models.TextChoices):
    """How a rule gives its date."""

    TERM = "term", _("起算日后一定期限内")
    NOTICE = "notice", _("某日之前一定期限")
    STATED = "stated", _("以文书载明的日期为准")
    EXTENSION = "extension", _("延长另一期限")
    GATE = "gate", _("前置条件，不计时")


class Roll(models.TextChoices):
    """What happens when a term of days, months or years ends on a day off."""

    FORWARD = "forward", _("顺延到其后第一个工作日")
    BACK = "back", _("提前到其前一个工作日")
    NONE = "none", _("不顺延")


def warn_at_default() -> list[int]:
    """7, 3 and 1 work days before the end (domain §12)."""
    return [7, 3, 1]


class DeadlineRule(DatedRow):
    """One row of the table of terms, for one stretch of days.

    `term` is a kernel term ("20WD"); when `parameter` names a parameter of kind term, its value on the
    first day of the deadline is used instead. `extends` is the code of the rule that an EXTENSION
    lengthens.
    """

    code = models.CharField(_("代码"), max_length=40)
    label = models.CharField(_("应办事项"), max_length=120)
    trigger = models.CharField(_("起算"), max_length=120)
    form = models.CharField(_("方式"), max_length=12, choices=Form.choices, default=Form.TERM)
    term = models.CharField(_("期限"), max_length=10, blank=True, default="")
    parameter = models.CharField(_("取自参数"), max_length=60, blank=True, default="")
    extends = models.CharField(_("延长"), max_length=40, blank=True, default="")
    roll = models.CharField(_("遇休息日"), max_length=8, choices=Roll.choices, default=Roll.FORWARD)
    warn_at = models.JSONField(_("提醒（剩余工作日）"), default=warn_at_default)

    objects = DatedManager()

    class Meta(DatedRow.Meta):
        verbose_name = _("期限规则")
        verbose_name_plural = _("期限规则")
        ordering = ("code", "-effective_from", "-id")
        constraints = [
            *DatedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("code", "effective_from"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_rule_begins_on_a_day",
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(withdrawn_at__isnull=True, effective_to__isnull=True),
                name="one_standing_rule_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def term_label(self) -> str:
        """The term in Chinese, or how else the date is found."""
        if self.parameter:
            return str(_("按参数 %(code)s")) % {"code": self.parameter}
        return Term.parse(self.term).label if self.term else str(self.get_form_display())


class DeadlineState(models.TextChoices):
    """States of `lifecycles.DEADLINE`."""

    RUNNING = "running", _("计时中")
    OVERDUE = "overdue", _("已超期")
    MET = "met", _("按期办结")
    MET_LATE = "met_late", _("逾期办结")
    CANCELLED = "cancelled", _("已取消")


OPEN_STATES = (DeadlineState.RUNNING, DeadlineState.OVERDUE)


class DeadlineQuerySet(VisibleQuerySet):
    """Officers see theirs by reach: own, section or bureau; and what is addressed to a role they hold."""

    def for_officer(self, officer: Officer) -> Self:
        reached = reach_filter(officer, WATCHING, section="owner_unit", own="owner_user")
        addressed = Q(owner_user=officer.id)
        for grant in officer.grants:
            for_role = Q(owner_role=grant.role.value)
            if grant.unit_ids:
                for_role &= Q(owner_unit__in=grant.unit_ids) | Q(owner_unit__isnull=True)
            addressed |= for_role
        return self.filter(reached | addressed)

    def open(self) -> Self:
        """Not yet met or cancelled."""
        return self.filter(state__in=OPEN_STATES)


class Deadline(AboutThing):
    """A date by which something must be done about a thing, and who answers for it.

    `due_on` is the last day; `provisional` says that a year without official calendar took part in it.
    `term` and `extension_term` are kept so that the date can be computed again when the calendar changes;
    both empty for a date that a document states.
    """

    rule = models.ForeignKey(DeadlineRule, models.PROTECT, related_name="deadlines", verbose_name=_("规则"))
    started_on = models.DateField(_("起算日"))
    due_on = models.DateField(_("到期日"))
    provisional = models.BooleanField(_("暂定"), default=False)
    term = models.CharField(_("期限"), max_length=10, blank=True, default="")
    extension_term = models.CharField(_("延长期限"), max_length=10, blank=True, default="")
    extended_from = models.DateField(_("延期前到期日"), null=True, blank=True)
    extension_rule = models.ForeignKey(
        DeadlineRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("延期规则")
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("责任人"),
    )
    owner_unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("责任股室"),
    )
    owner_role = models.CharField(_("责任岗位"), max_length=20, choices=Role.choices, blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=12, choices=DeadlineState.choices, default=DeadlineState.RUNNING
    )
    met_on = models.DateField(_("办结日期"), null=True, blank=True)
    ended_why = models.CharField(_("结束说明"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("登记时间"))

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_user__isnull=False) | Q(owner_unit__isnull=False) | ~Q(owner_role=""),
                name="a_deadline_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=("rule", "thing_type", "thing_id"),
                condition=Q(state__in=("running", "overdue")),
                name="one_open_deadline_of_a_rule_on_a_thing",
            ),
        ]
        indexes = [
            models.Index(fields=("state", "due_on"), name="deadline_by_due"),
            models.Index(fields=("thing_type", "thing_id"), name="deadline_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.rule.label}：{self.thing_label}" if self.thing_label else self.rule.label


class FollowsDeadline(VisibleQuerySet):
    """As visible as the deadline it belongs to."""

    def for_officer(self, officer: Officer) -> Self:
        return self.filter(deadline__in=Deadline.objects.visible_to(officer).values("pk"))


class DeadlineMove(models.Model):
    """A date that moved: by an approved extension, or because the calendar was published or corrected."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="moves")
    from_date = models.DateField(_("原到期日"))
    to_date = models.DateField(_("现到期日"))
    why = models.CharField(_("原因"), max_length=300)
    #: The calendar year whose publication moved it; None for an extension.
    calendar_year = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("时间"))

    objects = FollowsDeadline.as_manager()

    class Meta:
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.from_date} → {self.to_date}"


class DeadlineNotice(models.Model):
    """That a stage (warn7, overdue, escalated…) was announced for a date; never twice."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=20)
    due_on = models.DateField()
    at = models.DateTimeField()

    objects = FollowsDeadline.as_manager()

    class Meta:
        verbose_name = _("期限提醒")
        verbose_name_plural = _("期限提醒")
        constraints = [
            models.UniqueConstraint(fields=("deadline", "stage", "due_on"), name="a_stage_is_announced_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.stage} {self.due_on}"
