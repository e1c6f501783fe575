"""The worker: takes one job after another, keeps its lease alive, and ends it as it ended."""

from __future__ import annotations

import json
import os
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from mingcha.base import logs
from mingcha.base.jobs import queue, registry, timing
from mingcha.base.jobs.beats import Process
from mingcha.base.jobs.context import Cancelled, HandedBack, JobContext, JobFailed, LeaseLost, Progress
from mingcha.base.jobs.models import Job, ProcessKind
from mingcha.kernel.refusal import Refused

log = structlog.get_logger("mingcha.jobs")


class RunningJob:
    """One claimed job while its handler runs. Used by the handler's thread and by the pulse."""

    def __init__(self, job: Job, stopping: Callable[[], bool]) -> None:
        self.job = job
        self.lease = queue.lease_of(job)
        self.progress = Progress(job.progress_done, job.progress_total, job.progress_note)
        self._stopping = stopping
        self._lost = False

    def renew(self) -> None:
        """Renew the lease and write the progress; raises `LeaseLost`."""
        if self._lost:
            raise LeaseLost(self.job.pk)
        try:
            queue.renew(self.lease, self.progress)
        except LeaseLost:
            self._lost = True
            raise

    def confirm(self) -> None:
        """Lock the job's row; raises `LeaseLost`."""
        queue.confirm(self.lease)

    def wanted(self) -> None:
        """Raises `LeaseLost`, `Cancelled` or `HandedBack` when the handler must end."""
        if queue.is_cancel_requested(self.lease):
            raise Cancelled(self.job.pk)
        if self._stopping():
            raise HandedBack(self.job.pk)


class Worker:
    """One worker process; `run` until `stop`, or `run_one` for a single job."""

    def __init__(self) -> None:
        self.process = Process(ProcessKind.WORKER)
        self.current: RunningJob | None = None
        self._stop_at: float | None = None

    def stop(self) -> None:
        """Ask to stop. Only sets a value, so it is safe in a signal handler."""
        if self._stop_at is None:
            self._stop_at = time.monotonic() + timing.stop_seconds()

    @property
    def stopping(self) -> bool:
        return self._stop_at is not None

    @property
    def out_of_time(self) -> bool:
        """Whether the running job has used up the time it was given to end."""
        return self._stop_at is not None and time.monotonic() >= self._stop_at

    def run(self, *, until_idle: bool = False) -> None:
        """Work until stopped, or until nothing is due. A database that is away for a while is waited for."""
        pulse = Pulse(self)
        pulse.start()
        checked = float("-inf")
        try:
            while not self.stopping:
                try:
                    close_old_connections()
                    if time.monotonic() - checked >= timing.beat_seconds():
                        checked = time.monotonic()
                        queue.take_back_lapsed()
                    worked = self.run_one()
                except DatabaseFault as error:
                    if until_idle:
                        raise
                    log.warning("database_away", error_class=type(error).__name__)
                    connection.close()
                    worked = False
                if not worked and until_idle:
                    break
                if not worked and not self.stopping:
                    time.sleep(timing.poll_seconds())
        finally:
            pulse.close()
            connection.close()

    def run_one(self) -> bool:
        """Claim and do one job; False when none is due."""
        job = queue.claim(self.process.instance)
        if job is None:
            return False
        self.current = RunningJob(job, lambda: self.stopping)
        try:
            with logs.bind(correlation_id=job.correlation_id, job_id=job.pk, job=job.name):
                _do(self.current)
        finally:
            self.current = None
        return True


def _do(run: RunningJob) -> None:
    """Call the handler and write down how it ended."""
    began = time.monotonic()
    try:
        ending = _call(run)
        _insist(ending)
    except LeaseLost:
        log.warning("job_taken_over")
    else:
        log.info("job_ended", how=ending.__name__, seconds=round(time.monotonic() - began, 3))


def _insist(ending: Callable[[], None]) -> None:
    """Write the ending, over a short absence of the database; a long one costs a repetition of the job."""
    for pause in (0.5, 2.0, 5.0):
        try:
            return ending()
        except DatabaseFault as error:
            if connection.in_atomic_block:
                raise
            log.warning("job_ending_not_written", error_class=type(error).__name__)
            connection.close()
            time.sleep(pause)
    return ending()


def _call(run: RunningJob) -> Callable[[], None]:
    """Run the handler; gives the function that writes the ending. Raises `LeaseLost`."""
    job, lease = run.job, run.lease
    context = JobContext(
        run,
        job_id=job.pk,
        name=job.name,
        attempt=job.attempts,
        started_by=job.started_by,
        correlation_id=job.correlation_id,
    )

    def succeeded() -> None:
        queue.succeed(lease, run.progress, result)

    def cancelled() -> None:
        queue.stop(lease, run.progress)

    def handed_back() -> None:
        queue.hand_back(lease, run.progress, attempts=job.attempts)

    try:
        result = _checked(registry.find(job.name).handler(context, **job.payload))
    except Cancelled:
        return cancelled
    except HandedBack:
        return handed_back
    except Exception as error:  # every fault of a handler ends in its job's row
        return _failure(run, error)
    return succeeded


