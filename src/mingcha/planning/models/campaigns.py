"""抽查任务: why somebody is inspected at all, and what was approved about it (N1; design §5)."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.items.models import ItemVersion
from mingcha.planning.campaigns import lifecycle as states
from mingcha.planning.models.plans import PLAN_READERS, PlanLine
from mingcha.planning.models.scopes import Scoped
from mingcha.registry.models import Inspector, Subject

#: Who works with campaigns or watches them. An inspector learns of one only through a task of their own.
CAMPAIGN_READERS = PLAN_READERS


class CampaignQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*CAMPAIGN_READERS) else self.none()

    def to_draw(self) -> Self:
        """Those in which something is drawn: all but a superior's that names the inspectors of every firm."""
        left = CampaignTarget.objects.filter(campaign=OuterRef("pk"), inspectors=None).kept()
        return self.exclude(Q(source=Campaign.Source.SUPERIOR) & ~Exists(left))


class Campaign(Scoped):
    """One 抽查任务: its source, what is inspected, at whom, when, by which sections; approved once.

    What a task of the year's plan says is copied when the campaign is drafted, so that what was approved
    stays as it was. A superior's campaign names its firms one by one (`CampaignTarget`) and has no scope.
    """

    class Source(models.TextChoices):
        PLAN = "plan", _("年度计划任务")
        AD_HOC = "ad_hoc", _("经批准的临时任务")
        SPECIAL = "special", _("专项检查")
        SUPERIOR = "superior", _("上级抽取派发")

    class Manner(models.TextChoices):
        ON_SITE = "on_site", _("现场检查")
        OFF_SITE = "off_site", _("非现场检查")
        BOTH = "both", _("现场和非现场")

    title = models.CharField(_("任务名称"), max_length=100)
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    plan_lines = models.ManyToManyField(
        PlanLine, blank=True, related_name="campaigns", verbose_name=_("年度计划任务")
    )
    superior_number = models.CharField(_("上级任务编号"), max_length=60, blank=True)
    superior_at = models.DateTimeField(_("上级派发时间"), null=True, blank=True)
    reason = models.CharField(_("事由"), max_length=500, blank=True)
    item_versions = models.ManyToManyField(ItemVersion, related_name="campaigns", verbose_name=_("抽查事项"))
    directed = models.BooleanField(_("定向抽查"), default=False, help_text=_("限定行业、地区或类别的为定向"))
    manner = models.CharField(_("检查方式"), max_length=10, choices=Manner, default=Manner.ON_SITE)
    manner_reason = models.CharField(_("采用现场检查的理由"), max_length=300, blank=True)
    unannounced = models.BooleanField(
        _("不事先通知"), default=True, help_text=_("入企检查一般不事先通知，名单在检查时才公开")
    )
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_campaigns", verbose_name=_("牵头股室")
    )
    joining_units = models.ManyToManyField(
        Unit, blank=True, related_name="joined_campaigns", verbose_name=_("参与股室和部门")
    )
    visit_from = models.DateField(_("检查开始日期"))
    visit_until = models.DateField(_("检查结束日期"))
    avoid_seen = models.BooleanField(_("避开本年已经抽查过的对象"), default=True)
    team_size = models.PositiveIntegerField(
        _("每户人数"), default=2, validators=[MinValueValidator(2), MaxValueValidator(6)]
    )
    half_days = models.PositiveIntegerField(
        _("每户所需半天数"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )

    #: A special inspection has steps of its own (E10) and does not spare class A (S2).
    special = models.BooleanField(_("专项检查"), default=False, editable=False)
    assessment = models.TextField(_("必要性评估"), max_length=2000, blank=True)
    approved_by = models.CharField(_("批准的人民政府"), max_length=100, blank=True)
    approval_number = models.CharField(_("批准文号"), max_length=100, blank=True)
    filed = models.CharField(_("备案机关和日期"), max_length=200, blank=True)
    announced = models.CharField(_("公布的时间和地方"), max_length=200, blank=True)

    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.code, state.label) for state in states.CAMPAIGN.states],
        default=states.DRAFT,
        editable=False,
    )
    roster_digest = models.CharField(_("提请批准时的名单摘要"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("拟定时间"), editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("拟定人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, editable=False)
    ended_at = models.DateTimeField(_("办结或撤销时间"), null=True, editable=False)
    end_reason = models.CharField(_("办结或撤销说明"), max_length=300, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查任务")
        verbose_name_plural = _("抽查任务")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["superior_number"],
                condition=~Q(superior_number="") & ~Q(state=states.CANCELLED),
                name="campaign_superior_number_once",
            ),
            models.CheckConstraint(
                condition=Q(visit_until__gte=F("visit_from")), name="campaign_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(team_size__gte=2), name="campaign_two_a_team"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def on_site(self) -> bool:
        """Whether somebody goes there: then the yearly cap holds (N6)."""
        return self.manner != self.Manner.OFF_SITE

    @property
    def has_rates(self) -> bool:
        """Whether its strata may have different ratios: rates of their own, or weights of grades."""
        weighted = self.stratify == self.Stratify.HRSS
        return self.quota_mode == self.QuotaMode.RATE and (weighted or bool(self.rates))

    @property
    def from_above(self) -> bool:
        return self.source == self.Source.SUPERIOR

    @property
    def beyond_cap(self) -> bool:
        """Whether it is a superior's special inspection: the yearly cap neither stops nor counts it (E6)."""
        ordered = self.from_above or self.plan_lines.filter(source=PlanLine.Source.SUPERIOR).exists()
        return self.special and ordered


class OfCampaignQuerySet(CampaignQuerySet):
    """Rows of a campaign are as visible as the campaign."""


class CampaignTargetQuerySet(OfCampaignQuerySet):
    def kept(self) -> Self:
        """Those that are inspected: all but the ones that somebody decided to leave out."""
        return self.exclude(decision=CampaignTarget.Decision.LEAVE_OUT)

    def with_inspectors(self) -> Self:
        """Those whose inspectors the superior named too: visited without a draw of ours."""
        return self.filter(inspectors__isnull=False).distinct()


class CampaignTarget(models.Model):
    """A firm that a superior drew: it is inspected, and never drawn a second time.

    `name` and `code` are what the superior's list says; `place` is its row. A firm at its cap (`at_cap`) is
    kept or left out by a person with a reason, never dropped silently (54号 E6).
    """

    class Decision(models.TextChoices):
        OPEN = "", _("待决定")
        KEEP = "keep", _("仍然检查")
        LEAVE_OUT = "leave_out", _("不检查，报上级")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets", verbose_name=_("抽查任务"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("检查对象"))
    place = models.PositiveIntegerField(_("行"))
    name = models.CharField(_("名称（上级名单）"), max_length=200)
    code = models.CharField(_("代码（上级名单）"), max_length=32, blank=True)
    inspectors = models.ManyToManyField(Inspector, related_name="+", verbose_name=_("上级指定的检查人员"))
    at_cap = models.BooleanField(_("已达年度入企频次上限"), default=False)
    decision = models.CharField(_("处理"), max_length=10, choices=Decision, blank=True, default=Decision.OPEN)
    decision_reason = models.CharField(_("处理理由"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True)

    objects = CampaignTargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("上级抽中的对象")
        verbose_name_plural = _("上级抽中的对象")
        ordering = ["campaign", "place"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "subject"], name="campaign_target_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SuperiorDrawList(models.Model):
    """A superior's draw as it was brought in: the file's rows as understood, until somebody confirms them."""

    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.JSONField()
    received_at = models.DateTimeField(_("导入时间"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    campaign = models.OneToOneField(
        Campaign, models.PROTECT, null=True, related_name="superior_list", verbose_name=_("抽查任务")
    )

    objects = OfCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("上级抽取名单")
        verbose_name_plural = _("上级抽取名单")
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
