"""检查对象名录库 and 执法检查人员名录库 (plan 二（二）2–3, domain S4–S5)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import Unit, User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet, reach_filter

#: Who works with the two registers; the rest see firms only through their own tasks.
REGISTER_READERS = (
    Role.COORDINATOR,
    Role.SECTION_HEAD,
    Role.BUREAU_LEADER,
    Role.OVERSEER,
)


class SubjectQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        # A section works on the whole territory: firms belong to no section, only to a division.
        return self.filter(
            reach_filter(officer, REGISTER_READERS, division="division_code", whole_territory=True)
        )


class Subject(models.Model):
    """A firm or other body that may be inspected (检查对象)."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        HOUSEHOLD = "household", _("个体工商户")
        COOPERATIVE = "cooperative", _("农民专业合作社")
        NON_ENTERPRISE = "nonenterprise", _("民办非企业单位")
        PUBLIC_BODY = "public_body", _("机关事业单位")

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
    kind = models.CharField(_("类型"), max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        help_text=_("18 位；没有代码的可以留空，由系统编公开编号"),
    )
    public_number = models.CharField(_("公开编号"), max_length=32, blank=True, editable=False)
    code_warnings = models.TextField(_("代码核对提示"), blank=True, editable=False)
    registration = models.CharField(
        _("登记状态"), max_length=20, choices=Registration, default=Registration.ACTIVE
    )
    division_code = models.CharField(
        _("属地区划代码"),
        max_length=12,
        blank=True,
        help_text=_("实际所在地的区划代码，不能由信用代码推断，例如栾城区 130111"),
    )
    town = models.CharField(_("乡镇街道"), max_length=50, blank=True)
    industry_code = models.CharField(
        _("行业代码"), max_length=5, blank=True, help_text=_("GB/T 4754，例如 C13、7263")
    )
    created_at = models.DateTimeField(_("录入时间"), editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查对象")
        verbose_name_plural = _("检查对象")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="subject_credit_code_once"
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


class SpecialtyQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self


class Specialty(models.Model):
    """A specialty (业务专长) of inspectors that an inspection item can ask for."""

    code = models.SlugField(_("代码"), max_length=32, unique=True)
    label = models.CharField(_("名称"), max_length=50)

    objects = SpecialtyQuerySet.as_manager()

    class Meta:
        verbose_name = _("业务专长")
        verbose_name_plural = _("业务专长")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


class InspectorQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        reached = reach_filter(officer, REGISTER_READERS, section="unit_id", own="user_id")
        return self.filter(reached | Q(user_id=officer.id))


class Inspector(models.Model):
    """A person with a law-enforcement certificate (执法人员; 54号 E1–E2, E8)."""

    name = models.CharField(_("姓名"), max_length=50)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, verbose_name=_("所在股室"))
    certificate_number = models.CharField(_("执法证件号码"), max_length=40, unique=True)
    authority = models.CharField(_("发证机关"), max_length=100)
    valid_from = models.DateField(_("证件有效期自"))
    valid_until = models.DateField(_("证件有效期至"))
    specialties = models.ManyToManyField(Specialty, blank=True, verbose_name=_("业务专长"))
    active = models.BooleanField(_("在岗"), default=True)
    user = models.OneToOneField(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspector",
        verbose_name=_("登录账号"),
    )

    objects = InspectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("执法人员")
        verbose_name_plural = _("执法人员")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")), name="inspector_certificate_period"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecusalQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(Role.COORDINATOR, Role.OVERSEER):
            return self
        return self.filter(inspector__user_id=officer.id)

    def in_force(self, first: date, last: date) -> Self:
        """Those that hold on any day of a period: a visit may fall on each of them."""
        return self.filter(valid_from__lte=last).filter(Q(valid_until=None) | Q(valid_until__gte=first))


class Recusal(models.Model):
    """Why one person must stay away from one firm (回避; 监察条例16, 处罚法43). Seen by few."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("近亲属")
        INTEREST = "interest", _("投资或任职")
        FORMER_POST = "former_post", _("曾任职")
        DIRECT_STAKE = "direct_stake", _("直接利害关系")
        OTHER = "other", _("其他可能影响公正的关系")

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, verbose_name=_("检查对象"))
    inspector = models.ForeignKey(Inspector, on_delete=models.PROTECT, verbose_name=_("执法人员"))
    kind = models.CharField(_("回避事由"), max_length=20, choices=Kind)
    basis = models.CharField(_("说明与依据"), max_length=200)
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"), null=True, blank=True, help_text=_("长期有效的留空"))

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避登记")
        verbose_name_plural = _("回避登记")
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.inspector} — {self.subject}"