def _checked(result: Any) -> dict[str, Any] | None:
    """The handler's result; TypeError when it cannot be stored, so that the handler's fault shows."""
    if result is None:
        return None
    kept: dict[str, Any] = json.loads(json.dumps(dict(result)))
    return kept


def _failure(run: RunningJob, error: Exception) -> Callable[[], None]:
    job, lease = run.job, run.lease
    error_class = f"{type(error).__module__}.{type(error).__qualname__}"[:200]
    # The message of an exception may hold personal data, so only its kind and its places are written.
    log.error("job_fault", error_class=error_class, where=_places(error))
    message, final = explain(error)

    def failed() -> None:
        queue.fail(lease, run.progress, error_class=error_class, message=message)

    def failed_for_good() -> None:
        many = _("%(reason)s；已经试了 %(count)d 次，不再自动重试") % {
            "reason": message,
            "count": job.attempts,
        }
        queue.fail(lease, run.progress, error_class=error_class, message=many)

    def to_be_retried() -> None:
        queue.retry_later(
            lease, run.progress, attempts=job.attempts, error_class=error_class, message=message
        )

    if final:
        return failed
    return failed_for_good if job.attempts >= job.max_attempts else to_be_retried


def explain(error: Exception) -> tuple[str, bool]:
    """What the person is told, in plain Chinese, and whether trying again would be pointless."""
    if isinstance(error, JobFailed):
        return str(error), True
    if isinstance(error, registry.UnknownJob):
        return _("这个版本的程序不认识这种任务，请系统管理员检查各进程版本是否一致"), True
    if isinstance(error, Refused):
        return _refused(error), True
    if isinstance(error, DatabaseFault):
        return _("数据库操作没有成功"), False
    if isinstance(error, OSError):
        return _("读写文件或网络连接没有成功"), False
    return _("程序出错（%(kind)s），请把任务编号告诉系统管理员") % {"kind": type(error).__name__}, False


def _refused(refused: Refused) -> str:
    """The refusals' own texts where they are constant; what was filled in may be personal."""
    return "\n".join(
        _("不符合办理条件（代码 %(code)s），请在页面上办理，页面会写明原因") % {"code": refusal.code}
        if refusal.params
        else refusal.text(_)
        for refusal in refused.refusals
    )


def _places(error: Exception) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


class Pulse(threading.Thread):
    """The worker's heartbeat, on a connection of its own: the handler may be deep in a computation."""

    #: How often the pulse looks at the clock (seconds).
    STEP = 0.25
    #: How long handing back may take before the process ends regardless (seconds).
    LAST_WORDS = 3.0

    def __init__(self, worker: Worker) -> None:
        super().__init__(name="mingcha-pulse", daemon=True)
        self._worker = worker
        self._closing = threading.Event()

    def close(self) -> None:
        """Stop beating and remove the sign of life."""
        self._closing.set()
        self.join(timeout=self.LAST_WORDS)

    def run(self) -> None:
        next_beat = time.monotonic()
        while not self._closing.wait(self.STEP if next_beat > time.monotonic() else 0):
            if self._worker.out_of_time and self._worker.current is not None:
                self._give_up()
            if time.monotonic() >= next_beat:
                self._quietly(self._beat)
                next_beat = time.monotonic() + timing.beat_seconds()
        self._quietly(self._worker.process.leave)
        connection.close()

    def _beat(self) -> None:
        self._worker.process.beat()
        running = self._worker.current
        if running is not None:
            try:
                running.renew()
            except LeaseLost:
                # The handler learns it at its next progress; there is nothing to renew any more.
                log.warning("job_lease_lost", job_id=running.job.pk)

    def _quietly(self, write: Callable[[], None]) -> None:
        """A missed beat is nothing: the lease outlasts several of them."""
        try:
            write()
        except DatabaseFault as error:
            log.warning("beat_not_written", error_class=type(error).__name__)
            connection.close()

    def _give_up(self) -> None:
        """The job does not stop: hand it back and end the process, which undoes its open transaction."""
        running = self._worker.current

        def last_words() -> None:
            if running is not None:
                try:
                    queue.hand_back(running.lease, running.progress, attempts=running.job.attempts)
                except (DatabaseFault, LeaseLost):
                    return
            self._worker.process.leave()

        log.warning("job_did_not_stop", stop_seconds=timing.stop_seconds())
        words = threading.Thread(target=last_words, daemon=True)
        words.start()
        words.join(self.LAST_WORDS)
        os._exit(0)
