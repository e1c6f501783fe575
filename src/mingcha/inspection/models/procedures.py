"""The short procedures of S9: 失联, 经营异常, 用工异常, 社保异常; and what is passed on to others (抄告)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.basics.models import Attachment
from mingcha.inspection.models.inspections import Inspection, OfInspectionQuerySet
from mingcha.inspection.results import lifecycles


def _of_inspection(related_name: str) -> models.ForeignKey[Inspection, Inspection]:
    return models.ForeignKey(
        Inspection, models.PROTECT, related_name=related_name, verbose_name=_("现场检查")
    )


class ContactAttempt(models.Model):
    """One attempt to reach a firm on one day, with what proves it; the 认定 of 失联 rests on several."""

    class Way(models.TextChoices):
        VISIT = "visit", _("实地走访")
        LETTER = "letter", _("挂号信或邮政快递")
        TELEPHONE = "telephone", _("电话")

    inspection = _of_inspection("attempts")
    day = models.DateField(_("日期"))
    way = models.CharField(_("方式"), max_length=10, choices=Way)
    # Numbers that were called and people that were met.
    outcome = EncryptedTextField(_("经过"))
    proof = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name=_("凭证"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系情况")
        verbose_name_plural = _("联系情况")
        ordering = ["inspection", "day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_way_display()}"


class AbnormalCheck(models.Model):
    """经营、用工 or 社保 looks abnormal: figures, what the firm says, what was verified, how it ends.

    `people`, `contracts`, `insured` are heads; `arrears` is in fen.
    """

    class Kind(models.TextChoices):
        BUSINESS = "business", _("经营异常")
        LABOUR = "labour", _("用工异常")
        INSURANCE = "insurance", _("社保异常")

    class Conclusion(models.TextChoices):
        CONFIRMED = "confirmed", _("情况属实")
        CLEARED = "cleared", _("情况不属实或已消除")

    inspection = _of_inspection("checks")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    reason = models.CharField(_("情形"), max_length=100)
    people = models.PositiveIntegerField(_("实际在岗人数"), null=True, blank=True)
    contracts = models.PositiveIntegerField(_("签订劳动合同人数"), null=True, blank=True)
    insured = models.PositiveIntegerField(_("参保人数"), null=True, blank=True)
    arrears = models.BigIntegerField(_("欠缴社会保险费（分）"), null=True, blank=True)
    explanation = EncryptedTextField(_("企业的说明"))
    verified = EncryptedTextField(_("怎样核实、核实到什么"))
    conclusion = models.CharField(_("结论"), max_length=10, choices=Conclusion)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("异常核查")
        verbose_name_plural = _("异常核查")
        ordering = ["inspection", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind"], name="abnormal_check_once_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.reason}"

    @property
    def arrears_yuan(self) -> str:
        """The arrears as they are read: "1,234.50"."""
        return "" if self.arrears is None else f"{self.arrears // 100:,}.{self.arrears % 100:02d}"

    @property
    def confirmed(self) -> bool:
        return self.conclusion == self.Conclusion.CONFIRMED


class Referral(models.Model):
    """抄告: another authority is told what was found, by a numbered letter; its answer is waited for.

    Where a correction has overtaken what an authority was told, another letter `follows` and says so.
    """

    class To(models.TextChoices):
        MARKET = "market", _("市场监管部门")
        TAX = "tax", _("税务部门（社会保险费征收机构）")
        OTHER = "other", _("其他部门")

    class Way(models.TextChoices):
        PAPER = "paper", _("书面送达")
        POST = "post", _("邮寄")
        SYSTEM = "system", _("政务系统")

    inspection = _of_inspection("referrals")
    to = models.CharField(_("抄告"), max_length=10, choices=To)
    to_name = models.CharField(_("抄告的部门"), max_length=100, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name=_("更正哪一件抄告")
    )
    number = models.CharField(_("文号"), max_length=80)
    matter = models.CharField(_("抄告事项"), max_length=500)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.code, state.label) for state in lifecycles.REFERRAL.states],
        default=lifecycles.DRAFTED,
    )
    made_at = models.DateTimeField(_("拟制时间"))
    sent_on = models.DateField(_("发出日期"), null=True)
    sent_how = models.CharField(_("发出方式"), max_length=10, choices=Way, blank=True)
    answered_on = models.DateField(_("反馈日期"), null=True)
    answer = models.CharField(_("反馈内容"), max_length=500, blank=True)

    objects = OfInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("抄告")
        verbose_name_plural = _("抄告")
        ordering = ["inspection", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "to"],
                condition=Q(state=lifecycles.DRAFTED),
                name="referral_one_draft_an_authority",
            ),
        ]
        indexes = [models.Index(fields=["state", "sent_on"], name="referral_by_state")]

    def __str__(self) -> str:
        return self.number
