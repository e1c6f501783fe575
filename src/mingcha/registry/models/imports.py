"""Lists that are brought in: where they come from, what their columns mean, each batch (plan 二（二）2–3).

What the rows of a batch say stands in `staged`.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.registry.models.audience import RECUSAL_READERS, CommonKnowledgeQuerySet, over_everything

#: Who brings lists in.
IMPORTERS = (Role.COORDINATOR, Role.SECTION_HEAD)
#: Who looks at what was brought in.
IMPORT_READERS = (*IMPORTERS, Role.BUREAU_LEADER, Role.OVERSEER)


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
        if not over_everything(officer, IMPORT_READERS):
            return self.none()
        if officer.has(*RECUSAL_READERS):
            return self
        return self.exclude(register=ImportBatch.Register.RECUSALS)


class ImportBatch(models.Model):
    """One list brought in, or the inverse of one. Nothing changes in a register before it is confirmed.

    An inverse batch (`undoes` is set) has no file: its rows are the rows of the other batch turned round.
    It is prepared, looked at and confirmed like any other.
    """

    class Register(models.TextChoices):
        """Which register a list goes into; the codes are those of `registry.sheets`."""

        SUBJECTS = "subjects", _("检查对象")
        PROJECTS = "projects", _("工程建设项目")
        INSPECTORS = "inspectors", _("执法检查人员")
        LEAVES = "leaves", _("离岗安排")
        RECUSALS = "recusals", _("回避登记")
        VISITS = "visits", _("入企记录")
        LICENCES = "licences", _("许可备案")
        GRADINGS = "gradings", _("信用等级")
        HEADCOUNTS = "headcounts", _("用工和参保人数")
        CASES = "cases", _("劳动争议和投诉举报件数")
        DIVISIONS = "divisions", _("行政区划")
        INDUSTRIES = "industries", _("行业分类")

    class State(models.TextChoices):
        READING = "reading", _("正在读取")
        MAPPING = "mapping", _("待确认列的含义")
        STAGING = "staging", _("正在核对")
        READY = "ready", _("待确认导入")
        CONFIRMING = "confirming", _("正在写入")
        DONE = "done", _("已导入")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("无法读取")
        UNDONE = "undone", _("已撤销")

    register = models.CharField(_("名录"), max_length=20, choices=Register)
    source = models.ForeignKey(ImportSource, models.PROTECT, verbose_name=_("来源"))
    file_name = models.CharField(_("文件名"), max_length=200)
    #: Where the file lies in the storage; emptied when it is no longer needed.
    file = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.READING)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="inverses", verbose_name=_("撤销哪次导入")
    )
    #: Sheets with their header rows, columns and meanings, as understood and corrected.
    layout = models.JSONField(default=dict)
    #: What the person chose: default values, what an update may overwrite, whether new ones wait for 认领.
    options = models.JSONField(default=dict)
    #: How many rows of the file have been staged; a resumed job goes on after them.
    rows = models.PositiveIntegerField(_("行数"), default=0)
    understood = models.PositiveIntegerField(_("看懂的"), default=0)
    warned = models.PositiveIntegerField(_("有提示的"), default=0)
    refused = models.PositiveIntegerField(_("不能导入的"), default=0)
    created = models.PositiveIntegerField(_("新增"), default=0)
    updated = models.PositiveIntegerField(_("更新"), default=0)
    removed = models.PositiveIntegerField(_("移除"), default=0)
    unchanged = models.PositiveIntegerField(_("没有变化"), default=0)
    skipped = models.PositiveIntegerField(_("不导入"), default=0)
    #: Digest over the rows that were written, in order.
    rows_digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    job_id = models.BigIntegerField(_("后台任务"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("导入人")
    )
    started_at = models.DateTimeField(_("开始时间"))
    changed_at = models.DateTimeField(_("最近办理时间"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入批次")
        verbose_name_plural = _("导入批次")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
