"""Work that outlasts a page: leased jobs, and a clock table for what happens periodically (design §4.9).

    @job("registry.import", label=_("导入监管对象"))
    def import_subjects(ctx: JobContext, *, upload_id: int) -> dict[str, object]:
        for done, row in enumerate(rows, start=1):
            ctx.check_cancelled()
            ...one short transaction through a service...
            ctx.progress(done, len(rows))
        return {"summary": "…", "url": "/registry/…"}

    enqueue("registry.import", {"upload_id": upload.pk}, actor=actor)

A job is a row. It is written in the caller's transaction, so it starts only if that commits. A worker
takes it under a lease that it renews by heartbeat; when the heartbeat stops (the process was killed, the
machine froze), the lease runs out and another worker does the job again. Therefore **a handler must be
idempotent**: running it twice, or once and a half, leaves the same as running it once. Three means help:

- a service with an idempotency key or a natural unique key for each step;
- short transactions, with `ctx.progress` outside them;
- `ctx.confirm_lease()` inside the transaction that must not be written by a worker that has lost its
  lease: it locks the job's row, and raises when somebody else holds the job by now.

A payload holds ids, dates and codes, never personal data; `enqueue` refuses anything else. Apps put their
handlers into a module `jobs`, which is imported at start-up.
"""

from mingcha.base.jobs.context import Cancelled, JobContext, JobFailed, LeaseLost
from mingcha.base.jobs.queue import enqueue
from mingcha.base.jobs.registry import job, periodic

__all__ = ["Cancelled", "JobContext", "JobFailed", "LeaseLost", "enqueue", "job", "periodic"]
