import pytest

from mingcha.base.jobs import beats, enqueue
from mingcha.base.jobs.models import Beat, Job, ProcessKind
from mingcha.base.jobs.services import acknowledge
from mingcha.base.jobs.testing import run_waiting


@pytest.mark.django_db
def test_old_rows_go_and_failures_that_nobody_knows_stay(owner, at):
    enqueue("test.note", actor=owner)
    known = enqueue("test.hopeless", actor=owner)
    unknown = enqueue("test.hopeless", actor=owner)
    run_waiting()
    acknowledge(actor=owner, job_id=known.pk)
    beats.Process(ProcessKind.WORKER).beat()
    at.advance(days=91)
    fresh = enqueue("test.note", actor=owner)
    tidied = enqueue("jobs.tidy", actor=owner)
    run_waiting()
    assert set(Job.objects.values_list("pk", flat=True)) == {unknown.pk, fresh.pk, tidied.pk}
    assert not Beat.objects.exists()
    assert Job.objects.get(pk=tidied.pk).result == {"jobs": 2, "processes": 1}
