"""A draw, what was frozen with it, what came out, and the public register of all draws."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.items.models import ItemVersion
from mingcha.kernel.ratios import share_text
from mingcha.planning import lifecycle
from mingcha.planning.models.source import RandomSource
from mingcha.registry.models import Specialty, Subject

#: Who sees draws inside. An inspector learns of a draw only through an assigned task, never a sealed list.
DRAW_READERS = (Role.COORDINATOR, Role.SECTION_HEAD, Role.BUREAU_LEADER, Role.OVERSEER)
#: Draws that exist for the outside: numbered, in the public register.
PUBLISHED_STATES = (
    lifecycle.SEALED,
    lifecycle.REVEALED,
    lifecycle.KEPT,
    lifecycle.DRAWN,
    lifecycle.VOID,
)


class DrawQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(*DRAW_READERS):
            return self
        return self.for_public()

    def for_public(self) -> Self:
        return self.filter(state__in=PUBLISHED_STATES)


class Draw(RandomSource):
    """One draw of subjects and of the people who go there (draw protocol §7)."""

    class QuotaMode(models.TextChoices):
        RATE = "rate", _("按比例（每类分别计算，向上取整）")
        TOTAL = "total", _("按总户数（各类按比例分配）")

    class Mode(models.TextChoices):
        OPEN = "open", _("公开抽取：抽取后立即公布结果")
        SEALED = "sealed", _("封存抽取（暗访）：检查结束后才公布名单和结果")

    title = models.CharField(_("抽查名称"), max_length=100)
    #: Null only for draws of before there were campaigns.
    campaign = models.ForeignKey(
        "planning.Campaign", models.PROTECT, null=True, related_name="draws", verbose_name=_("抽查任务")
    )
    #: The draw whose firms without a full team this one serves (draw protocol §7.7).
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="supplemented_by",
        verbose_name=_("补充的抽取"),
    )
    #: The second person who agreed to another attempt (N4).
    repeat_approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("同意再次抽取的人")
    )
    plan_line = models.ForeignKey(
        "planning.PlanLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("年度计划任务"),
        help_text=_("按年度计划抽取的，选计划中的任务；名单只取该任务范围内的对象"),
    )
    item_versions = models.ManyToManyField(
        ItemVersion,
        related_name="draws",
        verbose_name=_("抽查事项"),
        help_text=_("只能选已公布并在检查期间施行的事项（国办发〔2024〕54号三）"),
    )
    #: The names of the items as they were when it was last drafted; goes into the sealed plan and the notice.
    items = models.CharField(_("抽查事项"), max_length=1000, editable=False)
    subject_kinds = models.CharField(_("抽取范围"), max_length=200, help_text=_("检查对象的类型"))
    quota_mode = models.CharField(_("抽取方式"), max_length=10, choices=QuotaMode, default=QuotaMode.RATE)
    rate_bp = models.PositiveIntegerField(
        _("比例（万分之）"), default=300, validators=[MinValueValidator(0), MaxValueValidator(10000)]
    )
    total = models.PositiveIntegerField(_("总户数"), default=0)
    reserve_pct = models.PositiveIntegerField(
        _("候补比例（%）"), default=20, validators=[MaxValueValidator(100)]
    )
    per_target = models.PositiveIntegerField(
        _("每户人数"), default=2, validators=[MinValueValidator(2), MaxValueValidator(6)]
    )
    capacity = models.PositiveIntegerField(
        _("每人至多户数"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100000)]
    )
    specialty = models.ForeignKey(
        Specialty, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("所需业务专长")
    )
    visit_from = models.DateField(_("检查开始日期"))
    visit_until = models.DateField(_("检查结束日期"))
    reveal_at = models.DateTimeField(_("摇号时间"))
    reveal_place = models.CharField(_("摇号地点"), max_length=100)
    repeat_reason = models.CharField(
        _("再次抽取的理由"), max_length=200, blank=True, help_text=_("只在同一份名单已经抽取过时填写，将公开")
    )
    mode = models.CharField(
        _("公开方式"),
        max_length=10,
        choices=Mode,
        default=Mode.OPEN,
        help_text=_("入企检查一般不事先告知，默认封存；结果最迟在方案写明的日期公开"),
    )
    open_by = models.DateField(_("最迟公开日期"), null=True, editable=False)
    opened_at = models.DateTimeField(_("公开时间"), null=True, editable=False)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in lifecycle.DRAW_LIFECYCLE.states],
        default=lifecycle.DRAFT,
        editable=False,
    )
    number = models.CharField(_("抽取编号"), max_length=48, blank=True, editable=False)
    #: The value as the protocol writes it: twenty digits, or twenty numbers ascending (§7.3).
    digits = models.CharField(_("摇出的号码"), max_length=64, blank=True, editable=False)
    plan_digest = models.CharField(_("方案摘要"), max_length=64, blank=True, editable=False)
    roster_digest = models.CharField(_("名单摘要"), max_length=64, blank=True, editable=False)
    #: The strata in words, as they were sealed.
    stratum_labels = models.JSONField(default=dict, editable=False)
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("拟定时间"), editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("拟定人")
    )
    sealed_at = models.DateTimeField(_("封存时间"), null=True, editable=False)
    revealed_at = models.DateTimeField(_("录入号码时间"), null=True, editable=False)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, editable=False)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽取")
        verbose_name_plural = _("抽取")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="draw_number_once"
            ),
            models.CheckConstraint(condition=models.Q(per_target__gte=2), name="draw_two_a_target"),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="draw_capacity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def kinds(self) -> list[str]:
        """The kinds of subjects it draws from."""
        return [kind for kind in self.subject_kinds.split(",") if kind]

    @property
    def used_digest(self) -> str:
        """The digest of the plan that counts: the first, or the fallback's that the first commits to."""
        return self.fallback_digest if self.uses_fallback else self.plan_digest

    @property
    def balls(self) -> list[str]:
        """The drawn digits or numbers, one by one."""
        return self.digits.split(".") if "." in self.digits else list(self.digits)

    @property
    def witnesses(self) -> str:
        """Who watched the entry that counts, in words; empty before there is one."""
        entries = self.attempts.filter(returned_at=None).order_by("-entered_at", "-pk")
        return entries.values_list("witnesses", flat=True).first() or ""

    @property
    def is_complete(self) -> bool:
        """Drawn, whether the public may know the result yet or not."""
        return self.state in lifecycle.COMPLETE

    @property
    def void_result(self) -> bool:
        """Whether it is void and what it would have drawn is known."""
        return self.state == lifecycle.VOID and bool(self.digits)

    @property
    def withheld(self) -> bool:
        """Whether the public may not see roster and result: sealed mode, not opened."""
        return self.mode == self.Mode.SEALED and self.state != lifecycle.DRAWN and not self.void_result

    @property
    def kinds_text(self) -> str:
        return "、".join(str(Subject.Kind(kind).label) for kind in self.kinds)

    @property
    def quota_text(self) -> str:
        """The rule in a sentence."""
        if self.supplements is not None:
            return gettext("%(number)s 中没有派满检查人员的对象，全部补派") % {
                "number": self.supplements.number
            }
        if self.campaign is not None and self.campaign.from_above:
            return gettext("上级抽中的对象全部检查，只随机选派检查人员")
        if self.campaign is not None and self.campaign.has_rates:
            return gettext("每层按方案所定的比例抽取，不足一户按一户")
        if self.quota_mode == self.QuotaMode.RATE:
            share = {"share": share_text(self.rate_bp)}
            return gettext("每类按 %(share)s 抽取，不足一户按一户") % share
        return gettext("共抽取 %(total)s 户，各类按户数分配") % {"total": self.total}


