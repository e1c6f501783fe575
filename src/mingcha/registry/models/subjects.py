"""检查对象名录库 (plan 二（二）2, domain S4, §8.5)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter
from mingcha.registry.models.audience import REGISTER_READERS
from mingcha.registry.models.imports import ImportSource


class SubjectQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        # A section works on the whole territory: firms belong to no section, only to a division.
        return self.filter(
            reach_filter(officer, REGISTER_READERS, division="division_code", whole_territory=True)
        )

    def current(self) -> Self:
        """Without those that turned out to be another subject and were merged into it."""
        return self.filter(merged_into__isnull=True)


class Subject(models.Model):
    """A firm or other body that may be inspected (检查对象).

    Counts and grades repeat the newest of `Headcount` and `Grading`, so that a million subjects can be
    filtered by them; services keep both in step.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        HOUSEHOLD = "household", _("个体工商户")
        COOPERATIVE = "cooperative", _("农民专业合作社")
        NON_ENTERPRISE = "nonenterprise", _("民办非企业单位")
        PUBLIC_BODY = "public_body", _("机关事业单位")
        PROJECT = "project", _("工程建设项目")

    class Registration(models.TextChoices):
        """登记状态 (domain §8.5)."""

        ACTIVE = "active", _("存续")
        SUSPENDED = "suspended", _("歇业")
        CLOSED = "closed", _("停业")
        LIQUIDATING = "liquidating", _("清算")
        REVOKED = "revoked", _("吊销")
        CANCELLED = "cancelled", _("撤销登记")
        DEREGISTERED = "deregistered", _("注销")
        MOVED_OUT = "moved_out", _("迁出")

    name = models.CharField(_("名称"), max_length=200)
    initials = models.CharField(_("拼音首字母"), max_length=200, blank=True, editable=False)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        help_text=_("18 位；没有代码的可以留空，由系统编公开编号"),
    )
    old_number = models.CharField(
        _("原注册号"),
        max_length=32,
        blank=True,
        help_text=_("三证合一以前的注册号，多为 15 位"),
    )
    public_number = models.CharField(_("公开编号"), max_length=32, blank=True, editable=False)
    code_warnings = models.TextField(_("代码核对提示"), blank=True, editable=False)
    registration = models.CharField(
        _("登记状态"), max_length=20, choices=Registration, default=Registration.ACTIVE
    )
    registered_on = models.DateField(_("成立日期"), null=True, blank=True)
    registration_since = models.DateField(
        _("登记状态变更日期"), null=True, blank=True, help_text=_("例如注销、吊销、迁出的日期")
    )
    legal_form = models.CharField(
        _("企业类型"), max_length=100, blank=True, help_text=_("登记机关写明的类型，例如有限责任公司")
    )
    capital_text = models.CharField(_("注册资本（原文）"), max_length=100, blank=True)
    capital_yuan = models.BigIntegerField(_("注册资本（元）"), null=True, blank=True, editable=False)
    scope = models.TextField(_("经营范围"), blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    division_code = models.CharField(
        _("属地区划代码"),
        max_length=12,
        blank=True,
        help_text=_("实际所在地的区划代码，不能由信用代码推断，例如栾城区 130111"),
    )
    town = models.CharField(_("乡镇街道"), max_length=50, blank=True)
    industry_code = models.CharField(
        _("行业代码"),
        max_length=5,
        blank=True,
        help_text=_("GB/T 4754 的数字代码，例如 13、7263；C13 记作 13"),
    )

    workers = models.PositiveIntegerField(_("用工人数"), null=True, blank=True, editable=False)
    insured = models.PositiveIntegerField(_("参保人数"), null=True, blank=True, editable=False)
    dispatched = models.PositiveIntegerField(_("派遣用工人数"), null=True, blank=True, editable=False)
    counted_on = models.DateField(_("人数统计日期"), null=True, blank=True, editable=False)
    # Three systems that are never mixed (rule N12, domain §4).
    grade_hrss = models.CharField(_("守法诚信等级"), max_length=3, blank=True, editable=False)
    grade_market = models.CharField(_("市监信用风险等级"), max_length=3, blank=True, editable=False)
    grade_dispatch = models.CharField(_("劳务派遣信用等级"), max_length=3, blank=True, editable=False)

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        # Nearly every row has none: an index of all would only mislead the database.
        db_index=False,
        verbose_name=_("已并入"),
    )
    source = models.ForeignKey(
        ImportSource, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("来源")
    )
    #: Counts changes; a form that was opened before somebody else's change is refused, not obeyed.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("录入时间"), editable=False)
    changed_at = models.DateTimeField(_("修改时间"), null=True, editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查对象")
        verbose_name_plural = _("检查对象")
        ordering = ["name", "id"]
        # One for each label that the list of a million is filtered by, and for what it is sorted by.
        indexes = [
            *(
                models.Index(fields=[name], name=f"subject_by_{name.removesuffix('_code')}")
                for name in (
                    "name",
                    "credit_code",
                    "old_number",
                    "public_number",
                    "kind",
                    "registration",
                    "registered_on",
                    "grade_hrss",
                    "grade_market",
                    "grade_dispatch",
                    "workers",
                    "insured",
                )
            ),
            # Places and trades are mostly asked for together with the kind.
            *(
                models.Index(fields=[name, "kind"], name=f"subject_by_{name.removesuffix('_code')}_kind")
                for name in ("division_code", "town", "industry_code")
            ),
            models.Index(fields=["id"], condition=~Q(code_warnings=""), name="subject_with_code_warnings"),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="subject_merged_away"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code="") & Q(merged_into__isnull=True),
                name="subject_credit_code_once",
            ),
            models.UniqueConstraint(
                fields=["public_number"], condition=~Q(public_number=""), name="subject_public_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def roster_id(self) -> str:
        """Its id in a draw: the credit code, or the bureau's public number, never an identity number."""
        return self.credit_code or self.public_number
