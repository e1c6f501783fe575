"""Do what is waiting, in this thread, without heartbeats: for tests and the demo."""

from __future__ import annotations

from mingcha.base.jobs.worker import Worker


def run_waiting(limit: int = 100) -> int:
    """Do the jobs that are due until none is left; gives how many. RuntimeError beyond `limit`."""
    worker = Worker()
    for done in range(limit):
        if not worker.run_one():
            return done
    raise RuntimeError(f"more than {limit} jobs: does a job queue itself?")
