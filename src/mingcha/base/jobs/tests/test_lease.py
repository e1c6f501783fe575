import pytest
from django.db import transaction

from mingcha.base.jobs import enqueue, queue
from mingcha.base.jobs.context import JobContext, LeaseLost, Progress
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.services import cancel
from mingcha.base.jobs.worker import RunningJob, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(owner, at, settings) -> tuple[Job, Job]:
    """One job as the first worker claimed it, and as a second one holds it after the lease ran out."""
    settings.JOB_LEASE_SECONDS = 60
    settings.JOB_RETRY_SECONDS = 1
    enqueue("test.note", {"value": 1}, actor=owner)
    first = queue.claim("worker-1")
    at.advance(seconds=61)
    assert queue.take_back_lapsed() == 1
    at.advance(seconds=5)
    second = queue.claim("worker-2")
    assert first.pk == second.pk
    return first, second


def _context(job: Job) -> JobContext:
    running = RunningJob(job, lambda: False)
    return JobContext(
        running, job_id=job.pk, name=job.name, attempt=1, started_by="officer:1", correlation_id=""
    )


def test_a_heartbeat_keeps_the_job(owner, at, settings):
    settings.JOB_LEASE_SECONDS = 60
    enqueue("test.note", actor=owner)
    held = queue.claim("worker-1")
    for _ in range(5):
        at.advance(seconds=50)
        assert queue.renew(queue.lease_of(held), Progress()) is False
        assert queue.take_back_lapsed() == 0
    assert queue.claim("worker-2") is None


def test_a_worker_that_lost_its_lease_cannot_complete_the_job(lost):
    first, second = lost
    for ending in (
        lambda: queue.succeed(queue.lease_of(first), Progress(), None),
        lambda: queue.fail(queue.lease_of(first), Progress(), error_class="X", message="x"),
        lambda: queue.hand_back(queue.lease_of(first), Progress(), attempts=1),
        lambda: queue.stop(queue.lease_of(first), Progress()),
    ):
        with pytest.raises(LeaseLost):
            ending()
    current = Job.objects.get(pk=first.pk)
    assert (current.state, current.owner, current.attempts) == ("running", "worker-2", 2)
    queue.succeed(queue.lease_of(second), Progress(), {"by": 2})
    assert Job.objects.get(pk=first.pk).result == {"by": 2}


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_lease_is_stopped_at_its_next_progress(lost):
    first, _second = lost
    with pytest.raises(LeaseLost):
        _context(first).progress(1, 2)
    with pytest.raises(LeaseLost):
        _context(first).check_cancelled()
    assert Job.objects.get(pk=first.pk).progress_total == 0


def test_a_transaction_that_confirms_the_lease_is_undone_when_it_is_lost(lost, owner):
    first, second = lost
    with pytest.raises(LeaseLost), transaction.atomic():
        enqueue("test.note", actor=owner, key="written by the loser")
        _context(first).confirm_lease()
    assert not Job.objects.filter(key="written by the loser").exists()
    with transaction.atomic():
        _context(second).confirm_lease()


def test_the_same_worker_is_told_from_its_own_earlier_claim(owner, at, settings):
    settings.JOB_LEASE_SECONDS = 60
    enqueue("test.note", actor=owner)
    earlier = queue.claim("worker-1")
    at.advance(seconds=61)
    queue.take_back_lapsed()
    at.advance(seconds=60)
    assert queue.claim("worker-1").pk == earlier.pk
    with pytest.raises(LeaseLost):
        queue.succeed(queue.lease_of(earlier), Progress(), None)


def test_after_the_last_attempt_a_dropped_job_fails_in_plain_words(owner, at, settings):
    settings.JOB_LEASE_SECONDS = 60
    queued = enqueue("test.note", actor=owner, max_attempts=2)
    for _ in range(2):
        at.advance(seconds=3600)
        assert queue.claim("worker-1") is not None
        at.advance(seconds=61)
        queue.take_back_lapsed()
    ended = Job.objects.get(pk=queued.pk)
    assert (ended.state, ended.attempts) == ("failed", 2)
    assert "执行任务的进程中断了" in ended.error_message
    assert "已经试了 2 次" in ended.error_message


def test_a_dropped_job_that_was_cancelled_ends_cancelled(owner, at, settings):
    settings.JOB_LEASE_SECONDS = 60
    queued = enqueue("test.note", actor=owner)
    queue.claim("worker-1")
    cancel(actor=owner, job_id=queued.pk)
    at.advance(seconds=61)
    queue.take_back_lapsed()
    assert Job.objects.get(pk=queued.pk).state == "cancelled"


def test_handing_back_costs_no_attempt(owner):
    enqueue("test.note", actor=owner)
    held = queue.claim("worker-1")
    queue.hand_back(queue.lease_of(held), Progress(), attempts=held.attempts)
    assert queue.claim("worker-2").attempts == 1


def test_a_handler_whose_worker_is_stopping_hands_its_job_back(owner, tmp_path, monkeypatch):
    from mingcha.base.jobs import timing

    monkeypatch.setattr(timing, "stop_seconds", lambda: 60.0)
    queued = enqueue("test.steps", {"folder": str(tmp_path), "count": 3}, actor=owner)
    worker = Worker()
    worker.stop()
    assert worker.run_one()
    again = Job.objects.get(pk=queued.pk)
    assert (again.state, again.attempts, again.owner) == ("queued", 0, "")
    assert not (tmp_path / "step-1").exists()
