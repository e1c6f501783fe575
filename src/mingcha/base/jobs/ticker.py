"""The clock: starts periodic jobs when they are due and takes back jobs whose worker went silent."""

from __future__ import annotations

import time

import structlog
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from mingcha.base import clock
from mingcha.base.jobs import queue, registry, timing
from mingcha.base.jobs.beats import Process
from mingcha.base.jobs.models import Job, PeriodicTask, ProcessKind

log = structlog.get_logger("mingcha.clock")


def synchronise() -> None:
    """Make the clock table hold what this version registers: new rows, changed rules, none too many."""
    now = clock.now()
    rules = registry.periodic_jobs()
    for name, rule in rules.items():
        task, created = PeriodicTask.objects.get_or_create(
            name=name, defaults={"rule": str(rule), "next_due": rule.first(now)}
        )
        if not created and task.rule != str(rule):
            changed = {"rule": str(rule), "next_due": rule.first(now)}
            PeriodicTask.objects.filter(pk=task.pk, rule=task.rule).update(**changed)
    PeriodicTask.objects.exclude(name__in=rules).delete()


def start_due() -> list[Job]:
    """Queue every periodic job that is due, once however late it is; gives the queued jobs.

    Two clocks never start one twice: the row is locked while its next time is set, and the job's key
    names the due time.
    """
    rules = registry.periodic_jobs()
    due = PeriodicTask.objects.filter(name__in=rules, next_due__lte=clock.now())
    started: list[Job] = []
    # Asking first spares SQLite's single write lock while nothing is due.
    while due.exists():
        with transaction.atomic():
            task = due.select_for_update(skip_locked=True).order_by("next_due").first()
            if task is None:
                break
            started.extend(_start(task, rules[task.name]))
    return started


def _start(task: PeriodicTask, rule: registry.Rule) -> list[Job]:
    key = f"periodic:{task.name}:{task.next_due.isoformat()}"
    task.next_due = rule.after(clock.now())
    task.save(update_fields=["next_due"])
    if Job.objects.unfinished().filter(name=task.name, started_by=queue.CLOCK.reference).exists():
        log.warning("periodic_left_out", job=task.name)
        return []
    return [queue.enqueue(task.name, actor=queue.CLOCK, key=key)]


class Ticker:
    """The clock process; `run` until `stop`, or `tick` once."""

    def __init__(self) -> None:
        self.process = Process(ProcessKind.CLOCK)
        self._stopping = False
        self._beaten = float("-inf")

    def stop(self) -> None:
        """Ask to stop. Only sets a value, so it is safe in a signal handler."""
        self._stopping = True

    def tick(self) -> list[Job]:
        """One look at the table; gives the jobs that were started."""
        queue.take_back_lapsed()
        return start_due()

    def run(self) -> None:
        """Tick until stopped. A database that is away for a while is waited for."""
        ready = False
        try:
            while not self._stopping:
                try:
                    if not ready:
                        synchronise()
                        ready = True
                    self._beat()
                    self.tick()
                except DatabaseFault as error:
                    log.warning("database_away", error_class=type(error).__name__)
                    connection.close()
                if not self._stopping:
                    time.sleep(timing.poll_seconds())
        finally:
            self._leave()

    def _beat(self) -> None:
        if time.monotonic() - self._beaten >= timing.beat_seconds():
            self.process.beat()
            self._beaten = time.monotonic()

    def _leave(self) -> None:
        try:
            self.process.leave()
        except DatabaseFault:
            log.warning("beat_not_removed")
        connection.close()