class OfDrawQuerySet(VisibleQuerySet):
    """Rows of a draw: whoever sees the draw inside sees them; the public sees what a subclass opens."""

    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*DRAW_READERS) else self.for_public()


#: Who may repeat the pairing too: those who know the recusals anyway (registry.RecusalRegister).
PAIRING_READERS = (Role.COORDINATOR, Role.OVERSEER)


PLAN_FILE = "plan.json"
#: The same plan with the fallback source; plan.json commits to its digest.
FALLBACK_PLAN = "plan-fallback.json"
#: What is public from the moment of sealing, whatever the mode.
PLAN_FILES = (PLAN_FILE, FALLBACK_PLAN)


class DrawFileQuerySet(OfDrawQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(*PAIRING_READERS):
            return self.exclude(audience=DrawFile.Audience.INTERNAL)
        return self.for_public()

    def for_public(self) -> Self:
        """Of a sealed draw only the plan: with the roster a firm would see whether it is spared."""
        told = models.Q(draw__mode=Draw.Mode.OPEN) | models.Q(draw__state=lifecycle.DRAWN)
        told |= models.Q(draw__state=lifecycle.VOID) & ~models.Q(draw__digits="")
        published = self.filter(audience=DrawFile.Audience.PUBLIC, draw__state__in=PUBLISHED_STATES)
        return published.filter(told | models.Q(name__in=PLAN_FILES))


class DrawFile(models.Model):
    """One frozen file of a draw, exactly as digested (draw protocol §7.2, §7.10); never changed.

    Citizens receive the public files. Overseers receive those and their own, which win where both have
    the same name (SHA256SUMS covers different files). Internal files never leave: they say who is who.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public", _("公众")
        OVERSEER = "overseer", _("监督人员")
        INTERNAL = "internal", _("内部")

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    audience = models.CharField(max_length=10, choices=Audience)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    objects = DrawFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽取文件")
        constraints = [models.UniqueConstraint(fields=["draw", "name", "audience"], name="draw_file_once")]

    def __str__(self) -> str:
        return self.name


class DigitsAttemptQuerySet(OfDrawQuerySet):
    def for_public(self) -> Self:
        return self.filter(models.Q(draw__state__in=lifecycle.COMPLETE) | models.Q(returned_at__isnull=False))


class DigitsAttempt(models.Model):
    """One entry of the digits; a wrong one stays, with who sent it back and why."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="attempts")
    digits = models.CharField(_("摇出的号码"), max_length=64)
    witnesses = models.CharField(_("见证人"), max_length=500)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(_("退回时间"), null=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.CharField(_("退回理由"), max_length=200, blank=True)

    objects = DigitsAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("号码录入")
        ordering = ["draw", "entered_at", "id"]

    def __str__(self) -> str:
        return self.digits
