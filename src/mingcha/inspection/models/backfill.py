"""回填: the superior platform's blanks, what was handed over in them, and what was read back (design §7)."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.accounts.models import User
from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.basics.models import Attachment
from mingcha.inspection.backfill import lifecycle as states
from mingcha.inspection.models.inspections import Inspection
from mingcha.planning.models import Campaign

#: Who hands over and reads back; the overseer looks on.
RETURN_KEEPERS = (Role.COORDINATOR,)
RETURN_READERS = (*RETURN_KEEPERS, Role.OVERSEER)


class ReturnQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self if officer.has(*RETURN_READERS) else self.none()


class ReturnTemplate(models.Model):
    """The platform's blank as it was uploaded, and what its columns mean: said once for each digest.

    `columns` holds index, heading and our field of each column; `words` how the platform says the codes of
    results. Nothing is filled in before somebody has confirmed both (`mapped_at`).
    """

    name = models.CharField(_("模板文件"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("空白模板")
    )
    #: Whether it is an .xls, whose look cannot be kept.
    old = models.BooleanField(_("旧格式"), default=False)
    sheet = models.CharField(_("工作表"), max_length=100)
    header_rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    first_row = models.PositiveIntegerField(_("从第几行开始填"))
    columns: models.JSONField[Any, Any] = models.JSONField(default=list)
    words: models.JSONField[Any, Any] = models.JSONField(default=dict)
    received_at = models.DateTimeField(_("上传时间"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    mapped_at = models.DateTimeField(_("对照确认时间"), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("回填模板")
        verbose_name_plural = _("回填模板")
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def fields(self) -> dict[int, str]:
        """Our field by column, counted from 0; columns that mean nothing of ours are not in it."""
        return {int(column["index"]): column["field"] for column in self.columns if column["field"]}


class ReturnSheet(models.Model):
    """Reviewed inspections that are handed over together: of one campaign, or reviewed within a period.

    Without a `template` somebody copies field by field, in the platform's order.
    """

    title = models.CharField(_("回填清单"), max_length=150)
    template = models.ForeignKey(
        ReturnTemplate, models.PROTECT, null=True, related_name="+", verbose_name=_("回填模板")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="returns", verbose_name=_("抽查任务")
    )
    first_day = models.DateField(_("审核日期起"), null=True)
    last_day = models.DateField(_("审核日期止"), null=True)
    state = models.CharField(
        _("状态"),
        max_length=8,
        choices=[(state.code, state.label) for state in states.RETURN.states],
        default=states.OPEN,
        editable=False,
    )
    made_at = models.DateTimeField(_("列出时间"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("列出人"))
    ended_why = models.CharField(_("作废的原因"), max_length=300, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("回填清单")
        verbose_name_plural = _("回填清单")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(campaign__isnull=False) | Q(last_day__gte=F("first_day")),
                name="return_has_a_campaign_or_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReturnRow(models.Model):
    """One inspection on a list: what was handed over, and what the platform said of it when last read back.

    `live` while the list holds, so that nothing is handed over twice. `published_on` is the platform's own
    date of publication: once it is known the row is closed. `differences` are field, ours and theirs.
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("未读回")
        PUBLISHED = "published", _("已公示，一致")
        UNPUBLISHED = "unpublished", _("一致，还没有公示")
        DIFFERS = "differs", _("不一致")
        MISSING = "missing", _("导出里没有这一户")
        DOUBLED = "doubled", _("导出里有几行")

    sheet = models.ForeignKey(ReturnSheet, models.PROTECT, related_name="rows", verbose_name=_("回填清单"))
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, related_name="returns", verbose_name=_("现场检查")
    )
    place = models.PositiveIntegerField(_("序号"))
    values: models.JSONField[Any, Any] = models.JSONField(default=dict)
    live = models.BooleanField(default=True)
    outcome = models.CharField(
        _("读回结果"), max_length=12, choices=Outcome, blank=True, default=Outcome.WAITING
    )
    differences: models.JSONField[Any, Any] = models.JSONField(default=list)
    record = models.CharField(_("平台记录号"), max_length=100, blank=True)
    published_on = models.DateField(_("省平台公示日期"), null=True)
    read_at = models.DateTimeField(_("读回时间"), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("回填的一户")
        verbose_name_plural = _("回填的各户")
        ordering = ["sheet", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(live=True), name="return_of_an_inspection_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.place}"


class ReadBack(models.Model):
    """One export of the platform that was read back; `strangers` are its rows that are none of the list's."""

    sheet = models.ForeignKey(
        ReturnSheet, models.PROTECT, related_name="read_backs", verbose_name=_("回填清单")
    )
    name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.PositiveIntegerField(_("行数"))
    strangers: models.JSONField[Any, Any] = models.JSONField(default=list)
    read_at = models.DateTimeField(_("读回时间"))
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("读回人"))

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("省平台的导出")
        verbose_name_plural = _("省平台的导出")
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return self.name
