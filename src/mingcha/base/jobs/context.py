"""What a handler gets: progress, cancelling, and proof that it still holds the job."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from mingcha.base.viewers import System


class Stopped(BaseException):
    """The handler must end now. Not an `Exception`, so that `except Exception` does not swallow it."""


class Cancelled(Stopped):
    """Somebody asked to cancel the job."""


class HandedBack(Stopped):
    """The worker is shutting down; the job goes back into the queue and costs no attempt."""


class LeaseLost(Stopped):
    """Another worker has the job by now, or it was ended; nothing more may be written."""


class JobFailed(Exception):  # noqa: N818  an outcome that the handler states, not a fault
    """The job cannot be done, and trying again would not help.

    The message is Chinese, for the person who started the job: what happened and what to do now. It is
    stored in clear, so it holds no personal data.
    """


@dataclass
class Progress:
    """How far a job is: `done` of `total` (0 for unknown), and a short Chinese note."""

    done: int = 0
    total: int = 0
    note: str = ""


class Run(Protocol):
    """The worker's side of a running job."""

    def renew(self) -> None:
        """Renew the lease and write the progress; raises `LeaseLost`."""

    def confirm(self) -> None:
        """Lock the job's row; raises `LeaseLost` when it is no longer ours."""

    def wanted(self) -> None:
        """Raises `Cancelled`, `HandedBack` or `LeaseLost` when the handler must end."""

    progress: Progress


class JobContext:
    """The handler's view of its own job."""

    #: Progress is written, and cancelling asked for, at most this often (seconds).
    PACE = 0.5

    def __init__(
        self, run: Run, *, job_id: int, name: str, attempt: int, started_by: str, correlation_id: str
    ) -> None:
        self.job_id = job_id
        self.name = name
        self.attempt = attempt
        self.started_by = started_by
        self.correlation_id = correlation_id
        self._run = run
        self._written = self._asked = float("-inf")

    @property
    def actor(self) -> System:
        """The viewer under which the handler calls services."""
        return System(purpose=f"job:{self.name}")

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Say how far the job is; cheap enough for every row. Raises `LeaseLost`.

        Inside a transaction nothing is written (nobody could see it, and the job's row would stay locked
        against the heartbeat); the next call outside, or the heartbeat, writes it.
        """
        self._run.progress = Progress(max(0, done), max(0, total), note[:200])
        now = time.monotonic()
        due = now - self._written >= self.PACE or done == total
        if due and not connection.in_atomic_block:
            self._written = now
            self._run.renew()

    def check_cancelled(self) -> None:
        """A place where the job can stop; call it between steps, outside transactions.

        Raises `Cancelled`, or another `Stopped` when the worker is shutting down or has lost the job.
        Let it pass through: the worker deals with it.
        """
        now = time.monotonic()
        if now - self._asked >= self.PACE:
            self._asked = now
            self._run.wanted()

    def confirm_lease(self) -> None:
        """Within a transaction: hold the job's row until its end, or raise `LeaseLost`.

        What the transaction writes is then written by the job's one holder. Keep it short: the heartbeat
        waits for it.
        """
        if not connection.in_atomic_block:
            raise RuntimeError("confirm_lease() protects a transaction; call it inside one")
        self._run.confirm()
