import pytest

from mingcha.base.jobs import enqueue, job
from mingcha.base.jobs.models import Job
from mingcha.base.jobs.registry import UnknownJob
from mingcha.base.jobs.testing import run_waiting
from mingcha.base.jobs.tests import handlers
from mingcha.base.service import service
from mingcha.base.viewers import Viewer


@service
def _note_and_fail(*, actor: Viewer, fail: bool) -> None:
    enqueue("test.note", {"value": 1}, actor=actor)
    if fail:
        raise ValueError("the service changes its mind")


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_service_that_was_rolled_back_never_runs(owner):
    with pytest.raises(ValueError, match="changes its mind"):
        _note_and_fail(actor=owner, fail=True)
    assert run_waiting() == 0
    assert handlers.done == []


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_service_that_was_committed_runs_once(owner):
    _note_and_fail(actor=owner, fail=False)
    assert run_waiting() == 1
    assert run_waiting() == 0
    assert handlers.done == [("note", 1)]


@pytest.mark.django_db
def test_the_result_and_the_times_are_kept(owner, at):
    queued = enqueue("test.note", {"value": 7}, actor=owner)
    at.advance(minutes=1)
    run_waiting()
    ended = Job.objects.get(pk=queued.pk)
    assert ended.state == "succeeded"
    assert ended.result == {"summary": "记好了", "value": 7}
    assert ended.started_by == "officer:1"
    assert (ended.finished_at - ended.created_at).total_seconds() == 60
    assert (ended.owner, ended.lease_until) == ("", None)


@pytest.mark.django_db
def test_the_same_key_gives_the_same_job(owner):
    first = enqueue("test.note", {"value": 1}, actor=owner, key="note:1")
    run_waiting()
    again = enqueue("test.note", {"value": 1}, actor=owner, key="note:1")
    assert again.pk == first.pk
    assert run_waiting() == 0


@pytest.mark.django_db
def test_a_job_waits_for_its_time(owner, at):
    from mingcha.base import clock

    enqueue("test.note", actor=owner, run_after=clock.now().replace(hour=3))
    assert run_waiting() == 0
    at.advance(hours=2)
    assert run_waiting() == 1


@pytest.mark.django_db
def test_the_higher_priority_goes_first(owner):
    enqueue("test.note", {"value": 1}, actor=owner)
    enqueue("test.note", {"value": 2}, actor=owner, priority=5)
    run_waiting()
    assert handlers.done == [("note", 2), ("note", 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["王小明", "a sentence of words", 1.5, ["ok", "李四"], {"name": "王小明"}])
def test_a_payload_takes_ids_and_codes_only(owner, value):
    with pytest.raises(ValueError, match="ids, dates and codes only"):
        enqueue("test.note", {"value": value}, actor=owner)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_payload_must_fit_the_handler(owner):
    with pytest.raises(TypeError):
        enqueue("test.note", {"wrong": 1}, actor=owner)
    with pytest.raises(UnknownJob):
        enqueue("test.nowhere", {}, actor=owner)


@pytest.mark.django_db
def test_a_job_that_this_version_does_not_know_fails_and_says_so(owner):
    queued = enqueue("test.note", actor=owner)
    Job.objects.filter(pk=queued.pk).update(name="test.removed")
    run_waiting()
    ended = Job.objects.get(pk=queued.pk)
    assert ended.state == "failed"
    assert "不认识这种任务" in ended.error_message


def test_a_name_is_registered_once_only():
    with pytest.raises(ValueError, match="taken"):

        @job("test.note", label="另一个")
        def another(ctx: object) -> None: ...
