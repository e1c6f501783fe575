import threading

import pytest
from django.db import connection, transaction

from mingcha.base.jobs import enqueue, queue
from mingcha.base.jobs.context import JobContext
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.tests.processes import wait_for
from mingcha.base.jobs.worker import RunningJob, Worker

pytestmark = pytest.mark.django_db(transaction=True)


def _running(owner) -> tuple[Job, RunningJob, JobContext]:
    enqueue("test.note", actor=owner)
    held = queue.claim("worker-1")
    running = RunningJob(held, lambda: False)
    context = JobContext(
        running, job_id=held.pk, name=held.name, attempt=1, started_by="officer:1", correlation_id=""
    )
    return held, running, context


def test_progress_is_visible_to_others_while_the_job_runs(owner, tmp_path):
    queued = enqueue("test.steps", {"folder": str(tmp_path), "count": 12}, actor=owner)

    def work() -> None:
        Worker().run_one()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    seen: set[int] = set()

    def half_way() -> bool:
        row = Job.objects.get(pk=queued.pk)
        if row.state == "running" and row.progress_done:
            seen.add(row.progress_done)
        return len(seen) >= 2

    wait_for(half_way)
    thread.join(30)
    ended = Job.objects.get(pk=queued.pk)
    assert (ended.state, ended.percent, ended.progress_note) == ("succeeded", 100, "第 12 步")


def test_many_small_steps_cost_few_writes(owner, django_assert_max_num_queries):
    _held, _running_job, context = _running(owner)
    with django_assert_max_num_queries(6):
        for step in range(1, 1001):
            context.progress(step, 1000)


def test_progress_inside_a_transaction_does_not_lock_the_jobs_row(owner):
    held, running, context = _running(owner)
    with transaction.atomic():
        context.progress(1, 2, "一半")
        assert Job.objects.get(pk=held.pk).progress_total == 0
    running.renew()
    assert Job.objects.get(pk=held.pk).progress_note == "一半"


def test_the_percentage_is_rounded_down_and_unknown_without_a_total():
    assert Job(progress_done=0, progress_total=0).percent is None
    assert Job(progress_done=999, progress_total=1000).percent == 99
