"""Lists that are brought in: source, batch, and each row before and after (plan 二（二）2–3)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.registry.models.audience import CommonKnowledgeQuerySet

#: Who brings lists in.
IMPORTERS = (Role.COORDINATOR, Role.SECTION_HEAD)


class ImportSource(models.Model):
    """Where lists come from, e.g. 省监管平台导出; remembers what its columns mean."""

    name = models.CharField(_("来源"), max_length=60, unique=True)
    #: Only a county's own list says where its firms are; a place is never inferred from a code.
    division_code = models.CharField(
        _("默认属地"), max_length=12, blank=True, help_text=_("整份名单都在同一地方时填写")
    )

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("名单来源")
        verbose_name_plural = _("名单来源")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ColumnMeaning(models.Model):
    """What a heading of a source's lists means, as somebody once said."""

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="meanings")
    register = models.CharField(_("名录"), max_length=20)
    heading = models.CharField(_("列名"), max_length=100)
    #: Code of the field; empty: known, and left out.
    field = models.CharField(_("含义"), max_length=40, blank=True)

    objects = CommonKnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("列的含义")
        verbose_name_plural = _("列的含义")
        constraints = [
            models.UniqueConstraint(fields=["source", "register", "heading"], name="column_meaning_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"


class ImportBatchQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        if officer.has(*IMPORTERS, Role.OVERSEER, Role.BUREAU_LEADER):
            return self
        return self.none()


class ImportBatch(models.Model):
    """One list brought in. Nothing changes in a register before it is confirmed."""

    class State(models.TextChoices):
        READING = "reading", _("正在读取")
        MAPPING = "mapping", _("待确认列的含义")
        STAGING = "staging", _("正在核对")
        READY = "ready", _("待确认导入")
        CONFIRMING = "confirming", _("正在写入")
        DONE = "done", _("已导入")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("无法读取")
        UNDOING = "undoing", _("正在撤销")
        UNDONE = "undone", _("已撤销")

    register = models.CharField(_("名录"), max_length=20)
    source = models.ForeignKey(ImportSource, models.PROTECT, verbose_name=_("来源"))
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.READING)
    #: Sheets with their header rows, columns and meanings, as understood and corrected.
    layout = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    understood = models.PositiveIntegerField(_("看懂的"), default=0)
    warned = models.PositiveIntegerField(_("有提示的"), default=0)
    refused = models.PositiveIntegerField(_("不能导入的"), default=0)
    created = models.PositiveIntegerField(_("新增"), default=0)
    updated = models.PositiveIntegerField(_("更新"), default=0)
    unchanged = models.PositiveIntegerField(_("没有变化"), default=0)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    job_id = models.BigIntegerField(_("后台任务"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("导入人")
    )
    started_at = models.DateTimeField(_("开始时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入批次")
        verbose_name_plural = _("导入批次")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class StagedRowQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(batch__in=ImportBatch.objects.visible_to(officer))


class StagedRow(models.Model):
    """One row of a batch: what stood in the file, what was understood, what will be done with it."""

    class Verdict(models.TextChoices):
        UNDERSTOOD = "understood", _("看懂的")
        WARNED = "warned", _("有提示的")
        REFUSED = "refused", _("不能导入的")

    class Action(models.TextChoices):
        CREATE = "create", _("新增")
        UPDATE = "update", _("更新")
        SAME = "same", _("没有变化")
        SKIP = "skip", _("不导入")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="staged")
    sheet = models.CharField(_("工作表"), max_length=100)
    row = models.PositiveIntegerField(_("行号"))
    verdict = models.CharField(_("核对结果"), max_length=10, choices=Verdict)
    action = models.CharField(_("处理"), max_length=10, choices=Action)
    #: The identity by which the row is matched: code, certificate, …
    key = models.CharField(_("编号"), max_length=64, blank=True)
    name = models.CharField(_("名称"), max_length=200, blank=True)
    #: Field → text as it stood in the file (after somebody's correction), and as understood.
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    #: [{column, value, reason, severity}]
    problems = models.JSONField(default=list)
    #: The object that it changes or became, and its values before.
    target_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)

    objects = StagedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入的行")
        verbose_name_plural = _("导入的行")
        ordering = ["batch", "id"]
        indexes = [
            models.Index(fields=["batch", "verdict", "id"], name="staged_by_verdict"),
            models.Index(fields=["batch", "key"], name="staged_by_key"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "row"], name="staged_row_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
