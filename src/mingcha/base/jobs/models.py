"""The rows behind jobs: the job itself, the clock table, and the sign of life of every process."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.base.roles import Role
from mingcha.base.viewers import Officer
from mingcha.base.visibility import VisibleQuerySet


class JobState(models.TextChoices):
    """Where a job stands; the ways between are in `lifecycle.JOB`."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    SUCCEEDED = "succeeded", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(VisibleQuerySet):
    """A person sees the jobs they started; administrators see all."""

    def for_officer(self, officer: Officer) -> Self:
        if officer.has(Role.ADMINISTRATOR):
            return self
        return self.filter(started_by=officer.reference)

    def unfinished(self) -> Self:
        """Waiting or being worked on."""
        return self.filter(state__in=UNFINISHED)

    def unacknowledged_failures(self) -> Self:
        """Failed for good, and nobody has said yet that they know."""
        return self.filter(state=JobState.FAILED, acknowledged_at=None)


class Job(models.Model):
    """One piece of work for a worker process.

    `owner` and `fence` are the lease: `fence` grows with every claim, so that a worker that was away too
    long can be told from the one that holds the job now. `attempts` counts only the tries that were used
    up; a job handed back at shutdown has not used one.
    """

    name = models.CharField(_("任务"), max_length=100)
    payload = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=JobState, default=JobState.QUEUED)
    key = models.CharField(max_length=200, unique=True, null=True, blank=True)
    priority = models.SmallIntegerField(default=0, help_text="higher goes first")
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)

    owner = models.CharField(max_length=200, blank=True)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)

    progress_done = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, blank=True)
    error_class = models.CharField(max_length=200, blank=True)
    error_message = models.TextField(_("原因"), blank=True)

    started_by = models.CharField(max_length=100, help_text="a viewer's reference")
    correlation_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("提交时间"))
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"],
                condition=Q(state="queued"),
                name="base_job_waiting",
            ),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="base_job_leased"),
            models.Index(fields=["started_by", "-created_at"], name="base_job_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"

    @property
    def label(self) -> str:
        """The job's Chinese name; its code when this version no longer knows it."""
        from mingcha.base.jobs.registry import label_of

        return label_of(self.name)

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def percent(self) -> int | None:
        """Progress in whole percent, rounded down; None while the total is unknown."""
        if self.progress_total == 0:
            return None
        return min(100, self.progress_done * 100 // self.progress_total)


class PeriodicTask(models.Model):
    """The clock table: one row for each `@periodic` handler, due at `next_due`."""

    name = models.CharField(max_length=100, unique=True)
    rule = models.CharField(max_length=100)
    next_due = models.DateTimeField()
    last_started = models.DateTimeField(null=True, blank=True)
    last_finished = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProcessKind(models.TextChoices):
    """What a process of the platform does."""

    WEB = "web", _("网页服务")
    WORKER = "worker", _("后台任务")
    CLOCK = "clock", _("时钟")


class Beat(models.Model):
    """A process's sign of life. The row goes when the process stops in order."""

    kind = models.CharField(max_length=10, choices=ProcessKind)
    instance = models.CharField(max_length=200, unique=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    version = models.CharField(max_length=50)
    started_at = models.DateTimeField()
    beaten_at = models.DateTimeField()

    class Meta:
        verbose_name = _("进程心跳")
        verbose_name_plural = _("进程心跳")
        ordering = ["kind", "instance"]
        indexes = [models.Index(fields=["kind", "-beaten_at"], name="base_beat_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.instance}"
