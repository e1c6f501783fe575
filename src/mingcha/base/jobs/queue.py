"""The queue in the database: put in, claim under a lease, renew, end, and take back what was dropped.

Every write of a worker is a compare-and-swap on its lease (owner and fence): where another worker has the
job by now, no row fits, and `LeaseLost` is raised. Times are `base.clock`'s, so machines that share
a database must agree on the time to well within a lease.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingcha.base import clock, logs
from mingcha.base.jobs import registry, timing
from mingcha.base.jobs.context import LeaseLost, Progress
from mingcha.base.jobs.models import Job, JobQuerySet, JobState, PeriodicTask
from mingcha.base.viewers import System, Viewer

#: Who starts periodic jobs.
CLOCK = System(purpose="clock")

#: Ids, dates, codes and digests; a person's name or a sentence does not fit.
_PLAIN = re.compile(r"[A-Za-z0-9_.:/+=@-]{0,200}\Z")


def enqueue(
    name: str,
    payload: Mapping[str, Any] | None = None,
    *,
    actor: Viewer,
    key: str | None = None,
    run_after: datetime | None = None,
    max_attempts: int = 3,
    priority: int = 0,
) -> Job:
    """Put a job into the queue, in the caller's transaction: it starts only if that commits.

    `key` makes it happen once: a second call with the same key gives back the first job, whatever became
    of it. Of two waiting jobs the one with the higher `priority` goes first. Raises `UnknownJob`, and
    TypeError or ValueError for a payload that does not fit the handler or holds more than ids and codes.
    """
    fields = dict(payload or {})
    registry.check_payload(name, fields)
    _check_plain(name, fields)
    if max_attempts < 1:
        raise ValueError("a job needs at least one attempt")
    now = clock.now()
    values: dict[str, Any] = {
        "name": name,
        "payload": fields,
        "priority": priority,
        "run_after": run_after or now,
        "max_attempts": max_attempts,
        "started_by": actor.reference,
        "correlation_id": logs.correlation_id()[:64],
        "created_at": now,
    }
    if key is None:
        return Job.objects.create(**values)
    found, _created = Job.objects.get_or_create(key=key, defaults=values)
    return found


def _check_plain(name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        for part in value.values():
            _check_plain(name, part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_plain(name, part)
    elif not (value is None or isinstance(value, bool | int) or _is_plain(value)):
        raise ValueError(f"job {name}: a payload holds ids, dates and codes only")


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and _PLAIN.match(value) is not None


@dataclass(frozen=True)
class Lease:
    """Which job, held by whom, in which claim."""

    job_id: int
    owner: str
    fence: int

    def rows(self) -> JobQuerySet:
        """The job's row as long as this lease holds it; nothing afterwards."""
        return Job.objects.filter(pk=self.job_id, state=JobState.RUNNING, owner=self.owner, fence=self.fence)

    def write(self, **values: Any) -> None:
        """Change the job's row; raises `LeaseLost` when it is no longer ours."""
        if not self.rows().update(**values):
            raise LeaseLost(self.job_id)


def lease_of(job: Job) -> Lease:
    """The lease that a claimed job stands under."""
    return Lease(job.pk, job.owner, job.fence)


def claim(owner: str) -> Job | None:
    """Take the next job that is due, or None.

    PostgreSQL skips rows that another worker is taking; SQLite lets one writer in at a time.
    """
    now = clock.now()
    due = Job.objects.filter(state=JobState.QUEUED, run_after__lte=now)
    # Asking first spares SQLite's single write lock while nothing is waiting.
    if not due.exists():
        return None
    with transaction.atomic():
        waiting = due.select_for_update(skip_locked=True).order_by("-priority", "run_after", "pk")
        found: Job | None = waiting.first()
        if found is None:
            return None
        found.state = JobState.RUNNING
        found.owner = owner
        found.fence += 1
        found.attempts += 1
        found.heartbeat_at = now
        found.lease_until = now + timing.lease()
        found.started_at = found.started_at or now
        found.save()
        if found.started_by == CLOCK.reference:
            PeriodicTask.objects.filter(name=found.name).update(last_started=now)
    return found


