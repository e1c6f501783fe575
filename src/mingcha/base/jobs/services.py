"""What people do with jobs: cancel, run again, say that a failure is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mingcha.base import clock
from mingcha.base.events import Event, Thing
from mingcha.base.jobs.lifecycle import JOB, JobFacts, roles_of
from mingcha.base.jobs.models import Job, JobState
from mingcha.base.service import emit, service
from mingcha.base.viewers import Viewer


@dataclass(frozen=True, kw_only=True)
class JobCancelled(Event):
    """Somebody cancelled a job, or asked a running one to stop."""

    code: ClassVar[str] = "jobs.cancelled"
    label: ClassVar[str] = "取消后台任务"


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    """Somebody put a failed job back into the queue."""

    code: ClassVar[str] = "jobs.retried"
    label: ClassVar[str] = "重新运行后台任务"


@dataclass(frozen=True, kw_only=True)
class JobAcknowledged(Event):
    """Somebody said that a job's failure is known."""

    code: ClassVar[str] = "jobs.acknowledged"
    label: ClassVar[str] = "确认后台任务失败"


@service
def cancel(*, actor: Viewer, job_id: int) -> Job:
    """A waiting job is cancelled at once; a running one is asked to stop at its next safe place.

    Raises `Job.DoesNotExist` for somebody else's job, `Refused` when it is over already.
    """
    job, target = _decide(actor, job_id, "cancel")
    before = job.state
    if target == JobState.CANCELLED:
        job.state = JobState.CANCELLED
        job.finished_at = clock.now()
    job.cancel_requested = True
    job.save(update_fields=["state", "finished_at", "cancel_requested"])
    emit(JobCancelled(thing=Thing.of(job), before={"state": before}, after={"state": job.state}))
    return job


@service
def retry(*, actor: Viewer, job_id: int) -> Job:
    """Put a failed job back into the queue with all its attempts.

    Raises `Job.DoesNotExist` for somebody else's job, `Refused` when it has not failed.
    """
    job, target = _decide(actor, job_id, "retry")
    before = job.state
    job.state = target
    job.attempts = 0
    job.run_after = clock.now()
    job.cancel_requested = False
    job.progress_done = job.progress_total = 0
    job.progress_note = ""
    job.finished_at = job.acknowledged_at = None
    job.error_class = job.error_message = ""
    job.save()
    emit(JobRetried(thing=Thing.of(job), before={"state": before}, after={"state": job.state}))
    return job


@service
def acknowledge(*, actor: Viewer, job_id: int) -> Job:
    """Say that a failure is known, so that it is no longer shown as something to deal with.

    Raises `Job.DoesNotExist` for somebody else's job, `Refused` when it has not failed or is known.
    """
    job, _target = _decide(actor, job_id, "acknowledge")
    job.acknowledged_at = clock.now()
    job.save(update_fields=["acknowledged_at"])
    emit(JobAcknowledged(thing=Thing.of(job), after={"state": job.state}))
    return job


def facts_of(job: Job) -> JobFacts:
    """What the table's guards need to know of a job."""
    return JobFacts(cancel_requested=job.cancel_requested, acknowledged=job.acknowledged_at is not None)


def _decide(actor: Viewer, job_id: int, verb: str) -> tuple[Job, JobState]:
    job: Job = Job.objects.visible_to(actor).select_for_update().get(pk=job_id)
    row = JOB.decide(job.state, verb, roles_of(actor), facts_of(job))
    return job, JobState(row.target)
