"""The rows of a batch: what stood in the file, what was understood, what will be done with it.

Subjects come by the hundred thousand: their rows are typed, column by column like `Subject`, so that
confirming is one INSERT … SELECT and one UPDATE … FROM (measured in docs/benchmarks.md). The other
registers are small; what was understood of their rows is one JSON value.
"""

from __future__ import annotations

import json
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.base.crypto.fields import EncryptedTextField
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet
from mingcha.registry.models.imports import ImportBatch


class OfBatchQuerySet(VisibleQuerySet):
    def for_officer(self, officer: Officer) -> Self:
        return self.filter(batch__in=ImportBatch.objects.visible_to(officer))


class Staged(models.Model):
    """What every staged row has. `position` counts the rows of a batch from 1, in the order of the file."""

    class Verdict(models.TextChoices):
        UNDERSTOOD = "understood", _("看懂的")
        WARNED = "warned", _("有提示的")
        REFUSED = "refused", _("不能导入的")

    class Action(models.TextChoices):
        CREATE = "create", _("新增")
        UPDATE = "update", _("更新")
        SAME = "same", _("没有变化")
        SKIP = "skip", _("不导入")
        REMOVE = "remove", _("移除")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveIntegerField(_("序号"))
    sheet = models.CharField(_("工作表"), max_length=100)
    row = models.PositiveIntegerField(_("行号"))
    verdict = models.CharField(_("核对结果"), max_length=10, choices=Verdict)
    action = models.CharField(_("处理"), max_length=10, choices=Action)
    #: The identity by which rows of one file are told apart: code, certificate, …
    key = models.CharField(_("编号"), max_length=200, blank=True)
    name = models.CharField(_("名称"), max_length=200, blank=True)
    #: Field → text as it stood in the file, as JSON; kept only where somebody may have to correct it.
    cells = EncryptedTextField(blank=True, default="")
    #: Field → value before, of what an update changes.
    before = models.JSONField(default=dict)
    #: Its version when the row was matched with the register (0: it was not there).
    target_version = models.PositiveIntegerField(default=0)

    objects = OfBatchQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @property
    def raw(self) -> dict[str, str]:
        """`cells` by field."""
        found: dict[str, str] = json.loads(self.cells) if self.cells else {}
        return found


class StagedRow(Staged):
    """One row of a list for a small register."""

    values = models.JSONField(default=dict)
    target_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("导入的行")
        verbose_name_plural = _("导入的行")
        ordering = ["batch", "position"]
        indexes = [models.Index(fields=["batch", "key"], name="staged_by_key")]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="staged_row_once")]


class ForContact(EncryptedTextField):
    """A value that is encrypted for its later place, a `Contact`, so that it can be copied there as it is."""

    @property
    def aad(self) -> bytes:
        return f"registry_contact.{self.name.removeprefix('contact_')}".encode()


class StagedSubject(Staged):
    """One row of a list of subjects: the columns of `Subject`, and what goes beside it.

    `target` gets its id while staging (ids need not be without gaps), so that everything about a new
    subject can be written by statements over whole sets. It is no constraint: the subject is not there yet.
    """

    target = models.ForeignKey(
        "registry.Subject", models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=20, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    old_number = models.CharField(max_length=32, blank=True)
    public_number = models.CharField(max_length=32, blank=True)
    code_warnings = models.TextField(blank=True)
    registration = models.CharField(max_length=20, blank=True)
    registered_on = models.DateField(null=True)
    registration_since = models.DateField(null=True)
    legal_form = models.CharField(max_length=100, blank=True)
    capital_text = models.CharField(max_length=100, blank=True)
    capital_yuan = models.BigIntegerField(null=True)
    scope = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    division_code = models.CharField(max_length=12, blank=True)
    town = models.CharField(max_length=50, blank=True)
    industry_code = models.CharField(max_length=5, blank=True)
    workers = models.PositiveIntegerField(null=True)
    insured = models.PositiveIntegerField(null=True)
    dispatched = models.PositiveIntegerField(null=True)
    counted_on = models.DateField(null=True)
    grade_hrss = models.CharField(max_length=3, blank=True)
    grade_market = models.CharField(max_length=3, blank=True)
    grade_dispatch = models.CharField(max_length=3, blank=True)
    # What goes into tables of its own, as this list says it.
    former_name = models.CharField(max_length=200, blank=True)
    tags = models.CharField(max_length=300, blank=True)
    contact_name = ForContact(blank=True, default="")
    contact_phone = ForContact(blank=True, default="")
    contact_phone_index = models.CharField(max_length=80, blank=True)
    #: Whether there is a contact to be written; the encrypted columns cannot be asked.
    has_contact = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("导入的检查对象")
        verbose_name_plural = _("导入的检查对象")
        ordering = ["batch", "position"]
        # No index by key: the job that stages remembers the keys, and half of its time went into that index.
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="staged_subject_once")]


class StagedProblem(models.Model):
    """One thing that is doubtful or wrong in one row; grouped by its reason on the page."""

    class Severity(models.TextChoices):
        WARNING = "warning", _("提示")
        ERROR = "error", _("不能导入")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="problems", db_index=False)
    position = models.PositiveIntegerField(_("序号"))
    column = models.CharField(_("列"), max_length=100, blank=True)
    value = models.CharField(_("内容"), max_length=200, blank=True)
    reason = models.CharField(_("原因"), max_length=200)
    #: The reason without what differs from row to row: 第18位应为“…”.
    group = models.CharField(max_length=200)
    severity = models.CharField(_("轻重"), max_length=10, choices=Severity)
    accepted = models.BooleanField(_("已确认"), default=False)

    objects = OfBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("核对发现的问题")
        verbose_name_plural = _("核对发现的问题")
        ordering = ["batch", "position", "id"]
        indexes = [
            models.Index(fields=["batch", "severity", "group", "position"], name="problem_by_reason"),
            models.Index(fields=["batch", "position"], name="problem_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.column}：{self.reason}"
