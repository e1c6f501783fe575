import pytest

from mingcha.base.jobs import enqueue, queue
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.services import cancel
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers
from mingcha.base.jobs.worker import RunningJob, _do
from mingcha.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_waiting_job_is_cancelled_at_once(owner):
    queued = enqueue("test.note", actor=owner)
    assert cancel(actor=owner, job_id=queued.pk).state == "cancelled"
    assert run_waiting() == 0
    assert handlers.done == []


def test_a_running_job_stops_at_its_next_safe_place(owner, tmp_path):
    queued = enqueue("test.steps", {"folder": str(tmp_path), "count": 5}, actor=owner)
    held = queue.claim("worker-1")
    assert cancel(actor=owner, job_id=queued.pk).state == "running"
    _do(RunningJob(held, lambda: False))
    assert Job.objects.get(pk=queued.pk).state == "cancelled"
    assert not (tmp_path / "step-1").exists()


def test_a_running_job_that_never_asks_ends_as_it_ends(owner):
    queued = enqueue("test.note", actor=owner)
    held = queue.claim("worker-1")
    cancel(actor=owner, job_id=queued.pk)
    _do(RunningJob(held, lambda: False))
    assert Job.objects.get(pk=queued.pk).state == "succeeded"


def test_cancelling_twice_is_refused_with_words(owner):
    queued = enqueue("test.note", actor=owner)
    queue.claim("worker-1")
    cancel(actor=owner, job_id=queued.pk)
    with pytest.raises(Refused) as refused:
        cancel(actor=owner, job_id=queued.pk)
    assert refused.value.codes == ("jobs.already_cancelling",)


def test_a_finished_job_is_not_cancelled(owner):
    queued = enqueue("test.note", actor=owner)
    run_waiting()
    with pytest.raises(Refused):
        cancel(actor=owner, job_id=queued.pk)
    assert Job.objects.get(pk=queued.pk).state == "succeeded"


def test_a_colleague_does_not_reach_the_job_and_an_administrator_does(owner, colleague, administrator):
    queued = enqueue("test.note", actor=owner)
    with pytest.raises(Job.DoesNotExist):
        cancel(actor=colleague, job_id=queued.pk)
    assert cancel(actor=administrator, job_id=queued.pk).state == "cancelled"