def renew(lease: Lease, progress: Progress) -> bool:
    """Heartbeat: hold the job for another lease, write its progress. True when asked to cancel."""
    now = clock.now()
    lease.write(heartbeat_at=now, lease_until=now + timing.lease(), **_progress(progress))
    return is_cancel_requested(lease)


def is_cancel_requested(lease: Lease) -> bool:
    """Whether somebody asked to cancel; raises `LeaseLost`."""
    asked = lease.rows().values_list("cancel_requested", flat=True).first()
    if asked is None:
        raise LeaseLost(lease.job_id)
    return bool(asked)


def confirm(lease: Lease) -> None:
    """Lock the job's row until the transaction ends; raises `LeaseLost` when it is no longer ours."""
    if lease.rows().select_for_update().values_list("pk", flat=True).first() is None:
        raise LeaseLost(lease.job_id)


def succeed(lease: Lease, progress: Progress, result: Mapping[str, Any] | None) -> None:
    """End the job well."""
    _end(lease, JobState.SUCCEEDED, progress=progress, result=result)


def stop(lease: Lease, progress: Progress) -> None:
    """End the job because somebody cancelled it."""
    _end(lease, JobState.CANCELLED, progress=progress)


def fail(lease: Lease, progress: Progress, *, error_class: str, message: str) -> None:
    """End the job badly; it is not tried again by itself."""
    _end(lease, JobState.FAILED, progress=progress, error_class=error_class, error_message=message)


def retry_later(lease: Lease, progress: Progress, *, attempts: int, error_class: str, message: str) -> None:
    """Put the job back for another attempt after a pause that grows."""
    lease.write(
        **_QUEUED_AGAIN,
        **_progress(progress),
        run_after=clock.now() + timing.retry_after(attempts),
        error_class=error_class,
        error_message=message,
    )


def hand_back(lease: Lease, progress: Progress, *, attempts: int) -> None:
    """Put the job back at once without using up an attempt: the worker is shutting down."""
    lease.write(**_QUEUED_AGAIN, **_progress(progress), attempts=max(0, attempts - 1))


def take_back_lapsed() -> int:
    """Take jobs whose heartbeat stopped from their workers; gives how many.

    They are queued again, or ended where somebody had cancelled them or no attempt is left.
    """
    lapsed = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=clock.now())
    if not lapsed.exists():
        return 0
    with transaction.atomic():
        dropped = list(lapsed.select_for_update(skip_locked=True))
        for job in dropped:
            _take_back(job)
    return len(dropped)


def _take_back(job: Job) -> None:
    lease = lease_of(job)
    progress = Progress(job.progress_done, job.progress_total, job.progress_note)
    reason = _("执行任务的进程中断了（可能是停电、重启或内存不足），没有做完")
    if job.cancel_requested:
        stop(lease, progress)
    elif job.attempts >= job.max_attempts:
        message = _("%(reason)s；已经试了 %(count)d 次，不再自动重试") % {
            "reason": reason,
            "count": job.attempts,
        }
        fail(lease, progress, error_class="LeaseLapsed", message=message)
    else:
        retry_later(lease, progress, attempts=job.attempts, error_class="LeaseLapsed", message=reason)


_RELEASED: dict[str, Any] = {"owner": "", "lease_until": None}
_QUEUED_AGAIN: dict[str, Any] = {"state": JobState.QUEUED, **_RELEASED}


def _progress(progress: Progress) -> dict[str, Any]:
    return {
        "progress_done": progress.done,
        "progress_total": progress.total,
        "progress_note": progress.note,
    }


def _end(
    lease: Lease,
    state: JobState,
    *,
    progress: Progress,
    error_class: str = "",
    error_message: str = "",
    result: Any = None,
) -> None:
    now = clock.now()
    with transaction.atomic():
        held = lease.rows().select_for_update().first()
        if held is None:
            raise LeaseLost(lease.job_id)
        lease.write(
            **_RELEASED,
            **_progress(progress),
            state=state,
            finished_at=now,
            error_class=error_class,
            error_message=error_message,
            result=result,
        )
        if held.started_by == CLOCK.reference:
            ended = {"last_finished": now, "last_error": error_message}
            PeriodicTask.objects.filter(name=held.name).update(**ended)
