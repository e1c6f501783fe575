"""How long things may take, from the settings (seconds)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

#: A process that has not beaten for this long is not running.
SILENT_AFTER = timedelta(seconds=60)
#: A retry never waits longer than this.
LONGEST_RETRY = timedelta(hours=1)


def lease() -> timedelta:
    """How long a worker holds a job without a heartbeat."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def beat_seconds() -> float:
    """Distance of two heartbeats: six fit into a lease, so that a busy database may swallow some."""
    return float(min(10.0, settings.JOB_LEASE_SECONDS / 6))


def poll_seconds() -> float:
    """How long an idle worker or the clock sleeps."""
    return float(settings.JOB_POLL_SECONDS)


def stop_seconds() -> float:
    """How long a running job may go on after the process was asked to stop."""
    return float(settings.STOP_SECONDS)


def retry_after(attempts: int) -> timedelta:
    """The back-off after so many attempts: 5 s, 15 s, 45 s … by default."""
    delay: float = settings.JOB_RETRY_SECONDS * 3.0 ** max(0, attempts - 1)
    return min(timedelta(seconds=min(delay, 1e6)), LONGEST_RETRY)
