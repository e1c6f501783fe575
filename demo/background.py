"""What `mingcha serve` does in the background, done here at once."""

from __future__ import annotations


def do_what_waits() -> None:
    """Do the jobs that are due, one after another, as the worker does them."""
    from mingcha.base.jobs.worker import Worker

    worker = Worker()
    while worker.run_one():
        pass
