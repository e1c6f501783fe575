"""At whom and how many: the words that a task of the year's plan and an 抽查任务 share."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.registry.models import Licence, Subject, Tag


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(",") if code)


class Scoped(models.Model):
    """At whom (`kinds` … `complaints_from`; the three gradings stand apart, N12), and how many of a stratum.

    `disputes_from` counts labour disputes of twelve months in hundredths a hundred workers (50: half a case),
    `complaints_from` complaints of twelve months. `rates` holds rates in basis points for single strata, by
    stratum code, where they differ from `rate_bp`.
    """

    class Stratify(models.TextChoices):
        NONE = "none", _("只按类型")
        HRSS = "hrss", _("按守法诚信等级")
        MARKET = "market", _("按市监信用风险等级")
        INDUSTRY = "industry", _("按行业门类")
        TOWN = "town", _("按乡镇街道")
        SIZE = "size", _("按用工人数")

    class QuotaMode(models.TextChoices):
        RATE = "rate", _("按比例（每层向上取整）")
        NUMBER = "number", _("按户数（各层按户数分配）")

    class Records(models.TextChoices):
        ANY = "", _("不限")
        YES = "yes", _("有违法违规记录的")
        NO = "no", _("没有违法违规记录的")

    kinds = models.CharField(_("对象类型"), max_length=120)
    licences = models.CharField(_("许可备案"), max_length=120, blank=True)
    industries = models.CharField(_("行业代码"), max_length=300, blank=True)
    towns = models.CharField(_("乡镇街道"), max_length=500, blank=True)
    workers_from = models.PositiveIntegerField(_("用工人数不少于"), null=True, blank=True)
    workers_until = models.PositiveIntegerField(_("用工人数不多于"), null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="+", verbose_name=_("标签（有其中之一的）"))
    records = models.CharField(
        _("违法违规记录"), max_length=3, choices=Records, blank=True, default=Records.ANY
    )
    grades_hrss = models.CharField(_("守法诚信等级"), max_length=40, blank=True)
    grades_market = models.CharField(_("市监信用风险等级"), max_length=40, blank=True)
    grades_dispatch = models.CharField(_("劳务派遣信用等级"), max_length=40, blank=True)

    disputes_from = models.PositiveIntegerField(
        _("每百名职工劳动争议不少于（百分之一件）"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    complaints_from = models.PositiveIntegerField(
        _("投诉举报不少于（件）"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    stratify = models.CharField(_("分层"), max_length=10, choices=Stratify, default=Stratify.NONE)
    quota_mode = models.CharField(_("抽取方式"), max_length=10, choices=QuotaMode, default=QuotaMode.RATE)
    rate_bp = models.PositiveIntegerField(
        _("比例（万分之）"), default=300, validators=[MaxValueValidator(10000)]
    )
    total = models.PositiveIntegerField(_("户数"), default=0)
    rates = models.JSONField(_("各层比例"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def kind_codes(self) -> tuple[str, ...]:
        return _codes(self.kinds)

    @property
    def kinds_text(self) -> str:
        return "、".join(str(Subject.Kind(code).label) for code in self.kind_codes)

    @property
    def licence_codes(self) -> tuple[str, ...]:
        return _codes(self.licences)

    @property
    def licences_text(self) -> str:
        return "、".join(str(Licence.Kind(code).label) for code in self.licence_codes)

    @property
    def industry_codes(self) -> tuple[str, ...]:
        return _codes(self.industries)

    @property
    def town_names(self) -> tuple[str, ...]:
        return _codes(self.towns)

    @property
    def asks_cases(self) -> bool:
        """Whether it looks at disputes or complaints."""
        return self.disputes_from is not None or self.complaints_from is not None
