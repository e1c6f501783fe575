"""年度抽查计划: a year's plan in versions, its lines, and the register as it stood on the base day (S1)."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.items.models import ItemVersion
from mingcha.kernel.ratios import share_text
from mingcha.planning.models.scopes import Scoped
from mingcha.planning.plans import lifecycle as states
from mingcha.registry.models import Subject

#: Who works with the plan or watches it; the public reads its publication.
PLAN_READERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)
#: Who may have the list of who counted: those who answer for it and those who look over it.
BASE_LIST_READERS = (Role.COORDINATOR, Role.BUREAU_LEADER, Role.OVERSEER)


class PlanQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*PLAN_READERS) else self.none()


class AnnualPlan(models.Model):
    """One version of a year's plan. A version that was approved never changes; a change is a new version."""

    year = models.PositiveIntegerField(
        _("年度"), validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    title = models.CharField(_("计划名称"), max_length=100)
    base_day = models.DateField(_("基准日"), help_text=_("企业总数按这一天的名录库计算"))
    grounds = models.TextField(_("制定依据和考虑"), blank=True, max_length=2000)
    shortage_way = models.TextField(
        _("人员不足的解决办法"),
        blank=True,
        max_length=1000,
        help_text=_("人员够用的不填；不够的写明改哪几项为非现场、请市局支援多少、或调整到哪几个月"),
    )
    change_reason = models.CharField(_("调整理由"), max_length=300, blank=True)
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.code, state.label) for state in states.PLAN.states],
        default=states.DRAFT,
        editable=False,
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("所替代的版本"),
    )
    created_at = models.DateTimeField(_("起草时间"), editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("起草人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, editable=False)
    published_at = models.DateTimeField(_("公布时间"), null=True, editable=False)
    end_reason = models.CharField(_("停止理由"), max_length=300, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度抽查计划")
        verbose_name_plural = _("年度抽查计划")
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="annual_plan_version_once"),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state__in=(states.DRAFT, states.SUBMITTED, states.APPROVED)),
                name="one_open_annual_plan_a_year",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s（第%(version)d版）") % {"title": self.title, "version": self.version}


class OfPlanQuerySet(PlanQuerySet):
    """Rows of a plan are as visible as the plan."""


class PlanLine(Scoped):
    """One line of a plan: what is inspected, at whom, how many, when, by whom.

    `without_cases` firms of the frozen base were left out because their disputes or complaints are not known.
    """

    class Source(models.TextChoices):
        OWN = "own", _("本局计划")
        SUPERIOR = "superior", _("上级计划")

    class Manner(models.TextChoices):
        ON_SITE = "on_site", _("现场检查")
        OFF_SITE = "off_site", _("非现场检查")

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="lines", verbose_name=_("计划"))
    number = models.PositiveIntegerField(_("序号"), editable=False)
    name = models.CharField(_("任务名称"), max_length=100)
    items = models.ManyToManyField(ItemVersion, related_name="plan_lines", verbose_name=_("抽查事项"))
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.OWN)
    superior_number = models.CharField(_("上级计划编号"), max_length=60, blank=True)
    superior_items = models.CharField(_("上级计划所列事项"), max_length=300, blank=True, editable=False)
    directed = models.BooleanField(_("定向抽查"), default=False, help_text=_("限定行业、地区或类别的为定向"))
    special = models.BooleanField(_("专项检查"), default=False)
    special_approval = models.CharField(_("专项检查批准、备案文号"), max_length=200, blank=True)

    first_day = models.DateField(_("开始日期"))
    last_day = models.DateField(_("结束日期"))
    lead_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_plan_lines",
        verbose_name=_("发起（牵头）股室"),
    )
    joining_units = models.ManyToManyField(
        Unit, blank=True, related_name="joined_plan_lines", verbose_name=_("参与股室和部门")
    )
    manner = models.CharField(_("检查方式"), max_length=10, choices=Manner, default=Manner.ON_SITE)
    manner_reason = models.CharField(_("采用现场检查的理由"), max_length=300, blank=True)
    avoid_seen = models.BooleanField(_("避开本年已经抽查过的对象"), default=True)
    team_size = models.PositiveIntegerField(
        _("每户人数"), default=2, validators=[MinValueValidator(2), MaxValueValidator(6)]
    )
    half_days = models.PositiveIntegerField(
        _("每户所需半天数"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    scope_digest = models.CharField(max_length=64, blank=True, editable=False)
    without_cases = models.PositiveIntegerField(_("件数不明、没有计入的户数"), default=0, editable=False)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("计划任务")
        verbose_name_plural = _("计划任务")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_line_number_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="plan_line_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(team_size__gte=2), name="plan_line_two_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """抽查计划编号: the superior's own number where it has one."""
        return self.superior_number or f"{self.plan.year}-RS-{self.number:02d}"

    @property
    def on_site(self) -> bool:
        return self.manner == self.Manner.ON_SITE

    @property
    def beyond_cap(self) -> bool:
        """Whether it is a superior's special inspection: the yearly cap neither stops nor counts it (E6)."""
        return self.special and self.source == self.Source.SUPERIOR


class LineStratum(models.Model):
    """One stratum of a line as the frozen base has it, with what is drawn of it.

    `population` firms, of which `available` can be drawn; `at_cap`, `class_a` and `seen` say how many cannot,
    counted once in this order (N6, S2). `rate_bp` is 0 where a number is split.
    """

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="strata")
    code = models.CharField(_("层"), max_length=80)
    kind = models.CharField(_("类型"), max_length=20, choices=Subject.Kind)
    label = models.CharField(_("名称"), max_length=120)
    population = models.PositiveIntegerField(_("户数"))
    at_cap = models.PositiveIntegerField(_("已达频次上限"), default=0)
    class_a = models.PositiveIntegerField(_("A级且本年已查"), default=0)
    seen = models.PositiveIntegerField(_("本年已查，避开"), default=0)
    rate_bp = models.PositiveIntegerField(_("比例（万分之）"), default=0)
    quota = models.PositiveIntegerField(_("应抽户数"), default=0)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("分层")
        verbose_name_plural = _("分层")
        ordering = ["line", "code"]
        constraints = [models.UniqueConstraint(fields=["line", "code"], name="line_stratum_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def rate_text(self) -> str:
        """300 → 3%."""
        return share_text(self.rate_bp)

    @property
    def available(self) -> int:
        """Firms that can be drawn."""
        return self.population - self.at_cap - self.class_a - self.seen


class PlanBase(models.Model):
    """The register as it counted for a plan: frozen, so that later changes move nothing (S1).

    kinds     kind of subject → how many count in the base
    groups    [[[line id, stratum], …], enterprises]: firms by the strata they can be drawn in
    content   the list of who counted, gzip of CSV; `digest` is the SHA-256 of the CSV
    """

    plan = models.OneToOneField(AnnualPlan, models.CASCADE, related_name="base", verbose_name=_("计划"))
    base_day = models.DateField(_("基准日"))
    frozen_at = models.DateTimeField(_("冻结时间"))
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("冻结人"))
    size = models.PositiveIntegerField(_("户数"))
    kinds = models.JSONField(_("各类户数"))
    seen = models.PositiveIntegerField(_("本年已查企业"))
    groups = models.JSONField()
    digest = models.CharField(_("名单摘要"), max_length=64)
    content = models.BinaryField()

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("基准名单")
        verbose_name_plural = _("基准名单")

    def __str__(self) -> str:
        return f"{self.plan} {self.base_day}"

    @property
    def enterprises(self) -> int:
        """企业总数: the denominator of the 3 %."""
        counts: dict[str, Any] = self.kinds
        return int(counts.get(Subject.Kind.ENTERPRISE, 0))


class SuperiorPlanList(models.Model):
    """A superior's plan as it was brought in: the file's rows as understood, until somebody confirms them."""

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="superior_lists")
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.JSONField()
    received_at = models.DateTimeField(_("导入时间"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("上级计划清单")
        verbose_name_plural = _("上级计划清单")
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
